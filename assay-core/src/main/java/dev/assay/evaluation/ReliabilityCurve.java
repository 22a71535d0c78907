package dev.assay.evaluation;

import dev.assay.math.Estimate;
import java.util.List;

/** Mean confidence against accuracy, bin by bin: the reliability diagram. */
public record ReliabilityCurve(List<Bin> bins) {
    public ReliabilityCurve {
        bins = List.copyOf(bins);
    }

    /**
     * One filled bin of confidences.
     *
     * @param low the lower edge, included
     * @param high the upper edge, left out but for the last bin
     * @param n the number of pairs in it
     * @param confidence their mean confidence
     * @param accuracy their mean outcome with its Wilson interval; equal rewards count one half here
     */
    public record Bin(double low, double high, int n, double confidence, Estimate accuracy) {}
}
