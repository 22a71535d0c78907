package dev.assay.study;

import dev.assay.evaluation.Metric;
import dev.assay.math.Estimate;
import java.util.Locale;
import java.util.function.Function;

/**
 * A column of a study's table.
 *
 * @param key the name in JSON
 * @param title the heading
 * @param unit how it is shown
 * @param of the number of a model with one seed, with its interval over pairs
 */
record Measure(String key, String title, Unit unit, Function<SeedResult, Estimate> of) {
    static final Measure AVERAGE = percent("accuracy", "Avg", result -> result.average(Metric.ACCURACY));
    static final Measure WEIGHTED_AVERAGE = percent(
            "weightedAccuracy",
            "W.Avg",
            result -> result.result().weightedAverage().get(Metric.ACCURACY));
    static final Measure LEARNT_ACCURACY = percent(
            "learntAccuracy",
            "accuracy, learnt",
            result -> result.learnt().average().get(Metric.ACCURACY));
    static final Measure ECE = plain("ece", "ECE", result -> result.average(Metric.ECE));
    static final Measure LEARNT_ECE = plain(
            "learntEce", "ECE, learnt", result -> result.learnt().average().get(Metric.ECE));
    static final Measure POOLED_ECE =
            plain("pooledEce", "ECE pooled", result -> result.result().pooled().get(Metric.ECE));
    static final Measure TRUE_ECE = plain("trueEce", "true ECE", result -> result.average(Metric.TRUE_ECE));
    static final Measure LEARNT_TRUE_ECE = plain(
            "learntTrueEce",
            "true ECE, learnt",
            result -> result.learnt().average().get(Metric.TRUE_ECE));
    static final Measure POOLED_TRUE_ECE = plain(
            "pooledTrueEce",
            "true ECE pooled",
            result -> result.result().pooled().get(Metric.TRUE_ECE));
    static final Measure PROBABILITY_ERROR =
            plain("probabilityError", "|p - truth|", result -> result.average(Metric.PROBABILITY_ERROR));
    static final Measure BRIER = plain("brier", "Brier", result -> result.average(Metric.BRIER));
    static final Measure NLL = plain("nll", "NLL", result -> result.average(Metric.NLL));
    static final Measure ABSOLUTE_DIFFERENCE =
            plain("absoluteDifference", "mean |d|", result -> result.drift().absoluteDifference());
    static final Measure REWARD_MEAN =
            plain("rewardMean", "mean reward", result -> result.drift().rewardMean());
    static final Measure REWARD_VARIANCE =
            plain("rewardVariance", "variance", result -> result.drift().rewardVariance());
    static final Measure DIFFERENCE_MEAN =
            plain("differenceMean", "mean d", result -> result.drift().differenceMean());
    static final Measure DIFFERENCE_VARIANCE = plain(
            "differenceVariance", "variance of d", result -> result.drift().differenceVariance());
    static final Measure OVERCONFIDENCE =
            plain("overconfidence", "overconfidence", result -> result.drift().overconfidence());
    static final Measure POSITIVE_COUNT = new Measure(
            "positiveOutliers",
            "positive outliers",
            Unit.COUNT,
            result -> result.drift().positive().count());
    static final Measure POSITIVE_SHARE = percent(
            "positiveOutlierShare",
            "% of right",
            result -> result.drift().positive().share());
    static final Measure POSITIVE_MEAN = plain(
            "positiveOutlierMean",
            "their mean d",
            result -> result.drift().positive().mean());
    static final Measure NEGATIVE_COUNT = new Measure(
            "negativeOutliers",
            "negative outliers",
            Unit.COUNT,
            result -> result.drift().negative().count());
    static final Measure NEGATIVE_SHARE = percent(
            "negativeOutlierShare",
            "% of wrong",
            result -> result.drift().negative().share());
    static final Measure NEGATIVE_MEAN = plain(
            "negativeOutlierMean",
            "their mean d",
            result -> result.drift().negative().mean());

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
         * in the place of an interval that too few pairs gave.
         */
        String text(Estimate estimate, boolean overSeeds) {
            if (!Double.isFinite(estimate.value())) {
                return "";
            }
            if (!Double.isFinite(estimate.low())) {
                return text(estimate.value()) + (overSeeds ? " (1 seed)" : " –");
            }
            return overSeeds
                    ? text(estimate.value()) + " ±" + text((estimate.high() - estimate.low()) / 2)
                    : text(estimate.value()) + " [" + text(estimate.low()) + ", " + text(estimate.high()) + "]";
        }

        /** A difference with its sign and interval; percent become points. */
        String difference(Estimate estimate) {
            return signed(estimate.value()) + " [" + signed(estimate.low()) + ", " + signed(estimate.high()) + "]";
        }
    }

    private static Measure percent(String key, String title, Function<SeedResult, Estimate> of) {
        return new Measure(key, title, Unit.PERCENT, of);
    }

    private static Measure plain(String key, String title, Function<SeedResult, Estimate> of) {
        return new Measure(key, title, Unit.PLAIN, of);
    }

    /** Accuracy on one test source. */
    static Measure accuracyOn(String source, int index) {
        return percent(
                source, source, result -> result.result().sources().get(index).get(Metric.ACCURACY));
    }
}
