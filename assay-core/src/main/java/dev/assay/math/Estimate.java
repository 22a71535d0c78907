package dev.assay.math;

/**
 * A number with the interval it comes with.
 *
 * @param value the point estimate; NaN where it is not defined
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
public record Estimate(double value, double low, double high) {
    /** Whether a hypothetical value lies inside the interval, ends included. */
    public boolean covers(double hypothesis) {
        return low <= hypothesis && hypothesis <= high;
    }
}
