package dev.assay.method.armorm;

import java.util.Arrays;

/**
 * What differences in reward say of pairs.
 *
 * @param loss mean of {@code -log sigmoid(difference)}
 * @param right of each pair: 1 where its difference is positive, for zero one half
 */
record PairOutcome(double loss, double[] right) {
    static PairOutcome of(double[] differences) {
        double loss = 0;
        double[] right = new double[differences.length];
        for (int n = 0; n < right.length; n++) {
            double difference = differences[n];
            loss += Math.max(-difference, 0) + Math.log1p(Math.exp(-Math.abs(difference)));
            right[n] = difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        }
        return new PairOutcome(loss / right.length, right);
    }

    /** Share of positive differences, of zero ones half. */
    double accuracy() {
        return Arrays.stream(right).average().orElseThrow();
    }
}
