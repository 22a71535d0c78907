package dev.assay.evaluation;

/** How pairs are laid into the bins of a calibration error. */
public enum BinForm {
    /** Once, at the confidence max(p, 1 - p). */
    CONFIDENCE,
    /**
     * Twice, at p and at 1 - p, as the code published with MORE does. For an even number of bins it equals {@link
     * #CONFIDENCE}. With an odd number the two orders of a pair meet in the middle bin, whose gap is zero by symmetry: all pairs
     * there count as perfectly calibrated and the error comes out too small.
     */
    BOTH_ORDERS
}
