package dev.assay.math;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * McNemar's test (1947) of two models on the same rows: only rows which one gets right and the other wrong count; under
 * the null hypothesis each of them falls either way with probability one half.
 *
 * @param onlyFirst rows that only the first model gets right
 * @param onlySecond rows that only the second model gets right
 * @param exactP the exact two-sided p-value, {@code min(1, 2 P(X <= min))}; conservative
 * @param midP the mid-p value, {@code exactP - P(X = min)}: closer to the nominal level (Fagerland et al. 2013)
 */
public record McNemarTest(int onlyFirst, int onlySecond, double exactP, double midP) {
    /** The test for the given numbers of discordant rows; without any, both p-values are 1. */
    public static McNemarTest of(int onlyFirst, int onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("counts must not be negative: " + onlyFirst + ", " + onlySecond);
        }
        int discordant = onlyFirst + onlySecond;
        if (discordant == 0) {
            return new McNemarTest(0, 0, 1, 1);
        }
        BinomialDistribution fair = new BinomialDistribution(discordant, 0.5);
        int fewer = Math.min(onlyFirst, onlySecond);
        double twoTails = 2 * fair.cumulativeProbability(fewer);
        double midP = twoTails - fair.probability(fewer);
        return new McNemarTest(onlyFirst, onlySecond, Math.min(1, twoTails), Math.min(1, midP));
    }
}
