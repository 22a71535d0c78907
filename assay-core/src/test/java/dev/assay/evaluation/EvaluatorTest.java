package dev.assay.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.Quantiles;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluatorTest {
    private static final Origin ORIGIN = Origin.of("test", "simulated", 0);
    private static final EvaluationOptions QUICK = EvaluationOptions.DEFAULT.withBootstrap(new Bootstrap(100, 0.95, 5));
    private static final EnumSet<Metric> TRUTH = EnumSet.of(Metric.TRUE_ECE, Metric.PROBABILITY_ERROR);

    private static SourceEvaluation evaluate(List<PairScore> pairs, EvaluationOptions options) {
        return new Evaluator(options)
                .evaluate(List.of(new PairScores("test", pairs)))
                .sources()
                .getFirst();
    }

    private static PairScore hard(double chosen, double rejected) {
        return new PairScore(chosen, rejected, Strength.HARD, ORIGIN);
    }

    /** Pairs whose labels follow the model's own probability, sharpened or flattened by {@code slope}. */
    private static List<PairScore> simulated(int n, double slope, long seed) {
        Random random = new Random(seed);
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double d = 1.5 * random.nextGaussian();
            double truth = 1 / (1 + Math.exp(-slope * d));
            boolean agrees = random.nextDouble() < truth;
            Strength strength = new Strength(1, OptionalDouble.empty(), OptionalDouble.of(agrees ? truth : 1 - truth));
            pairs.add(new PairScore(agrees ? d : -d, 0, strength, ORIGIN));
        }
        return pairs;
    }

    @Test
    void every_metric_equals_scikit_learn_and_numpy() {
        JsonNode golden = JsonMapper.shared()
                .readTree(Path.of("../golden/evaluation/values.json").toFile());
        for (JsonNode source : golden.get("sources")) {
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
    void a_calibrated_model_shows_little_error_and_an_overconfident_one_its_own() {
        SourceEvaluation honest = evaluate(simulated(20_000, 1, 11), QUICK);
        SourceEvaluation loud = evaluate(simulated(20_000, 0.3, 11), QUICK);
        // Five filled bins of some 4,000 pairs: the mean absolute deviation of each is sqrt(2/pi) * sqrt(pq/n) <
        // 0.0063.
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
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            double d = i % 10 == 0 ? 0 : random.nextGaussian();
            // A label of 0.5 + epsilon carries almost no preference, so that swapping it is almost the same data.
            pairs.add(new PairScore(
                    d, 0, new Strength(0.5 + 1e-9, OptionalDouble.empty(), OptionalDouble.empty()), ORIGIN));
            swapped.add(new PairScore(
                    0, d, new Strength(0.5 + 1e-9, OptionalDouble.empty(), OptionalDouble.empty()), ORIGIN));
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
        PairScore tie = new PairScore(5, -5, Strength.TIE, ORIGIN);
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
    void both_forms_and_both_binnings_equal_numpy() {
        JsonNode golden = JsonMapper.shared()
                .readTree(Path.of("../golden/evaluation/values.json").toFile());
        for (JsonNode source : golden.get("sources")) {
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

    private static PairScores golden(JsonNode source) {
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < source.get("chosen").size(); i++) {
            pairs.add(hard(
                    source.get("chosen").get(i).asDouble(),
                    source.get("rejected").get(i).asDouble()));
        }
        return new PairScores("source of " + pairs.size(), pairs);
    }

    @Test
    void pooled_sources_are_one_source_to_scikit_learn() {
        JsonNode golden = JsonMapper.shared()
                .readTree(Path.of("../golden/evaluation/values.json").toFile());
        List<PairScores> sources =
                golden.get("sources").valueStream().map(EvaluatorTest::golden).toList();
        SourceEvaluation pooled = new Evaluator(QUICK).evaluate(sources).pooled();
        for (Metric metric : EnumSet.complementOf(TRUTH)) {
            double expected = golden.get("pooled").get(metric.key()).asDouble();
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

    @Test
    void only_both_orders_with_odd_bins_hide_the_middle_one() {
        EvaluationOptions both = QUICK.withForm(BinForm.BOTH_ORDERS);
        assertThat(both.withBins(5).hidesMiddleBin()).isTrue();
        assertThat(both.hidesMiddleBin()).isFalse();
        assertThat(QUICK.withBins(5).hidesMiddleBin()).isFalse();
        assertThat(both.withBins(5).caution().orElse("")).contains("odd number of bins (5)");
        assertThat(QUICK.withBins(5).caution()).isEmpty();
    }

    @Test
    void options_are_told_in_words() {
        assertThat(EvaluationOptions.DEFAULT.words())
                .isEqualTo("10 bins of equal width, each pair once at its confidence");
        assertThat(EvaluationOptions.DEFAULT
                        .withBins(7)
                        .withBinning(Binning.EQUAL_MASS)
                        .withForm(BinForm.BOTH_ORDERS)
                        .words())
                .isEqualTo("7 bins of equal mass, each pair twice at p and 1 − p (both-orders)");
    }
}
