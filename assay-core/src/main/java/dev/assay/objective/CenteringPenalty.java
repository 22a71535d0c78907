package dev.assay.objective;

import dev.assay.tokenization.PackedBatch;

/**
 * Keeps rewards near zero, which the ranking loss leaves free: {@code c * mean over groups of (sum of the group's rewards)^2}
 * (Eisenstein et al. 2023, arXiv 2312.09244, section 3: for a pair {@code c (r_chosen + r_rejected)^2}).
 *
 * @param coefficient c, at least 0; 0.01 is usual
 */
public record CenteringPenalty(double coefficient) {
    public CenteringPenalty {
        if (!(coefficient >= 0 && Double.isFinite(coefficient))) {
            throw new IllegalArgumentException("centering coefficient " + coefficient + " is not a number >= 0");
        }
    }

    /** Penalty of each group {@code [G]}; adds its derivatives by the rewards to {@code rewardGradient} {@code [N]}. */
    public double[] terms(double[] rewards, PackedBatch batch, double[] rewardGradient) {
        double[] sums = new double[batch.groups()];
        for (int n = 0; n < rewards.length; n++) {
            sums[batch.group()[n]] += rewards[n];
        }
        for (int n = 0; n < rewards.length; n++) {
            rewardGradient[n] += 2 * coefficient * sums[batch.group()[n]];
        }
        double[] penalties = new double[sums.length];
        for (int g = 0; g < sums.length; g++) {
            penalties[g] = coefficient * sums[g] * sums[g];
        }
        return penalties;
    }
}
