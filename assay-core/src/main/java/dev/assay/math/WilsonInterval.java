package dev.assay.math;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The score interval of a proportion: with z the normal quantile of the level, p = k / n,
 * {@code (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)} (Wilson 1927, equation for the two roots). Unlike
 * the textbook interval it stays inside [0, 1] and does not collapse when k is 0 or n.
 */
public final class WilsonInterval {
    private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution();

    private WilsonInterval() {}

    /**
     * The proportion of successes with its interval.
     *
     * @param successes in [0, n]; may be fractional when outcomes are shared
     * @param n the number of trials, at least 1
     * @param level the confidence level in (0, 1), such as 0.95
     */
    public static Estimate of(double successes, long n, double level) {
        if (n < 1 || !(successes >= 0 && successes <= n) || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "need n >= 1, successes in [0, n] and level in (0, 1): " + successes + ", " + n + ", " + level);
        }
        return ofSize(successes / n, n, level);
    }

    /**
     * The mean of outcomes in [0, 1] that come in clusters, such as the pairs of one prompt, which are not taken for independent:
     * Wilson's interval with the size that independent outcomes would need for the same variance, {@code n_e = p(1-p) / v}, v being
     * the sandwich over clusters; n at most, and as many as clusters where p is 0 or 1 and v says nothing.
     *
     * @param outcomes of each row, in [0, 1]
     */
    public static Estimate of(double[] outcomes, Clusters clusters, double level) {
        double share = Arrays.stream(outcomes).average().orElseThrow();
        double plain = share * (1 - share);
        double variance = clusters.varianceOfMean(outcomes);
        double size = plain > 0 ? Math.min(outcomes.length, plain / variance) : clusters.count();
        return ofSize(share, size, level);
    }

    private static Estimate ofSize(double share, double n, double level) {
        double z = STANDARD_NORMAL.inverseCumulativeProbability(0.5 + level / 2);
        double shrink = 1 + z * z / n;
        double centre = (share + z * z / (2 * n)) / shrink;
        double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n)) / shrink;
        // Rounding may push an end past the proportion itself at k = 0 and k = n.
        return new Estimate(share, Math.clamp(centre - half, 0, share), Math.clamp(centre + half, share, 1));
    }
}
