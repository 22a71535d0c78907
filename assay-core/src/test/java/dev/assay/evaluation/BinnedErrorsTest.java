package dev.assay.evaluation;

import static dev.assay.evaluation.SimulatedScores.QUICK;
import static dev.assay.evaluation.SimulatedScores.evaluate;
import static dev.assay.evaluation.SimulatedScores.hard;
import static dev.assay.evaluation.SimulatedScores.scored;
import static dev.assay.evaluation.SimulatedScores.simulated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Strength;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Errors over bins of confidence: two forms, two binnings. */
class BinnedErrorsTest {
    @Test
    void a_calibrated_model_shows_little_error_and_an_overconfident_one_its_own() {
        SourceEvaluation honest = evaluate(simulated(20_000, 1, 11), QUICK);
        SourceEvaluation loud = evaluate(simulated(20_000, 0.3, 11), QUICK);
        // Five filled bins of some 4,000 pairs: the mean absolute deviation of each is sqrt(2/pi) * sqrt(pq/n),
        // below 0.0063.
        assertThat(honest.get(Metric.ECE).value()).isLessThan(2 * 0.0063);
        assertThat(honest.get(Metric.TRUE_ECE).value()).isLessThan(1e-12);
        assertThat(honest.get(Metric.PROBABILITY_ERROR).value()).isLessThan(1e-12);
        assertThat(loud.get(Metric.ECE).low()).isGreaterThan(0.1);
        assertThat(loud.get(Metric.TRUE_ECE).value())
                .isCloseTo(loud.get(Metric.ECE).value(), within(0.02));
    }

    @Test
    void calibration_does_not_depend_on_which_response_is_named_first() {
        List<PairScore> pairs = new ArrayList<>();
        List<PairScore> swapped = new ArrayList<>();
        // It carries almost no preference, so that swapping it is almost the same data.
        Strength faint = new Strength(0.5 + 1e-9, OptionalDouble.empty(), OptionalDouble.empty());
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            double d = i % 10 == 0 ? 0 : random.nextGaussian();
            pairs.add(scored(d, 0, faint));
            swapped.add(scored(0, d, faint));
        }
        SourceEvaluation one = evaluate(pairs, QUICK);
        SourceEvaluation other = evaluate(swapped, QUICK);
        for (Metric metric : List.of(Metric.ECE, Metric.MCE, Metric.ACE, Metric.BRIER, Metric.NLL)) {
            assertThat(one.get(metric).value())
                    .as(metric.key())
                    .isCloseTo(other.get(metric).value(), within(1e-7));
        }
    }

    @Test
    void both_orders_equal_the_confidence_form_for_even_bins_and_hide_the_middle_bin_for_odd_ones() {
        List<PairScore> timid = simulated(4_000, 8, 21).stream()
                .map(pair -> hard(pair.chosen() / 20, pair.rejected()))
                .toList();
        for (int bins : new int[] {10, 20}) {
            EvaluationOptions options = QUICK.withBins(bins);
            assertThat(evaluate(timid, options.withForm(BinForm.BOTH_ORDERS))
                            .get(Metric.ECE)
                            .value())
                    .isCloseTo(evaluate(timid, options).get(Metric.ECE).value(), within(Tolerances.DOUBLE_ALGEBRA));
        }
        EvaluationOptions odd = QUICK.withBins(5);
        assertThat(evaluate(timid, odd).get(Metric.ECE).value()).isGreaterThan(0.3);
        assertThat(evaluate(timid, odd.withForm(BinForm.BOTH_ORDERS))
                        .get(Metric.ECE)
                        .value())
                .isLessThan(0.05);
    }

    @Test
    void the_brier_score_is_the_sum_of_its_parts() {
        for (int bins : new int[] {1, 5, 10, 200}) {
            SourceEvaluation own = evaluate(simulated(500, 0.4, 9), QUICK.withBins(bins));
            assertThat(own.brier().brier()).isCloseTo(own.get(Metric.BRIER).value(), within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @Test
    void bins_of_equal_mass_hold_equally_many_and_the_brier_score_stays_the_sum_of_its_parts() {
        EvaluationOptions options = QUICK.withBinning(Binning.EQUAL_MASS).withBins(7);
        SourceEvaluation own = evaluate(simulated(703, 0.4, 9), options);
        assertThat(own.curve().bins())
                .hasSize(7)
                .allMatch(bin -> bin.n() == 100 || bin.n() == 101)
                .allMatch(bin -> bin.low() <= bin.confidence() && bin.confidence() <= bin.high());
        assertThat(own.get(Metric.ECE)).isEqualTo(own.get(Metric.ACE));
        assertThat(own.brier().brier()).isCloseTo(own.get(Metric.BRIER).value(), within(Tolerances.DOUBLE_ALGEBRA));
    }
}
