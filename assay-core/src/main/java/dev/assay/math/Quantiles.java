package dev.assay.math;

import java.util.Arrays;

/** Sample quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), NumPy's default. */
public final class Quantiles {
    private Quantiles() {}

    /** The quantile at {@code probability} in [0, 1] of at least one value, in any order; the array is left as it is. */
    public static double of(double[] values, double probability) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, probability);
    }

    /** The same for values that already ascend. */
    public static double ofSorted(double[] ascending, double probability) {
        if (ascending.length == 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "need a value and a probability in [0, 1]: " + ascending.length + " values, " + probability);
        }
        double position = probability * (ascending.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }
}
