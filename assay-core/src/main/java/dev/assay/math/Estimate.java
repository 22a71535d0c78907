package dev.assay.math;

/**
 * A number with the interval it comes with.
 *
 * @param value the point estimate; NaN where it is not defined
 * @param low the lower end of the interval; NaN where there is none
 * @param high the upper end of the interval; NaN where there is none
 */
public record Estimate(double value, double low, double high) {
    /** A number that too few data gave for an interval: both ends are NaN. */
    public static Estimate withoutInterval(double value) {
        return new Estimate(value, Double.NaN, Double.NaN);
    }

    /** Whether there is an interval. */
    public boolean hasInterval() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** The same with an interval that does not leave the range of values which the quantity can have. */
    public Estimate clipped(double least, double most) {
        return new Estimate(value, Math.max(low, least), Math.min(high, most));
    }

    /** Whether a hypothetical value lies inside the interval, ends included. */
    public boolean covers(double hypothesis) {
        return low <= hypothesis && hypothesis <= high;
    }
}
