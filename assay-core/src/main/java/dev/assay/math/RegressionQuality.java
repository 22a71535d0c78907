package dev.assay.math;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How well predictions match measured values, each figure with its interval. Rows of one cluster, such as the answers to one
 * prompt, are not taken for independent: the variance of the mean squared error and, by its influence function, of R2 is the
 * sandwich over clusters, with Student's quantile of one degree of freedom fewer than there are clusters; Spearman's interval
 * counts clusters in place of rows, which is on the safe side. Below {@value #FEWEST} clusters there is no interval: what so few say of
 * their own spread is worth no more.
 *
 * @param rows n
 * @param clusters distinct clusters
 * @param meanSquaredError mean of the squared errors, at least 0
 * @param rSquared {@code 1 - MSE / Var(actual)}: 1 is perfect, 0 no better than the mean, below that worse; NaN for constant values
 * @param spearman rank correlation; NaN when either side is constant
 */
public record RegressionQuality(
        int rows, int clusters, Estimate meanSquaredError, Estimate rSquared, Estimate spearman) {
    /** Clusters that an interval asks for. */
    public static final int FEWEST = 10;

    /**
     * @param predicted n predictions, at least 2
     * @param actual n measured values
     * @param clusters the cluster of each row
     * @param level of the intervals, in (0, 1)
     */
    public static RegressionQuality of(double[] predicted, double[] actual, int[] clusters, double level) {
        int n = actual.length;
        if (n < 2 || predicted.length != n || clusters.length != n) {
            throw new IllegalArgumentException("need at least 2 rows of one length: " + predicted.length
                    + " predictions, " + n + " values, " + clusters.length + " clusters");
        }
        double mean = mean(actual);
        double[] errors = new double[n];
        double[] spread = new double[n];
        for (int i = 0; i < n; i++) {
            errors[i] = square(predicted[i] - actual[i]);
            spread[i] = square(actual[i] - mean);
        }
        double mse = mean(errors);
        double variance = mean(spread);
        double ratio = mse / variance;
        double[] influence = new double[n];
        for (int i = 0; i < n; i++) {
            influence[i] = (errors[i] - ratio * spread[i]) / variance;
        }
        Clusters together = new Clusters(clusters);
        double rSquared = variance == 0 ? Double.NaN : 1 - ratio;
        double spearman = RankCorrelation.of(predicted, actual);
        if (together.count() < FEWEST) {
            return new RegressionQuality(
                    n,
                    together.count(),
                    Estimate.withoutInterval(mse),
                    Estimate.withoutInterval(rSquared),
                    Estimate.withoutInterval(spearman));
        }
        double quantile = new TDistribution(together.count() - 1.0).inverseCumulativeProbability(0.5 + level / 2);
        double mseHalf = quantile * together.standardErrorOfMean(errors);
        double ratioHalf = quantile * together.standardErrorOfMean(influence);
        return new RegressionQuality(
                n,
                together.count(),
                new Estimate(mse, Math.max(0, mse - mseHalf), mse + mseHalf),
                new Estimate(rSquared, rSquared - ratioHalf, Math.min(1, rSquared + ratioHalf)),
                RankCorrelation.interval(spearman, together.count(), level));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double square(double value) {
        return value * value;
    }
}
