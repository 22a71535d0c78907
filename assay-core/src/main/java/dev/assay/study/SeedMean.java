package dev.assay.study;

import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import java.util.Arrays;

/**
 * A number over the seeds of a study.
 *
 * @param estimate with several seeds their mean with Student's interval; with one, that seed's own interval over pairs
 * @param seeds with how many the number is defined, which are those the mean is over: a training without outliers, for
 *     one, has no mean outlier
 */
record SeedMean(Estimate estimate, int seeds) {
    /** The mean of the values that are defined; without interval for a single one, NaN for none. */
    static SeedMean of(double[] bySeed) {
        double[] defined = Arrays.stream(bySeed).filter(Double::isFinite).toArray();
        return new SeedMean(
                defined.length == 0
                        ? Estimate.withoutInterval(Double.NaN)
                        : StudentInterval.of(defined, Measured.LEVEL),
                defined.length);
    }

    /** Of a study with one seed. */
    static SeedMean ofOne(Estimate estimate) {
        return new SeedMean(estimate, Double.isFinite(estimate.value()) ? 1 : 0);
    }
}
