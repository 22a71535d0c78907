package dev.assay.evaluation;

import static dev.assay.evaluation.SimulatedScores.QUICK;
import static dev.assay.evaluation.SimulatedScores.evaluate;
import static dev.assay.evaluation.SimulatedScores.hard;
import static dev.assay.evaluation.SimulatedScores.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Strength;
import dev.assay.math.Estimate;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    @Test
    void a_coin_has_the_scores_of_a_coin_and_no_calibration_error() {
        SourceEvaluation coin = evaluate(List.of(hard(1, 1), hard(0, 0), hard(-2, -2)), QUICK);
        assertThat(coin.get(Metric.ACCURACY).value()).isZero();
        assertThat(coin.tiedRewards()).isEqualTo(3);
        assertThat(coin.get(Metric.BRIER).value()).isEqualTo(0.25);
        assertThat(coin.get(Metric.NLL).value()).isCloseTo(Math.log(2), within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(coin.get(Metric.ECE).value()).isZero();
    }

    @Test
    void tied_labels_take_no_part_and_are_counted() {
        PairScore tie = scored(5, -5, Strength.TIE);
        SourceEvaluation own = evaluate(List.of(hard(1, 0), tie, hard(0, 1), tie), QUICK);
        assertThat(own.n()).isEqualTo(2);
        assertThat(own.tiedLabels()).isEqualTo(2);
        assertThat(own.get(Metric.ACCURACY).value()).isEqualTo(0.5);
        assertThatThrownBy(() -> evaluate(List.of(tie), QUICK))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("\"test\"")
                .hasMessageContaining("1 pairs, all labelled as ties");
    }

    @Test
    void huge_rewards_stay_finite() {
        SourceEvaluation own = evaluate(List.of(hard(1e4, -1e4), hard(-1e4, 1e4)), QUICK);
        assertThat(own.get(Metric.NLL).value()).isCloseTo(1e4, Percentage.withPercentage(1e-9));
        assertThat(own.get(Metric.BRIER).value()).isEqualTo(0.5);
        assertThat(own.get(Metric.ECE).value()).isEqualTo(0.5);
    }

    @Test
    void averages_count_sources_alike_or_by_their_size() {
        EvaluationResult result = new Evaluator(QUICK)
                .evaluate(List.of(
                        new PairScores("right", List.of(hard(1, 0), hard(2, 0), hard(1, 0))),
                        new PairScores("wrong", List.of(hard(0, 1), hard(0, 1)))));
        assertThat(result.average().get(Metric.ACCURACY)).isEqualTo(new Estimate(0.5, 0.5, 0.5));
        assertThat(result.weightedAverage().get(Metric.ACCURACY)).isEqualTo(new Estimate(0.6, 0.6, 0.6));
        assertThat(result.n()).isEqualTo(5);
    }

    @Test
    void gaps_of_different_sign_cancel_between_pooled_sources_and_not_on_average() {
        List<PairScore> bold = new ArrayList<>();
        List<PairScore> timid = new ArrayList<>();
        double log3 = Math.log(3);
        for (int i = 0; i < 100; i++) {
            // Confidence 3/4 throughout; right in 50 and in 100 of 100.
            bold.add(hard(i % 2 == 0 ? log3 : -log3, 0));
            timid.add(hard(log3, 0));
        }
        EvaluationResult result =
                new Evaluator(QUICK).evaluate(List.of(new PairScores("bold", bold), new PairScores("timid", timid)));
        assertThat(result.pooled().get(Metric.ECE).value()).isCloseTo(0, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(result.average().get(Metric.ECE).value()).isCloseTo(0.25, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(result.pooled().n()).isEqualTo(200);
    }
}
