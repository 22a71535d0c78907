package dev.assay.evaluation;

import static dev.assay.evaluation.SimulatedScores.QUICK;
import static dev.assay.evaluation.SimulatedScores.evaluate;
import static dev.assay.evaluation.SimulatedScores.hard;
import static dev.assay.evaluation.SimulatedScores.simulated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.Quantiles;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluationIntervalsTest {
    @Test
    void intervals_repeat_with_the_seed_and_hold_the_curve_together() {
        List<PairScore> pairs = simulated(400, 1, 2);
        SourceEvaluation own = evaluate(pairs, QUICK);
        assertThat(own).isEqualTo(evaluate(pairs, QUICK));
        assertThat(own.curve().bins().stream().mapToInt(ReliabilityCurve.Bin::n).sum())
                .isEqualTo(400);
        double ece = own.curve().bins().stream()
                .mapToDouble(bin -> bin.n()
                        / 400.0
                        * Math.abs(bin.confidence() - bin.accuracy().value()))
                .sum();
        assertThat(own.get(Metric.ECE).value()).isCloseTo(ece, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void every_interval_holds_its_own_estimate() {
        Random random = new Random(77);
        for (int trial = 0; trial < 150; trial++) {
            List<PairScores> sources = new ArrayList<>();
            for (int s = 0; s < 1 + random.nextInt(3); s++) {
                int n = 2 + random.nextInt(60);
                sources.add(new PairScores("source " + s, simulated(n, 3 * random.nextDouble(), random.nextLong())));
            }
            EvaluationResult result = new Evaluator(QUICK.withBins(2 + random.nextInt(20))).evaluate(sources);
            for (Metric metric : Metric.values()) {
                List<Estimate> estimates = new ArrayList<>(List.of(
                        result.average().get(metric),
                        result.weightedAverage().get(metric),
                        result.pooled().get(metric)));
                result.sources().forEach(source -> estimates.add(source.get(metric)));
                assertThat(estimates)
                        .as(metric.key())
                        .filteredOn(estimate -> !Double.isNaN(estimate.value()))
                        .allMatch(estimate -> estimate.covers(estimate.value()));
                if (metric.isBinned()) {
                    assertThat(estimates).allMatch(estimate -> estimate.low() >= 0 && estimate.high() <= 1);
                }
            }
        }
    }

    @Test
    void shifted_intervals_of_binned_errors_hold_a_known_miscalibration_more_often_than_percentiles_do() {
        // Overconfident annotators' odds, known to 0.002 from 200,000 pairs without the noise of labels.
        double slope = 0.5;
        EvaluationOptions once = QUICK.withBootstrap(new Bootstrap(1, 0.95, 0));
        double truth = evaluate(simulated(200_000, slope, 1), once)
                .get(Metric.TRUE_ECE)
                .value();
        int shifted = 0;
        int plain = 0;
        for (int trial = 0; trial < 100; trial++) {
            PairScores scores = new PairScores("test", simulated(60, slope, 1_000 + trial));
            SourceRows rows = new SourceRows(scores);
            double[] replicates = Arrays.stream(
                            QUICK.bootstrap().stream(0).replicates(rows.n(), counts -> rows.metrics(counts, QUICK)))
                    .mapToDouble(row -> row[Metric.ECE.ordinal()])
                    .sorted()
                    .toArray();
            plain += Quantiles.ofSorted(replicates, 0.025) <= truth && truth <= Quantiles.ofSorted(replicates, 0.975)
                    ? 1
                    : 0;
            shifted += evaluate(scores.pairs(), QUICK).get(Metric.ECE).covers(truth) ? 1 : 0;
        }
        // An independent simulation in NumPy has 90 and 75 of 100; the binomial standard deviation of the first is 3.
        assertThat(shifted).isGreaterThan(plain + 5).isGreaterThan(80);
    }

    @Test
    void the_bands_hold_a_calibrated_model_and_show_an_overconfident_one() {
        EvaluationOptions options = QUICK.withBinning(Binning.EQUAL_MASS);
        long honest = inside(evaluate(simulated(5_000, 1, 31), options));
        long loud = inside(evaluate(simulated(5_000, 0.3, 31), options));
        // Ten intervals of 95 %: three or more misses have a probability of 1 %.
        assertThat(honest).isGreaterThanOrEqualTo(8);
        assertThat(loud).isLessThanOrEqualTo(3);
    }

    /** Bins whose accuracy a calibrated model could have had. */
    private static long inside(SourceEvaluation evaluation) {
        assertThat(evaluation.curve().bins())
                .allMatch(bin -> bin.band().covers(bin.accuracy().value()))
                .allMatch(bin -> bin.consistency().covers(bin.confidence()));
        return evaluation.curve().bins().stream()
                .filter(bin -> bin.consistency().covers(bin.accuracy().value()))
                .count();
    }

    @Test
    void a_single_pair_has_no_interval() {
        EvaluationResult result = new Evaluator(QUICK)
                .evaluate(List.of(
                        new PairScores("one", List.of(hard(1, 0))), new PairScores("many", simulated(50, 1, 4))));
        SourceEvaluation one = result.sources().getFirst();
        assertThat(one.get(Metric.ECE).value()).isPositive();
        for (Metric metric : List.of(Metric.ECE, Metric.MCE, Metric.ACE, Metric.BRIER, Metric.NLL)) {
            assertThat(one.get(metric).hasInterval()).as(metric.key()).isFalse();
            assertThat(result.average().get(metric).hasInterval()).isFalse();
            assertThat(result.pooled().get(metric).hasInterval()).isTrue();
        }
        assertThat(one.get(Metric.ACCURACY).hasInterval()).isTrue();
    }
}
