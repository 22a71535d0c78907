package dev.assay.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecalibrationTest {
    private static final EvaluationOptions QUICK = EvaluationOptions.DEFAULT.withBootstrap(new Bootstrap(50, 0.95, 5));
    private static final Origin ORIGIN = Origin.of("test", "simulated", 0);

    /** What is left of a probability of one half: enough to say who was favoured. */
    private static final double COIN = 1 / (1 + Math.exp(-Recalibration.TRACE));

    private static PairScores scores(double... differences) {
        return new PairScores(
                "test",
                DoubleStream.of(differences)
                        .mapToObj(d -> new PairScore(3 + d, 3, Strength.HARD, ORIGIN))
                        .toList());
    }

    /** Differences whose favoured response is right with log-odds {@code slope |d| + offset}; some soft labels, some d = 0. */
    private static PairScores simulated(int n, double slope, double offset, long seed) {
        Random random = new Random(seed);
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double gap = i % 50 == 7 ? 0 : Math.abs(2 * random.nextGaussian());
            boolean right = random.nextDouble() < 1 / (1 + Math.exp(-slope * gap - offset));
            double label = i % 10 == 3 ? 0.8 : 1;
            Strength strength = new Strength(label, OptionalDouble.empty(), OptionalDouble.empty());
            pairs.add(new PairScore(right ? gap : -gap, 0, strength, ORIGIN));
        }
        return new PairScores("test", pairs);
    }

    private static EvaluationResult evaluate(PairScores scores) {
        return new Evaluator(QUICK).evaluate(List.of(scores));
    }

    private static double nll(PairScores scores) {
        return evaluate(scores).pooled().get(Metric.NLL).value();
    }

    @Test
    void every_fit_equals_scipy_and_scikit_learn() {
        JsonNode golden = JsonMapper.shared()
                .readTree(Path.of("../golden/evaluation/calibration.json").toFile());
        for (JsonNode sample : golden.get("samples")) {
            double[] d = sample.get("d")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            List<PairScores> pairs = List.of(scores(d));
            Temperature temperature = (Temperature) RecalibrationKind.TEMPERATURE.fit(pairs);
            Platt platt = (Platt) RecalibrationKind.PLATT.fit(pairs);
            Recalibration isotonic = RecalibrationKind.ISOTONIC.fit(pairs);
            // SciPy stops where its loss no longer changes, which leaves half of the digits to the argument.
            assertThat(temperature.temperature())
                    .isCloseTo(sample.get("temperature").asDouble(), within(Tolerances.REFERENCE));
            assertThat(platt.slope()).isCloseTo(sample.get("slope").asDouble(), within(Tolerances.REFERENCE));
            assertThat(platt.offset()).isCloseTo(sample.get("offset").asDouble(), within(Tolerances.REFERENCE));
            assertThat(nll(temperature.apply(pairs.getFirst())))
                    .isCloseTo(sample.get("temperatureLoss").asDouble(), within(Tolerances.SOLVER));
            assertThat(nll(platt.apply(pairs.getFirst())))
                    .isCloseTo(sample.get("plattLoss").asDouble(), within(Tolerances.SOLVER));
            for (int i = 0; i < d.length; i++) {
                double confidence = isotonic.probability(Math.abs(d[i]));
                assertThat(confidence)
                        .isCloseTo(
                                Math.max(sample.get("isotonic").get(i).asDouble(), COIN),
                                within(Tolerances.DOUBLE_ALGEBRA));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_likelihood_is_never_worse_on_the_pairs_it_was_fitted_on(RecalibrationKind kind) {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 60; i++) {
            PairScores pairs = simulated(
                    random.nextInt(2, 60), random.nextDouble(-1, 4), random.nextDouble(-1, 2), random.nextLong());
            double raw = nll(pairs);
            assertThat(nll(kind.fit(List.of(pairs)).apply(pairs)))
                    .as("%s, case %d", kind, i)
                    .isLessThanOrEqualTo(raw * (1 + Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @Test
    void a_more_flexible_kind_fits_no_worse() {
        SplittableRandom random = new SplittableRandom(19);
        for (int i = 0; i < 30; i++) {
            List<PairScores> pairs =
                    List.of(simulated(200, random.nextDouble(0, 2), random.nextDouble(-0.5, 1), random.nextLong()));
            double temperature = nll(RecalibrationKind.TEMPERATURE.fit(pairs).apply(pairs.getFirst()));
            double platt = nll(RecalibrationKind.PLATT.fit(pairs).apply(pairs.getFirst()));
            double isotonic = nll(RecalibrationKind.ISOTONIC.fit(pairs).apply(pairs.getFirst()));
            assertThat(platt).isLessThanOrEqualTo(temperature * (1 + Tolerances.DOUBLE_ALGEBRA));
            assertThat(isotonic).isLessThanOrEqualTo(temperature * (1 + Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_two_orders_of_a_pair_share_one_and_the_ranking_stays(RecalibrationKind kind) {
        Recalibration map = kind.fit(List.of(simulated(150, 0.3, 0.4, 23)));
        double before = Double.NEGATIVE_INFINITY;
        for (double d = -12; d <= 12; d += 0.01) {
            assertThat(map.probability(d) + map.probability(-d)).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(map.difference(d)).isGreaterThanOrEqualTo(before);
            before = map.difference(d);
        }
        assertThat(map.probability(0)).isEqualTo(0.5);
    }

    /** Small differences of this model are right less often than a coin's, where isotonic regression gives log-odds of 0. */
    @ParameterizedTest
    @EnumSource
    void no_pair_becomes_a_tie_or_changes_sides_and_accuracy_stays(RecalibrationKind kind) {
        PairScores raw = simulated(400, 2, -2, 11);
        Recalibration map = kind.fit(List.of(raw));
        PairScores calibrated = map.apply(raw);
        for (int i = 0; i < raw.pairs().size(); i++) {
            assertThat(Math.signum(calibrated.pairs().get(i).difference()))
                    .isEqualTo(Math.signum(raw.pairs().get(i).difference()));
        }
        assertThat(evaluate(calibrated).pooled().get(Metric.ACCURACY))
                .isEqualTo(evaluate(raw).pooled().get(Metric.ACCURACY));
    }

    /** All wrong: the best h is 0 everywhere, in every kind but the temperature, whose bound is not reached by rounding. */
    @ParameterizedTest
    @EnumSource
    void a_model_that_is_always_wrong_keeps_its_order_and_claims_nothing(RecalibrationKind kind) {
        Recalibration map = kind.fit(List.of(scores(-0.5, -1, -2, -3)));
        for (double d : new double[] {1e-9, 0.1, 1, 3, 100}) {
            assertThat(map.difference(d)).isBetween(1e-13, 0.2);
            assertThat(map.difference(-d)).isEqualTo(-map.difference(d));
        }
        PairScores mostlyWrong = scores(-0.5, -1, 0.25, -3);
        assertThat(evaluate(map.apply(mostlyWrong)).pooled().get(Metric.ACCURACY))
                .isEqualTo(evaluate(mostlyWrong).pooled().get(Metric.ACCURACY));
    }

    @ParameterizedTest
    @EnumSource
    void exchanging_the_responses_of_the_validation_pairs_changes_nothing(RecalibrationKind kind) {
        PairScores pairs = simulated(150, 0.3, 0.4, 29);
        List<PairScore> shuffled = new ArrayList<>(pairs.pairs());
        Collections.shuffle(shuffled, new Random(1));
        Recalibration one = kind.fit(List.of(pairs));
        Recalibration other = kind.fit(
                List.of(new PairScores("a", shuffled.subList(0, 70)), new PairScores("b", shuffled.subList(70, 150))));
        for (double d = 0.1; d < 6; d += 0.1) {
            assertThat(other.difference(d)).isCloseTo(one.difference(d), within(Tolerances.SOLVER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_overconfident_model_is_mended_on_pairs_it_was_not_fitted_on(RecalibrationKind kind) {
        Recalibration map = kind.fit(List.of(simulated(3000, 0.25, 0, 31)));
        PairScores held = simulated(3000, 0.25, 0, 37);
        EvaluationResult raw = evaluate(held);
        EvaluationResult mended = evaluate(map.apply(held));
        assertThat(mended.pooled().get(Metric.ECE).value())
                .isLessThan(0.4 * raw.pooled().get(Metric.ECE).value());
        assertThat(mended.pooled().get(Metric.NLL).value())
                .isLessThan(raw.pooled().get(Metric.NLL).value());
        if (kind != RecalibrationKind.ISOTONIC) {
            assertThat(mended.pooled().get(Metric.ACCURACY))
                    .isEqualTo(raw.pooled().get(Metric.ACCURACY));
        }
    }

    @Test
    void rewards_in_another_unit_need_the_temperature_of_that_unit() {
        PairScores pairs = simulated(200, 0.7, 0, 41);
        PairScores larger = new Temperature(0.125).apply(pairs);
        Temperature one = (Temperature) RecalibrationKind.TEMPERATURE.fit(List.of(pairs));
        Temperature other = (Temperature) RecalibrationKind.TEMPERATURE.fit(List.of(larger));
        assertThat(other.temperature() / one.temperature()).isCloseTo(8, within(Tolerances.SOLVER));
    }

    @Test
    void a_single_reward_has_a_recalibrated_unit_only_where_the_map_is_linear() {
        assertThat(new Temperature(4).rewardFactor()).hasValue(0.25);
        assertThat(new Platt(0.5, 0).rewardFactor()).hasValue(0.5);
        assertThat(new Platt(0.5, 0.1).rewardFactor()).isEmpty();
        assertThat(new Platt(0, 0).rewardFactor()).isEmpty();
        assertThat(new Isotonic(List.of(1.0), List.of(2.0)).rewardFactor()).isEmpty();
        PairScore pair = new Platt(0.5, 0.1).apply(scores(-2)).pairs().getFirst();
        assertThat(pair.difference()).isCloseTo(-1.1, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(pair.chosen() + pair.rejected()).isCloseTo(4, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_model_that_is_always_right_or_never_better_than_a_coin_meets_the_bounds() {
        List<PairScores> right = List.of(scores(0.1, 0.5, 2));
        List<PairScores> wrong = List.of(scores(-0.1, -0.5, -2));
        assertThat(RecalibrationKind.TEMPERATURE.fit(right)).isEqualTo(new Temperature(1.0 / 1024));
        assertThat(RecalibrationKind.TEMPERATURE.fit(wrong)).isEqualTo(new Temperature(1024));
        assertThat(RecalibrationKind.PLATT.fit(wrong)).isEqualTo(new Platt(0, 0));
        assertThat(RecalibrationKind.ISOTONIC.fit(wrong).probability(2)).isEqualTo(COIN);
        assertThat(RecalibrationKind.ISOTONIC.fit(right).probability(2)).isCloseTo(0.8, within(Tolerances.SOLVER));
    }

    @Test
    void nothing_to_fit_on_is_said_so() {
        PairScores tie = new PairScores("ties", List.of(new PairScore(2, 1, Strength.TIE, ORIGIN)));
        assertThatThrownBy(() -> RecalibrationKind.PLATT.fit(List.of(tie, scores(0))))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("[ties, test]");
    }

    @Test
    void what_is_no_calibration_is_refused() {
        assertThatThrownBy(() -> new Temperature(-1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Platt(1, -0.5)).hasMessageContaining("-0.5");
        assertThatThrownBy(() -> new Isotonic(List.of(1.0, 2.0), List.of(1.0, 0.5)))
                .hasMessageContaining("knot 1");
    }
}
