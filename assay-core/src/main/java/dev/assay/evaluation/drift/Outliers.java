package dev.assay.evaluation.drift;

import dev.assay.math.Estimate;
import dev.assay.math.WilsonInterval;

/**
 * How many reward differences leave their box on the far side from zero, and how far they lie. Where there is none, resamples
 * have none either: count and share have Wilson's interval then.
 *
 * @param n the values of the box: pairs that are right, or pairs that are wrong
 * @param count the number of outliers; in a resample the box moves with the data
 * @param share count divided by n; NaN where n is 0
 * @param mean the mean outlier, in reward units; NaN where there is none, without interval where there are fewer than
 *     {@link #LEAST}
 */
public record Outliers(int n, Estimate count, Estimate share, Estimate mean) {
    /** Fewer outliers than this have a mean without interval: resamples of a handful of values hardly differ. */
    public static final int LEAST = 5;

    /** What a table of outliers says of its dashes, as a sentence. */
    public static final String NOTE = "The mean of fewer than " + LEAST + " outliers has no interval (a dash): so few"
            + " do not tell how far it may vary.";

    /**
     * From the bootstrap's estimates.
     *
     * @param level of the interval where there is no outlier, in (0, 1)
     */
    static Outliers of(int n, Estimate count, Estimate share, Estimate mean, double level) {
        if (count.value() == 0) {
            Estimate none = n == 0 ? Estimate.withoutInterval(Double.NaN) : WilsonInterval.of(0, n, level);
            return new Outliers(n, new Estimate(0, n * none.low(), n * none.high()), none, mean);
        }
        return new Outliers(n, count, share, count.value() < LEAST ? Estimate.withoutInterval(mean.value()) : mean);
    }
}
