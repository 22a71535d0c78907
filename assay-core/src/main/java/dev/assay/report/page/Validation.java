package dev.assay.report.page;

import dev.assay.math.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What validation came to after a step.
 *
 * @param step counted over all stages, from 1
 * @param measure {@code accuracy} of each source's pairs, or {@code R2} of each objective's ratings
 * @param values of each source or objective
 * @param counts n of each; empty in runs from before these were written
 */
public record Validation(long step, String measure, Map<String, Double> values, Map<String, Integer> counts) {
    static final String ACCURACY = "accuracy";
    private static final double NORMAL_95 = 1.959964;

    /** Of a line of {@code events.jsonl}. */
    static Validation of(JsonNode event) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        event.path("n")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return new Validation(
                event.path("step").asLong(),
                event.path("measure").asString(ACCURACY),
                RunHistory.numbers(event.path("validation")),
                counts);
    }

    boolean isAccuracy() {
        return measure.equals(ACCURACY);
    }

    /** All rows together; 0 where it is not known. */
    int n() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The mean over the sources or objectives. */
    double mean() {
        return values.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The mean accuracy with its 95 % interval: a normal approximation over sources drawn each for itself. Nothing where n is
     * unknown or something else was measured.
     */
    Optional<Estimate> meanAccuracy() {
        if (!isAccuracy() || values.isEmpty() || !counts.keySet().containsAll(values.keySet())) {
            return Optional.empty();
        }
        double variance = 0;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            // Agresti and Coull: two more right and two more wrong, so that no few pairs seem certain.
            double n = Objects.requireNonNull(counts.get(value.getKey())) + 4;
            double p = (value.getValue() * (n - 4) + 2) / n;
            variance += p * (1 - p) / n;
        }
        double half = NORMAL_95 * Math.sqrt(variance) / values.size();
        return Optional.of(new Estimate(mean(), Math.max(0, mean() - half), Math.min(1, mean() + half)));
    }
}
