package dev.assay.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftComparisonTest {
    private static final Bootstrap QUICK = new Bootstrap(200, 0.95, 3);

    /** The same pairs each time, at another scale and place. */
    private static List<PairScores> model(double scale, double shift) {
        return List.of(source("a", 150, scale, shift), source("b", 90, scale, shift));
    }

    private static PairScores source(String name, int n, double scale, double shift) {
        Random random = new Random(name.hashCode());
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double chosen = scale * (random.nextGaussian() + 0.5) + shift;
            double rejected = scale * random.nextGaussian() + shift;
            pairs.add(new PairScore(chosen, rejected, Strength.HARD, Origin.of(name, "simulated", i + 1L)));
        }
        return new PairScores(name, pairs);
    }

    @Test
    void every_statistic_is_the_difference_of_two_drifts() {
        RewardDrift one = RewardDrift.pooled("one", model(1, 0), QUICK);
        RewardDrift two = RewardDrift.pooled("two", model(2, 1), QUICK);
        DriftComparison comparison = DriftComparison.of(model(1, 0), model(2, 1), QUICK);
        minus(comparison, DriftStatistic.REWARD_MEAN, two.rewardMean(), one.rewardMean());
        minus(comparison, DriftStatistic.REWARD_VARIANCE, two.rewardVariance(), one.rewardVariance());
        minus(comparison, DriftStatistic.DIFFERENCE_MEAN, two.differenceMean(), one.differenceMean());
        minus(comparison, DriftStatistic.DIFFERENCE_VARIANCE, two.differenceVariance(), one.differenceVariance());
        minus(comparison, DriftStatistic.ABSOLUTE_DIFFERENCE, two.absoluteDifference(), one.absoluteDifference());
        minus(comparison, DriftStatistic.OVERCONFIDENCE, two.overconfidence(), one.overconfidence());
        minus(
                comparison,
                DriftStatistic.POSITIVE_COUNT,
                two.positive().count(),
                one.positive().count());
        minus(
                comparison,
                DriftStatistic.POSITIVE_SHARE,
                two.positive().share(),
                one.positive().share());
        minus(
                comparison,
                DriftStatistic.POSITIVE_MEAN,
                two.positive().mean(),
                one.positive().mean());
        minus(
                comparison,
                DriftStatistic.NEGATIVE_COUNT,
                two.negative().count(),
                one.negative().count());
        minus(
                comparison,
                DriftStatistic.NEGATIVE_SHARE,
                two.negative().share(),
                one.negative().share());
        assertThat(comparison.get(DriftStatistic.ABSOLUTE_DIFFERENCE).pValue()).isLessThan(0.02);
        assertThat(comparison.get(DriftStatistic.ABSOLUTE_DIFFERENCE).estimate().low())
                .isPositive();
    }

    /** One pair in forty is wrong: more than a third of the resamples have none, and no share of outliers among them. */
    @Test
    void what_many_resamples_do_not_have_is_told_without_interval_and_test() {
        DriftComparison comparison = DriftComparison.of(mostlyRight(1), mostlyRight(2), QUICK);
        Difference share = comparison.get(DriftStatistic.NEGATIVE_SHARE);
        assertThat(share.estimate().value()).isZero();
        assertThat(share.estimate().hasInterval()).isFalse();
        assertThat(share.pValue()).isNaN();
        assertThat(comparison.get(DriftStatistic.ABSOLUTE_DIFFERENCE).estimate().hasInterval())
                .isTrue();
    }

    private static List<PairScores> mostlyRight(double scale) {
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pairs.add(new PairScore(i == 0 ? -1 : scale, 0, Strength.HARD, Origin.of("a", "by hand", i + 1L)));
        }
        return List.of(new PairScores("a", pairs));
    }

    private static void minus(DriftComparison comparison, DriftStatistic statistic, Estimate two, Estimate one) {
        Estimate difference = comparison.get(statistic).estimate();
        assertThat(difference.value()).isCloseTo(two.value() - one.value(), within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(
                        difference.hasInterval()
                                ? difference.covers(difference.value())
                                : !(one.hasInterval() && two.hasInterval()))
                .isTrue();
    }

    /** Resampled apart, the difference would have the spread of the rewards. */
    @Test
    void both_models_have_the_same_resamples() {
        Difference shift = DriftComparison.of(model(1, 0), model(1, 3), QUICK).get(DriftStatistic.REWARD_MEAN);
        assertThat(shift.estimate().low()).isCloseTo(3, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(shift.estimate().high()).isCloseTo(3, within(Tolerances.DOUBLE_ALGEBRA));
        DriftComparison itself = DriftComparison.of(model(1, 0), model(1, 0), QUICK);
        assertThat(itself.get(DriftStatistic.OVERCONFIDENCE)).isEqualTo(new Difference(new Estimate(0, 0, 0), 1));
    }
}
