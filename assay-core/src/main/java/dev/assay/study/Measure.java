package dev.assay.study;

import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.drift.DriftStatistic;
import dev.assay.evaluation.drift.RewardDrift;
import dev.assay.math.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A column of a study's table.
 *
 * @param key the name in JSON
 * @param title the heading
 * @param unit how it is shown
 * @param of the number of a model with one seed, with its interval over pairs
 * @param between the difference of two models with one seed, by the paired bootstrap over pairs
 */
record Measure(
        String key,
        String title,
        Unit unit,
        Function<SeedResult, Estimate> of,
        Function<SeedComparison, ModelComparison.Difference> between)
        implements Quantity {
    private static final ModelComparison.Difference NOT_DEFINED =
            new ModelComparison.Difference(Estimate.withoutInterval(Double.NaN), Double.NaN);

    static final Measure AVERAGE = average("accuracy", "Avg", Unit.PERCENT, Metric.ACCURACY);
    static final Measure WEIGHTED_AVERAGE = new Measure(
            "weightedAccuracy",
            "W.Avg",
            Unit.PERCENT,
            result -> result.result().weightedAverage().get(Metric.ACCURACY),
            pair -> pair.all().weightedAverage().get(Metric.ACCURACY));
    static final Measure LEARNT_ACCURACY = learnt("learntAccuracy", "accuracy, learnt", Unit.PERCENT, Metric.ACCURACY);
    static final Measure ECE = average("ece", "ECE", Unit.PLAIN, Metric.ECE);
    static final Measure LEARNT_ECE = learnt("learntEce", "ECE, learnt", Unit.PLAIN, Metric.ECE);
    static final Measure POOLED_ECE = pooled("pooledEce", "ECE pooled", Metric.ECE);
    static final Measure TRUE_ECE = average("trueEce", "true ECE", Unit.PLAIN, Metric.TRUE_ECE);
    static final Measure LEARNT_TRUE_ECE = learnt("learntTrueEce", "true ECE, learnt", Unit.PLAIN, Metric.TRUE_ECE);
    static final Measure POOLED_TRUE_ECE = pooled("pooledTrueEce", "true ECE pooled", Metric.TRUE_ECE);
    static final Measure PROBABILITY_ERROR =
            average("probabilityError", "|p - truth|", Unit.PLAIN, Metric.PROBABILITY_ERROR);
    static final Measure BRIER = average("brier", "Brier", Unit.PLAIN, Metric.BRIER);
    static final Measure NLL = average("nll", "NLL", Unit.PLAIN, Metric.NLL);
    static final Measure ABSOLUTE_DIFFERENCE = drift(
            "absoluteDifference",
            "mean |d|",
            Unit.PLAIN,
            RewardDrift::absoluteDifference,
            DriftStatistic.ABSOLUTE_DIFFERENCE);
    static final Measure REWARD_MEAN =
            drift("rewardMean", "mean reward", Unit.PLAIN, RewardDrift::rewardMean, DriftStatistic.REWARD_MEAN);
    static final Measure REWARD_VARIANCE = drift(
            "rewardVariance",
            "variance of rewards",
            Unit.PLAIN,
            RewardDrift::rewardVariance,
            DriftStatistic.REWARD_VARIANCE);
    static final Measure DIFFERENCE_MEAN =
            drift("differenceMean", "mean d", Unit.PLAIN, RewardDrift::differenceMean, DriftStatistic.DIFFERENCE_MEAN);
    static final Measure DIFFERENCE_VARIANCE = drift(
            "differenceVariance",
            "variance of d",
            Unit.PLAIN,
            RewardDrift::differenceVariance,
            DriftStatistic.DIFFERENCE_VARIANCE);
    static final Measure OVERCONFIDENCE = drift(
            "overconfidence", "overconfidence", Unit.PLAIN, RewardDrift::overconfidence, DriftStatistic.OVERCONFIDENCE);
    static final Measure POSITIVE_COUNT = drift(
            "positiveOutliers",
            "positive outliers",
            Unit.COUNT,
            drift -> drift.positive().count(),
            DriftStatistic.POSITIVE_COUNT);
    static final Measure POSITIVE_SHARE = drift(
            "positiveOutlierShare",
            "positive, % of right",
            Unit.PERCENT,
            drift -> drift.positive().share(),
            DriftStatistic.POSITIVE_SHARE);
    static final Measure POSITIVE_MEAN = drift(
            "positiveOutlierMean",
            "positive, mean d",
            Unit.PLAIN,
            drift -> drift.positive().mean(),
            DriftStatistic.POSITIVE_MEAN);
    static final Measure NEGATIVE_COUNT = drift(
            "negativeOutliers",
            "negative outliers",
            Unit.COUNT,
            drift -> drift.negative().count(),
            DriftStatistic.NEGATIVE_COUNT);
    static final Measure NEGATIVE_SHARE = drift(
            "negativeOutlierShare",
            "negative, % of wrong",
            Unit.PERCENT,
            drift -> drift.negative().share(),
            DriftStatistic.NEGATIVE_SHARE);
    static final Measure NEGATIVE_MEAN = drift(
            "negativeOutlierMean",
            "negative, mean d",
            Unit.PLAIN,
            drift -> drift.negative().mean(),
            DriftStatistic.NEGATIVE_MEAN);

    /** How a number is shown. */
    enum Unit {
        /** A share, times 100, with one digit behind the point. */
        PERCENT(100, "%.1f"),
        /** Three digits behind the point. */
        PLAIN(1, "%.3f"),
        /** A number of things; a mean over seeds may be broken. */
        COUNT(1, "%.1f");

        private final double scale;
        private final String pattern;

        Unit(double scale, String pattern) {
            this.scale = scale;
            this.pattern = pattern;
        }

        private String text(double value) {
            return String.format(Locale.ROOT, pattern, scale * value);
        }

        private String signed(double value) {
            return String.format(Locale.ROOT, pattern.replace("%", "%+"), scale * value);
        }

        /**
         * {@code 62.4 ±1.3} for an interval over seeds, which is symmetric; otherwise {@code 62.4 [61.0, 63.5]}, with a dash
         * in the place of an interval that too few pairs gave. A single seed gave none.
         */
        String text(Estimate estimate, boolean overSeeds) {
            if (!Double.isFinite(estimate.value())) {
                return "";
            }
            if (!Double.isFinite(estimate.low())) {
                return text(estimate.value()) + (overSeeds ? "" : " –");
            }
            return overSeeds
                    ? text(estimate.value()) + " ±" + text((estimate.high() - estimate.low()) / 2)
                    : text(estimate.value()) + " [" + text(estimate.low()) + ", " + text(estimate.high()) + "]";
        }

        /** A difference with its sign and interval; percent become points. */
        String difference(Estimate estimate) {
            return !Double.isFinite(estimate.low())
                    ? signed(estimate.value())
                    : signed(estimate.value()) + " [" + signed(estimate.low()) + ", " + signed(estimate.high()) + "]";
        }
    }

    private static Measure average(String key, String title, Unit unit, Metric metric) {
        return new Measure(
                key,
                title,
                unit,
                result -> result.average(metric),
                pair -> pair.all().average().get(metric));
    }

    private static Measure learnt(String key, String title, Unit unit, Metric metric) {
        return new Measure(
                key,
                title,
                unit,
                result -> result.learntAverage(metric),
                pair -> pair.learnt().map(own -> own.average().get(metric)).orElse(NOT_DEFINED));
    }

    /** Those that a recalibration moves: it leaves who is favoured, and so accuracy, as it is. */
    static List<Measure> movedByRecalibration(List<Measure> measures) {
        List<Measure> accuracies = List.of(AVERAGE, WEIGHTED_AVERAGE, LEARNT_ACCURACY);
        return measures.stream().filter(each -> !accuracies.contains(each)).toList();
    }

    private static Measure pooled(String key, String title, Metric metric) {
        return new Measure(
                key,
                title,
                Unit.PLAIN,
                result -> result.result().pooled().get(metric),
                pair -> pair.pooled().get(metric));
    }

    private static Measure drift(
            String key, String title, Unit unit, Function<RewardDrift, Estimate> of, DriftStatistic statistic) {
        return new Measure(
                key,
                title,
                unit,
                result -> of.apply(result.drift()),
                pair -> pair.drift().get(statistic));
    }

    /** Accuracy on one test source. */
    static Measure accuracyOn(String source, int index) {
        return new Measure(
                source,
                source,
                Unit.PERCENT,
                result -> result.result().sources().get(index).get(Metric.ACCURACY),
                pair -> pair.all().sources().get(index).differences().get(Metric.ACCURACY));
    }
}
