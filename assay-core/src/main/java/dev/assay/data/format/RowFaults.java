package dev.assay.data.format;

import dev.assay.data.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with rows of a file and no longer shows in the pairs that were made of them.
 *
 * @param inverted rows whose own scores say the opposite of their order: a negative {@code margin} or lead of the chosen
 *     answer, a better rank with a lower one of {@code scores}, an overall score of 10 above poor aspects in UltraFeedback
 * @param divided rows with two labels that choose different answers: PKU-SafeRLHF's better one is not the safer one
 * @param trees ranked messages of oasst whose tree is torn
 */
public record RowFaults(List<Origin> inverted, List<Origin> divided, TornTrees trees) {
    /** None found, or not looked for. */
    public static final RowFaults NONE = new RowFaults(List.of(), List.of(), TornTrees.NONE);

    public RowFaults {
        inverted = List.copyOf(inverted);
        divided = List.copyOf(divided);
    }

    /** Those of a file, in file order; the format is the one given, or told by the columns. */
    public static RowFaults of(Path file, String source, @Nullable DataFormat format) {
        List<Origin> inverted = new ArrayList<>();
        List<Origin> divided = new ArrayList<>();
        List<Row> messages = new ArrayList<>();
        Broken broken = new Broken(file);
        PreferenceReaders.read(file, format, broken, (row, its) -> {
            if (isInverted(row, its)) {
                inverted.add(row.origin(source));
            }
            if ((its == DataFormat.SAFERLHF || its == DataFormat.SAFERLHF_SAFER) && SafetyFormats.isDivided(row)) {
                divided.add(row.origin(source));
            }
            if (its == DataFormat.OASST) {
                messages.add(row);
            }
        });
        broken.throwIfAny();
        return new RowFaults(inverted, divided, TornTrees.of(messages, source));
    }

    private static boolean isInverted(Row row, DataFormat format) {
        return switch (format) {
            case PAIRS, IMPLICIT, SHAREGPT, QUESTION, ALPACA, CAPYBARA, MATH_PREFERENCE ->
                isNegative(PairFormats.lead(row));
            case SHP -> isNegative(PairFormats.shpLead(row));
            case PREFERENCE_COLLECTION -> isNegative(PrometheusFormats.lead(row));
            case ORCA -> isNegative(ArgillaFormats.orcaLead(row));
            case RANKED -> isInverted(row.json().path("ranks"), row.json().path("scores"));
            case ULTRAFEEDBACK -> UltraFeedback.hasDoubtfulTen(row);
            default -> false;
        };
    }

    private static boolean isNegative(OptionalDouble lead) {
        return lead.isPresent() && lead.getAsDouble() < 0;
    }

    private static boolean isInverted(JsonNode ranks, JsonNode scores) {
        if (!scores.isArray() || scores.size() != ranks.size()) {
            return false;
        }
        for (int i = 0; i < ranks.size(); i++) {
            for (int j = 0; j < ranks.size(); j++) {
                if (ranks.get(i).asDouble() < ranks.get(j).asDouble()
                        && scores.get(i).asDouble() < scores.get(j).asDouble()) {
                    return true;
                }
            }
        }
        return false;
    }
}
