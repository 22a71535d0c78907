package dev.assay.evaluation;

import static dev.assay.evaluation.SimulatedScores.QUICK;
import static dev.assay.evaluation.SimulatedScores.evaluate;
import static dev.assay.evaluation.SimulatedScores.hard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against scikit-learn and NumPy. */
class EvaluatorGoldenTest {
    private static final EnumSet<Metric> TRUTH = EnumSet.of(Metric.TRUE_ECE, Metric.PROBABILITY_ERROR);
    private static final JsonNode GOLDEN = JsonMapper.shared()
            .readTree(Path.of("../golden/evaluation/values.json").toFile());

    @Test
    void every_metric_equals_scikit_learn_and_numpy() {
        for (JsonNode source : GOLDEN.get("sources")) {
            List<PairScore> pairs = golden(source).pairs();
            source.get("bins").properties().forEach(bins -> {
                SourceEvaluation own = evaluate(pairs, QUICK.withBins(Integer.parseInt(bins.getKey())));
                for (Metric metric : EnumSet.complementOf(TRUTH)) {
                    assertThat(own.get(metric).value())
                            .as(metric + " with " + bins.getKey() + " bins")
                            .isCloseTo(bins.getValue().get(metric.key()).asDouble(), within(Tolerances.DOUBLE_ALGEBRA));
                }
            });
        }
    }

    @Test
    void both_forms_and_both_binnings_equal_numpy() {
        for (JsonNode source : GOLDEN.get("sources")) {
            source.get("bins").properties().forEach(bins -> {
                EvaluationOptions options = QUICK.withBins(Integer.parseInt(bins.getKey()));
                EvaluationOptions both = options.withForm(BinForm.BOTH_ORDERS);
                compare(
                        source,
                        options.withBinning(Binning.EQUAL_MASS),
                        bins.getValue().get("equalMass"));
                compare(source, both, bins.getValue().get("bothOrders"));
                compare(
                        source,
                        both.withBinning(Binning.EQUAL_MASS),
                        bins.getValue().get("bothOrdersEqualMass"));
            });
        }
    }

    private static void compare(JsonNode source, EvaluationOptions options, JsonNode expected) {
        SourceEvaluation own = evaluate(golden(source).pairs(), options);
        for (Metric metric : List.of(Metric.ECE, Metric.MCE)) {
            assertThat(own.get(metric).value())
                    .as("%s with %s", metric, options)
                    .isCloseTo(expected.get(metric.key()).asDouble(), within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @Test
    void pooled_sources_are_one_source_to_scikit_learn() {
        List<PairScores> sources = GOLDEN.get("sources")
                .valueStream()
                .map(EvaluatorGoldenTest::golden)
                .toList();
        SourceEvaluation pooled = new Evaluator(QUICK).evaluate(sources).pooled();
        for (Metric metric : EnumSet.complementOf(TRUTH)) {
            double expected = GOLDEN.get("pooled").get(metric.key()).asDouble();
            assertThat(pooled.get(metric).value())
                    .as(metric.key())
                    .isCloseTo(expected, within(Tolerances.DOUBLE_ALGEBRA));
        }
        assertThat(new Evaluator(QUICK).evaluate(sources.subList(0, 1)).pooled())
                .isEqualTo(new Evaluator(QUICK)
                        .evaluate(sources.subList(0, 1))
                        .sources()
                        .getFirst());
    }

    private static PairScores golden(JsonNode source) {
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < source.get("chosen").size(); i++) {
            pairs.add(hard(
                    source.get("chosen").get(i).asDouble(),
                    source.get("rejected").get(i).asDouble()));
        }
        return new PairScores("source of " + pairs.size(), pairs);
    }
}
