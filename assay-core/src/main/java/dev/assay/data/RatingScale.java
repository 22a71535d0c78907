package dev.assay.data;

/**
 * The scale of an absolute rating; both ends are finite and low &lt; high.
 *
 * @param low the worst value
 * @param high the best value
 */
public record RatingScale(double low, double high) {
    public RatingScale {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
            throw new IllegalArgumentException("scale [" + low + ", " + high + "] needs finite ends with low < high");
        }
    }

    /** The value mapped linearly to [0, 1]. */
    public double normalize(double value) {
        return (value - low) / (high - low);
    }

    /** The inverse of {@link #normalize}. */
    public double denormalize(double unit) {
        return low + unit * (high - low);
    }
}
