package dev.assay.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.testing.Tolerances;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
    private static final EvaluationOptions OPTIONS =
            EvaluationOptions.DEFAULT.withBootstrap(new Bootstrap(400, 0.95, 1));

    /** A model that is right on about {@code accuracy} of the pairs, by a reward difference of one. */
    private static PairScores model(String source, int n, double accuracy, long seed) {
        Random random = new Random(seed);
        return new PairScores(
                source,
                IntStream.range(0, n)
                        .mapToObj(i -> new PairScore(
                                random.nextDouble() < accuracy ? 1 : -1,
                                0,
                                Strength.HARD,
                                Origin.of(source, "simulated", i + 1)))
                        .toList());
    }

    @Test
    void a_model_does_not_differ_from_itself() {
        List<PairScores> scores = List.of(model("a", 200, 0.7, 1));
        ModelComparison comparison = ModelComparison.of(scores, scores, OPTIONS);
        ModelComparison.SourceComparison own = comparison.sources().getFirst();
        assertThat(own.accuracyTest().exactP()).isEqualTo(1);
        assertThat(own.differences().get(Metric.ECE).estimate().value()).isZero();
        assertThat(own.differences().get(Metric.BRIER).pValue()).isEqualTo(1);
    }

    @Test
    void a_better_model_is_found_better_on_the_source_where_it_is() {
        ModelComparison comparison = ModelComparison.of(
                List.of(model("a", 500, 0.6, 1), model("b", 500, 0.7, 2)),
                List.of(model("a", 500, 0.8, 3), model("b", 500, 0.7, 4)),
                OPTIONS);
        ModelComparison.SourceComparison better = comparison.sources().get(0);
        ModelComparison.SourceComparison same = comparison.sources().get(1);
        assertThat(better.accuracyTest().exactP()).isLessThan(1e-6);
        assertThat(better.accuracyTest().midP())
                .isLessThan(better.accuracyTest().exactP());
        assertThat(better.differences().get(Metric.ACCURACY).estimate().low()).isGreaterThan(0.1);
        assertThat(better.differences().get(Metric.NLL).estimate().high()).isNegative();
        assertThat(same.accuracyTest().exactP()).isGreaterThan(0.05);
        assertThat(same.differences().get(Metric.ACCURACY).estimate().covers(0)).isTrue();
        assertThat(comparison.average().get(Metric.ACCURACY).estimate().low()).isPositive();
    }

    @Test
    void differences_of_binned_errors_hold_their_estimates_and_a_single_pair_has_neither_interval_nor_test() {
        for (int seed = 0; seed < 40; seed++) {
            ModelComparison comparison = ModelComparison.of(
                    List.of(model("a", 12, 0.4, seed), model("b", 9, 0.9, seed + 100)),
                    List.of(model("a", 12, 0.9, seed + 200), model("b", 9, 0.4, seed + 300)),
                    OPTIONS.withBootstrap(new Bootstrap(100, 0.95, seed)));
            assertThat(comparison.n()).isEqualTo(21);
            for (Metric metric : List.of(Metric.ECE, Metric.MCE, Metric.ACE, Metric.NLL)) {
                assertThat(comparison.average().get(metric).estimate())
                        .matches(estimate -> estimate.covers(estimate.value()));
                assertThat(comparison.sources())
                        .map(source -> source.differences().get(metric).estimate())
                        .allMatch(estimate -> estimate.covers(estimate.value()));
            }
        }
        ModelComparison single = ModelComparison.of(
                List.of(model("a", 1, 1, 0), model("b", 50, 0.5, 1)),
                List.of(model("a", 1, 0, 0), model("b", 50, 0.5, 2)),
                OPTIONS);
        ModelComparison.Difference nll =
                single.sources().getFirst().differences().get(Metric.NLL);
        assertThat(nll.estimate().value()).isPositive();
        assertThat(nll.estimate().hasInterval()).isFalse();
        assertThat(nll.pValue()).isNaN();
        assertThat(single.average().get(Metric.NLL).pValue()).isNaN();
    }

    @Test
    void weighted_and_pooled_differences_are_those_of_two_evaluations() {
        List<PairScores> first = List.of(model("a", 300, 0.6, 1), model("b", 100, 0.7, 2));
        List<PairScores> second = List.of(model("a", 300, 0.8, 3), model("b", 100, 0.6, 4));
        ModelComparison comparison = ModelComparison.of(first, second, OPTIONS);
        ByMetric<ModelComparison.Difference> pooled = ModelComparison.pooled(first, second, OPTIONS);
        EvaluationResult one = new Evaluator(OPTIONS).evaluate(first);
        EvaluationResult two = new Evaluator(OPTIONS).evaluate(second);
        for (Metric metric : List.of(Metric.ACCURACY, Metric.ECE, Metric.NLL)) {
            assertThat(comparison.weightedAverage().get(metric).estimate().value())
                    .isCloseTo(
                            two.weightedAverage().get(metric).value()
                                    - one.weightedAverage().get(metric).value(),
                            within(Tolerances.DOUBLE_ALGEBRA))
                    .isNotEqualTo(comparison.average().get(metric).estimate().value());
            assertThat(pooled.get(metric).estimate().value())
                    .isCloseTo(
                            two.pooled().get(metric).value()
                                    - one.pooled().get(metric).value(),
                            within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(pooled.get(metric).estimate().hasInterval()).isTrue();
        }
        assertThat(pooled.get(Metric.ACCURACY).pValue()).isLessThan(0.01);
        assertThat(ModelComparison.pooled(first, first, OPTIONS).get(Metric.ECE).estimate())
                .isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void different_pairs_are_refused_with_the_first_place_where_they_differ() {
        assertThatThrownBy(() ->
                        ModelComparison.of(List.of(model("a", 3, 0.5, 1)), List.of(model("a", 4, 0.5, 1)), OPTIONS))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("\"a\" has 3 and 4 pairs");
        assertThatThrownBy(() ->
                        ModelComparison.of(List.of(model("a", 3, 0.5, 1)), List.of(model("b", 3, 0.5, 1)), OPTIONS))
                .hasMessageContaining("[a] and [b]");
    }
}
