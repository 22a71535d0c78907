package dev.assay.evaluation.calibration;

import java.util.OptionalDouble;

/**
 * {@code h(|d|) = A |d| + B} with A, B &gt;= 0: Platt's sigmoid (1999) on the confidence, the probability that the model is right
 * given how far it pulls the responses apart. B &gt; 0 says that even a small difference is right more often than a coin. Both
 * signs are held: a negative B would turn the model's preference round for small differences, a negative A for large ones.
 *
 * @param slope A, at least 0, finite
 * @param offset B, at least 0, finite, in log-odds
 */
public record Platt(double slope, double offset) implements Recalibration {
    public Platt {
        if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY && offset >= 0 && offset < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("slope and offset must be finite and >= 0: " + slope + ", " + offset);
        }
    }

    @Override
    public String kind() {
        return "platt";
    }

    @Override
    public double logOdds(double gap) {
        return Math.max(slope * gap + offset, TRACE);
    }

    /**
     * A where B is 0 and A is not; otherwise none: sign(d) B is no difference of two rewards, and rewards times 0 would make a
     * tie of every pair.
     */
    @Override
    public OptionalDouble rewardFactor() {
        return offset == 0 && slope > 0 ? OptionalDouble.of(slope) : OptionalDouble.empty();
    }
}
