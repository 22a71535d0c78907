package dev.assay.evaluation;

/**
 * What is measured on a source. With d = r(chosen) - r(rejected), p = sigmoid(d) (the Bradley-Terry model), confidence
 * c = max(p, 1 - p), and outcome y = the target probability that the response the model favours is the better one: 1 or
 * 0 for hard labels, 1/2 where d = 0 and the model favours none.
 */
public enum Metric {
    /** Share of pairs with d &gt; 0; equal rewards count as wrong. */
    ACCURACY("accuracy", true),
    /**
     * Expected calibration error: the mean of |mean c - mean y| over bins of c, weighted by their
     * number of pairs (Naeini et al. 2015; the confidence form of Guo et al. 2017, equation 3). Of equally wide
     * bins, half lie below 1/2 and stay empty; {@link Binning} has the other kind.
     */
    ECE("ece", false),
    /** Maximum calibration error: the largest |mean c - mean y| of a filled bin (Guo et al. 2017, equation 5). */
    MCE("mce", false),
    /** Adaptive calibration error: as ECE, over bins that hold equally many pairs (Nixon et al. 2019). */
    ACE("ace", false),
    /** Brier score: the mean of (1 - p)^2, for soft labels the expectation over the label. A coin has 1/4. */
    BRIER("brier", false),
    /** Negative log-likelihood in nats: the mean of -ln p, for soft labels the cross-entropy. A coin has ln 2. */
    NLL("nll", false),
    /** Mean of d. */
    DIFFERENCE_MEAN("rewardDifferenceMean", true),
    /** Standard deviation of d (divisor n - 1). */
    DIFFERENCE_DEVIATION("rewardDifferenceDeviation", true),
    /**
     * ECE with the true probabilities of simulated annotators in the place of y: calibration without the noise of
     * labels. NaN unless all true probabilities are known.
     */
    TRUE_ECE("trueEce", false),
    /** Mean of |p - true probability|, refinement included. NaN unless all true probabilities are known. */
    PROBABILITY_ERROR("probabilityError", false);

    private final String key;
    private final boolean higherIsBetter;

    Metric(String key, boolean higherIsBetter) {
        this.key = key;
        this.higherIsBetter = higherIsBetter;
    }

    /** The name in JSON and recipes. */
    public String key() {
        return key;
    }

    /** Whether it is a gap of bins: these are biased upwards in small samples, and more so in resamples of them. */
    boolean isBinned() {
        return this == ECE || this == MCE || this == ACE || this == TRUE_ECE;
    }

    /** Whether more is better; for the two that describe reward differences, a matter of taste. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
