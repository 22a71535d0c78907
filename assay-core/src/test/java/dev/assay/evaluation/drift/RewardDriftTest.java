package dev.assay.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.WilsonInterval;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RewardDriftTest {
    private static final Bootstrap QUICK = new Bootstrap(200, 0.95, 3);
    private static final Offset<Double> CLOSE = within(Tolerances.SOLVER);

    private static PairScores scores(double[] chosen, double[] rejected) {
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            pairs.add(new PairScore(chosen[i], rejected[i], Strength.HARD, Origin.of("test", "simulated", i + 1)));
        }
        return new PairScores("test", pairs);
    }

    private static PairScores simulated(int n, long seed) {
        Random random = new Random(seed);
        double[] chosen = random.doubles(n, -3, 4).toArray();
        double[] rejected = random.doubles(n, -3, 3).map(r -> r * r * r / 3).toArray();
        return scores(chosen, rejected);
    }

    private static PairScores mapped(PairScores scores, DoubleUnaryOperator change) {
        return new PairScores(
                scores.source(),
                scores.pairs().stream()
                        .map(pair -> new PairScore(
                                change.applyAsDouble(pair.chosen()),
                                change.applyAsDouble(pair.rejected()),
                                pair.strength(),
                                pair.origin()))
                        .toList());
    }

    private static double[] doubles(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static JsonNode golden() {
        return JsonMapper.shared()
                .readTree(Path.of("../golden/evaluation/drift.json").toFile())
                .get("samples");
    }

    @Test
    void a_single_pair_has_no_interval() {
        RewardDrift drift = RewardDrift.of(scores(new double[] {2}, new double[] {-1}), QUICK);
        assertThat(drift.rewardMean()).isEqualTo(Estimate.withoutInterval(0.5));
        assertThat(drift.absoluteDifference()).isEqualTo(Estimate.withoutInterval(3));
        assertThat(drift.overconfidence().hasInterval()).isFalse();
    }

    @Test
    void every_number_equals_numpy_and_scipy() {
        for (JsonNode sample : golden()) {
            RewardDrift drift =
                    RewardDrift.of(scores(doubles(sample.get("chosen")), doubles(sample.get("rejected"))), QUICK);
            List<Estimate> own = List.of(
                    drift.rewardMean(),
                    drift.rewardVariance(),
                    drift.differenceMean(),
                    drift.differenceVariance(),
                    drift.absoluteDifference(),
                    drift.overconfidence());
            List<String> names = List.of(
                    "rewardMean",
                    "rewardVariance",
                    "differenceMean",
                    "differenceVariance",
                    "absoluteDifference",
                    "overconfidence");
            for (int i = 0; i < names.size(); i++) {
                double expected = sample.get(names.get(i)).asDouble();
                assertThat(own.get(i).value()).as(names.get(i)).isCloseTo(expected, CLOSE);
                assertThat(own.get(i).covers(expected)).as(names.get(i)).isTrue();
            }
            box(drift.right().orElseThrow(), sample.get("right"));
            box(drift.wrong().orElseThrow(), sample.get("wrong"));
            outliers(drift.positive(), doubles(sample.get("right").get("above")));
            outliers(drift.negative(), doubles(sample.get("wrong").get("below")));
        }
    }

    private static void box(BoxStatistics own, JsonNode expected) {
        assertThat(own.q1()).isCloseTo(expected.get("q1").asDouble(), CLOSE);
        assertThat(own.median()).isCloseTo(expected.get("median").asDouble(), CLOSE);
        assertThat(own.q3()).isCloseTo(expected.get("q3").asDouble(), CLOSE);
        assertThat(own.lowWhisker()).isCloseTo(expected.get("lowWhisker").asDouble(), CLOSE);
        assertThat(own.highWhisker()).isCloseTo(expected.get("highWhisker").asDouble(), CLOSE);
        assertThat(own.below())
                .isEqualTo(Arrays.stream(doubles(expected.get("below"))).boxed().toList());
        assertThat(own.above())
                .isEqualTo(Arrays.stream(doubles(expected.get("above"))).boxed().toList());
    }

    private static void outliers(Outliers own, double[] expected) {
        assertThat(expected).as("a sample without outliers shows nothing").isNotEmpty();
        assertThat(own.count().value()).isEqualTo(expected.length);
        assertThat(own.share().value()).isEqualTo((double) expected.length / own.n());
        assertThat(own.mean().value())
                .isCloseTo(Arrays.stream(expected).average().orElseThrow(), CLOSE);
        assertThat(own.mean().hasInterval()).isEqualTo(expected.length >= Outliers.LEAST);
        if (own.mean().hasInterval()) {
            assertThat(own.mean().low()).isLessThan(own.mean().high());
        }
    }

    @Test
    void histogram_and_density_equal_numpy_and_scipy() {
        for (JsonNode sample : golden()) {
            double[] d = scores(doubles(sample.get("chosen")), doubles(sample.get("rejected")))
                    .differences();
            DifferenceHistogram.Edges edges = DifferenceHistogram.Edges.spanning(List.of(d));
            assertThat(edges.number()).isEqualTo(sample.get("edges").asInt());
            assertThat(DifferenceHistogram.of(d, edges, 0.95).bins().stream()
                            .mapToDouble(DifferenceHistogram.Bin::count)
                            .toArray())
                    .containsExactly(doubles(sample.get("counts")));
            double[] at = doubles(sample.get("at"));
            double[] expected = doubles(sample.get("density"));
            DifferenceDensity density = DifferenceDensity.of(d, at[0], at[at.length - 1], at.length, 0.95);
            assertThat(density.bandwidth()).isCloseTo(sample.get("bandwidth").asDouble(), CLOSE);
            for (int i = 0; i < at.length; i++) {
                assertThat(density.points().get(i).difference()).isCloseTo(at[i], CLOSE);
                assertThat(density.points().get(i).density().value()).isCloseTo(expected[i], CLOSE);
            }
        }
    }

    @Test
    void a_shift_of_all_rewards_changes_their_mean_alone() {
        // Multiples of 1/1024, so that sums and differences are exact.
        PairScores scores = mapped(simulated(200, 5), r -> Math.rint(1024 * r) / 1024);
        RewardDrift before = RewardDrift.of(scores, QUICK);
        RewardDrift after = RewardDrift.of(mapped(scores, r -> r + 4), QUICK);
        assertThat(after.rewardMean().value()).isCloseTo(before.rewardMean().value() + 4, CLOSE);
        assertThat(after.right()).isEqualTo(before.right());
        assertThat(after.negative()).isEqualTo(before.negative());
        assertThat(after.rewardVariance().value())
                .isCloseTo(before.rewardVariance().value(), CLOSE);
    }

    @Test
    void doubled_rewards_double_differences_and_leave_the_count_of_outliers() {
        PairScores scores = simulated(300, 6);
        RewardDrift before = RewardDrift.of(scores, QUICK);
        RewardDrift after = RewardDrift.of(mapped(scores, r -> 2 * r), QUICK);
        assertThat(after.absoluteDifference().value())
                .isEqualTo(2 * before.absoluteDifference().value());
        assertThat(after.rewardVariance().high())
                .isEqualTo(4 * before.rewardVariance().high());
        assertThat(before.positive().count().value()).isPositive();
        assertThat(after.positive().count()).isEqualTo(before.positive().count());
        assertThat(after.negative().mean().value())
                .isEqualTo(2 * before.negative().mean().value());
        assertThat(after.overconfidence().value())
                .isGreaterThan(before.overconfidence().value());
    }

    @Test
    void exchanging_the_responses_mirrors_the_boxes() {
        PairScores scores = simulated(250, 7);
        RewardDrift one = RewardDrift.of(scores, QUICK);
        RewardDrift other = RewardDrift.of(
                new PairScores(
                        "test",
                        scores.pairs().stream()
                                .map(pair ->
                                        new PairScore(pair.rejected(), pair.chosen(), pair.strength(), pair.origin()))
                                .toList()),
                QUICK);
        BoxStatistics right = one.right().orElseThrow();
        BoxStatistics mirrored = other.wrong().orElseThrow();
        assertThat(mirrored.q1()).isCloseTo(-right.q3(), CLOSE);
        assertThat(mirrored.lowWhisker()).isEqualTo(-right.highWhisker());
        assertThat(other.negative().count().value())
                .isEqualTo(one.positive().count().value());
        assertThat(other.negative().mean().value())
                .isCloseTo(-one.positive().mean().value(), CLOSE);
        assertThat(other.differenceMean().value())
                .isCloseTo(-one.differenceMean().value(), CLOSE);
        assertThat(other.rewardMean().value()).isCloseTo(one.rewardMean().value(), CLOSE);
    }

    @Test
    void equal_rewards_are_wrong_ties_are_left_out_and_an_empty_side_has_no_box() {
        PairScore equal = new PairScore(1, 1, Strength.HARD, Origin.of("test", "simulated", 1));
        PairScore tie = new PairScore(9, 1, Strength.TIE, Origin.of("test", "simulated", 2));
        RewardDrift drift = RewardDrift.of(new PairScores("test", List.of(equal, tie)), QUICK);
        assertThat(drift.n()).isEqualTo(1);
        assertThat(drift.right()).isEmpty();
        assertThat(drift.wrong().orElseThrow().n()).isEqualTo(1);
        assertThat(drift.positive().count().value()).isZero();
        assertThat(drift.positive().mean().value()).isNaN();
        assertThat(drift.overconfidence().value()).isZero();
        assertThatThrownBy(() -> RewardDrift.of(new PairScores("test", List.of(tie)), QUICK))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("1 pairs, all labelled as ties");
        assertThatThrownBy(() -> RewardDrift.of(new PairScores("test", List.of()), QUICK))
                .hasMessageContaining("it holds no pairs");
    }

    @Test
    void a_mean_of_few_outliers_has_no_interval_and_no_outlier_has_wilsons() {
        for (int far : new int[] {1, 4, 5}) {
            double[] chosen = new double[60];
            Arrays.setAll(chosen, i -> i < far ? 50 + i : 1 + i / 60.0);
            RewardDrift drift = RewardDrift.of(scores(chosen, new double[60]), new Bootstrap(400, 0.95, 3));
            assertThat(drift.positive().count().value()).isEqualTo(far);
            assertThat(drift.positive().mean().value()).isEqualTo(50 + (far - 1) / 2.0);
            assertThat(drift.positive().mean().hasInterval()).isEqualTo(far == 5);
            assertThat(drift.positive().count().hasInterval()).isTrue();
        }
        double[] even = new double[60];
        Arrays.setAll(even, i -> 1 + i / 60.0);
        Outliers none = RewardDrift.of(scores(even, new double[60]), QUICK).positive();
        assertThat(none.share()).isEqualTo(WilsonInterval.of(0, 60, 0.95));
        assertThat(none.count()).isEqualTo(new Estimate(0, 0, 60 * none.share().high()));
        assertThat(none.count().high()).isCloseTo(3.6, within(0.1));
        assertThat(RewardDrift.of(scores(even, new double[60]), QUICK)
                        .negative()
                        .count()
                        .hasInterval())
                .as("of no wrong pairs, none can be outliers")
                .isFalse();
    }

    @Test
    void pooled_sources_are_their_pairs_together_and_each_keeps_its_share_of_a_resample() {
        PairScores flat = scores(new double[] {1, 1, 1}, new double[] {0, 0, 0});
        PairScores steep = scores(new double[] {5}, new double[] {0});
        RewardDrift pooled = RewardDrift.pooled("both", List.of(flat, steep), QUICK);
        assertThat(pooled.n()).isEqualTo(4);
        // Resampled together, the steep pair would be missing from every third sample.
        assertThat(pooled.differenceMean()).isEqualTo(new Estimate(2, 2, 2));
    }

    @Test
    void the_density_integrates_to_one_and_the_histogram_counts_everything() {
        double[] d = simulated(500, 8).differences();
        DifferenceDensity density = DifferenceDensity.of(d, -60, 60, 2401, 0.95);
        double area = density.points().stream()
                .mapToDouble(point -> point.density().value() * 0.05)
                .sum();
        assertThat(area).isCloseTo(1, within(1e-6));
        assertThat(density.points()).allMatch(point -> point.density().low() >= 0);
        DifferenceHistogram histogram =
                DifferenceHistogram.of(d, DifferenceHistogram.Edges.spanning(List.of(d, new double[] {-99, 99})), 0.95);
        assertThat(histogram.bins().stream()
                        .mapToInt(DifferenceHistogram.Bin::count)
                        .sum())
                .isEqualTo(500);
        assertThat(histogram.bins().stream()
                        .mapToDouble(bin -> bin.density() * (bin.high() - bin.low()))
                        .sum())
                .isCloseTo(1, CLOSE);
    }

    @Test
    void what_cannot_be_drawn_is_refused() {
        double[] same = {2, 2};
        assertThatThrownBy(() -> DifferenceDensity.of(same, 0, 1, 9, 0.95))
                .hasMessageContaining("two different values");
        assertThatThrownBy(() -> BoxStatistics.of(new double[0])).hasMessageContaining("needs a value");
        DifferenceHistogram.Edges around = DifferenceHistogram.Edges.spanning(List.of(same));
        assertThat(DifferenceHistogram.of(same, around, 0.95).bins()).hasSize(1);
        assertThatThrownBy(() -> DifferenceHistogram.of(new double[] {7}, around, 0.95))
                .hasMessageContaining("7.0 lies outside");
    }
}
