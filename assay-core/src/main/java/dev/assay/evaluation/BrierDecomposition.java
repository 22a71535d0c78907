package dev.assay.evaluation;

/**
 * Where a Brier score comes from (Murphy 1973, over confidence bins): {@code brier = reliability - resolution +
 * uncertainty + withinBins}.
 *
 * @param reliability mean squared gap between confidence and accuracy of a bin: miscalibration; smaller is better
 * @param resolution variance of the bins' accuracies: how well confidence tells hard pairs from easy ones; larger is
 *     better
 * @param uncertainty a(1 - a) with a the overall accuracy
 * @param withinBins variance of the confidences minus twice their covariance with the outcomes, within bins (Stephenson
 *     et al. 2008); vanishes as bins narrow
 */
public record BrierDecomposition(double reliability, double resolution, double uncertainty, double withinBins) {
    /** The sum that gives the Brier score back. */
    public double brier() {
        return reliability - resolution + uncertainty + withinBins;
    }
}
