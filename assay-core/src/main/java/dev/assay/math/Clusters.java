package dev.assay.math;

import java.util.HashMap;
import java.util.Map;

/**
 * Rows that belong together, such as the pairs of one prompt: what one says of a model, the others say too, so that there is less
 * evidence than rows. Clusters are numbered from 0 in the order they first come.
 */
public final class Clusters {
    private final int[] of;
    private final int count;

    /** @param labels equal for rows of one cluster */
    public Clusters(int[] labels) {
        Map<Integer, Integer> numbers = new HashMap<>();
        of = new int[labels.length];
        for (int row = 0; row < labels.length; row++) {
            int next = numbers.size();
            of[row] = numbers.computeIfAbsent(labels[row], first -> next);
        }
        count = numbers.size();
    }

    /** How many clusters. */
    public int count() {
        return count;
    }

    /** The sum of each cluster's values, of which there is one a row. */
    public double[] sums(double[] values) {
        if (values.length != of.length) {
            throw new IllegalArgumentException(values.length + " values of " + of.length + " rows");
        }
        double[] sums = new double[count];
        for (int row = 0; row < of.length; row++) {
            sums[of[row]] += values[row];
        }
        return sums;
    }

    /** The rows of each cluster. */
    public double[] sizes() {
        double[] sizes = new double[count];
        for (int cluster : of) {
            sizes[cluster]++;
        }
        return sizes;
    }

    /** The sandwich estimate of the variance of the mean over rows: {@code sum_c (sum_{n in c} (x_n - mean))^2 / n^2}. */
    public double varianceOfMean(double[] values) {
        double[] sums = sums(values);
        double[] sizes = sizes();
        double mean = 0;
        for (double sum : sums) {
            mean += sum / of.length;
        }
        double variance = 0;
        for (int c = 0; c < count; c++) {
            double off = (sums[c] - sizes[c] * mean) / of.length;
            variance += off * off;
        }
        return variance;
    }

    /** The root of {@link #varianceOfMean}, C / (C - 1) times larger for C clusters, as Student's interval asks for; at least two. */
    public double standardErrorOfMean(double[] values) {
        return Math.sqrt(varianceOfMean(values) * count / (count - 1));
    }
}
