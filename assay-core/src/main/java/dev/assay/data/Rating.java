package dev.assay.data;

import java.util.Objects;

/**
 * One absolute rating.
 *
 * @param value the rating in the source's own unit, finite
 * @param scale the scale it was given on
 */
public record Rating(double value, RatingScale scale) {
    public Rating {
        Objects.requireNonNull(scale, "scale");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("rating " + value + " is not finite");
        }
    }
}
