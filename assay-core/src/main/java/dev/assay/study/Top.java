package dev.assay.study;

import dev.assay.evaluation.PairScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * "Top" (version 2 of arXiv 2312.07401, Table 3): each test source measured with the model that learnt from this source alone. No
 * single model does all of it; it is what a specialist for each source would.
 */
final class Top {
    static final String WORDS = "Top is no model: each source is measured with the single model that learnt from it.";

    private final Measured measured;
    private final List<SeedResult> seeds;

    private Top(Measured measured, List<SeedResult> seeds) {
        this.measured = measured;
        this.seeds = List.copyOf(seeds);
    }

    /** Nothing where some test source has no model of its own. */
    static Optional<Top> of(Measured measured) {
        List<Model> own = new ArrayList<>();
        for (String source : measured.testSources()) {
            measured.plan().singles().stream()
                    .filter(model -> model.sources().equals(List.of(source)))
                    .findFirst()
                    .ifPresent(own::add);
        }
        return own.size() < measured.testSources().size()
                ? Optional.empty()
                : Optional.of(new Top(
                        measured,
                        measured.plan().seeds().stream()
                                .map(seed -> SeedResult.of(
                                        measured.testSources(), scores(measured, own, seed), measured.options()))
                                .toList()));
    }

    private static List<PairScores> scores(Measured measured, List<Model> own, long seed) {
        List<PairScores> scores = new ArrayList<>();
        for (int s = 0; s < own.size(); s++) {
            scores.add(measured.scores().of(own.get(s), seed).get(s));
        }
        return scores;
    }

    /** Its row of a table. */
    List<String> row(List<Measure> measures) {
        List<String> row = new ArrayList<>(List.of("Top"));
        measures.forEach(measure -> row.add(measured.text(measure.unit(), mean(measure))));
        return row;
    }

    /** The same for machines. */
    Map<String, Object> json(List<Measure> measures) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Measure measure : measures) {
            Map<String, @Nullable Object> value = StudyJson.mean(mean(measure));
            value.put(
                    "perSeed",
                    StudyJson.list(seeds.stream()
                            .mapToDouble(seed -> measure.of().apply(seed).value())
                            .toArray()));
            json.put(measure.key(), value);
        }
        return json;
    }

    private SeedMean mean(Measure measure) {
        return measured.over(seeds.stream().map(measure.of()).toList());
    }
}
