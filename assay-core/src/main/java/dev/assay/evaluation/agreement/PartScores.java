package dev.assay.evaluation.agreement;

import dev.assay.math.Estimate;
import java.util.List;

/**
 * A model on one part of a test set.
 *
 * @param model the model
 * @param part the part
 * @param n the pairs in it; with none, all estimates are NaN
 * @param accuracy share of pairs with d = r(chosen) - r(rejected) &gt; 0, with Wilson's interval
 * @param differenceMean mean of d, with a bootstrap interval; none for a single pair
 * @param absoluteDifference mean of |d|, likewise
 * @param differences every d, in the order of the test set: MORE draws the first 50 (version 1, figure 3a)
 */
public record PartScores(
        String model,
        Part part,
        int n,
        Estimate accuracy,
        Estimate differenceMean,
        Estimate absoluteDifference,
        List<Double> differences) {
    public PartScores {
        differences = List.copyOf(differences);
    }
}
