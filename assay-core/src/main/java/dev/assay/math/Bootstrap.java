package dev.assay.math;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The percentile bootstrap (Efron 1979): the statistic is computed on samples drawn with replacement, and the interval
 * is read from the quantiles of the results. A sample is given as one count a row, so a statistic that is a sum over rows
 * needs no copy of the data; two models measured with the same counts are compared in pairs.
 *
 * <p>A statistic that cannot be negative, such as a calibration error of bins, grows under resampling: every sample adds
 * its own noise to the gaps, so that the percentile interval lies too high and may leave out the very number it belongs
 * to. Its replicates are first shifted by that bias, which the bootstrap itself estimates ({@link #centred}).
 *
 * @param resamples the number of samples, at least 1; 1000 gives two digits of a 95 % interval
 * @param level the confidence level in (0, 1)
 * @param seed equal seeds give equal samples
 */
public record Bootstrap(int resamples, double level, long seed) {
    /** The largest share of undefined replicates that an interval may rest on. */
    public static final double MOST_UNDEFINED = 0.1;

    public Bootstrap {
        if (resamples < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "need at least one resample and a level in (0, 1): " + resamples + ", " + level);
        }
    }

    /**
     * Statistics of every sample.
     *
     * @param rows the number of rows, at least 1
     * @param statistics from the count of each row to M statistics; must not keep the array
     * @return {@code [resamples][M]}
     */
    public double[][] replicates(int rows, Function<int[], double[]> statistics) {
        return stratified(new int[] {rows}, statistics);
    }

    /**
     * The same where rows come from strata of fixed size, such as the sources of a pooled statistic: each stratum is
     * resampled by itself, so that none grows at another's expense.
     *
     * @param sizes rows of each stratum, each at least 1; rows are numbered through, stratum after stratum
     * @param statistics from the count of each row to M statistics; must not keep the array
     * @return {@code [resamples][M]}
     */
    public double[][] stratified(int[] sizes, Function<int[], double[]> statistics) {
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("nothing to resample: " + size + " rows");
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[Arrays.stream(sizes).sum()];
        double[][] replicates = new double[resamples][];
        for (int sample = 0; sample < resamples; sample++) {
            Arrays.fill(counts, 0);
            int first = 0;
            for (int size : sizes) {
                for (int draw = 0; draw < size; draw++) {
                    counts[first + random.nextInt(size)]++;
                }
                first += size;
            }
            replicates[sample] = statistics.apply(counts);
        }
        return replicates;
    }

    /**
     * Replicates shifted by the bootstrap's estimate of the statistic's bias, mean of the replicates - {@code value} (Efron
     * and Tibshirani 1993, equation 10.3), so that their mean is the point estimate. NaN replicates stay NaN.
     */
    public static double[] centred(double value, double[] replicates) {
        double mean =
                Arrays.stream(replicates).filter(Double::isFinite).average().orElse(value);
        return Arrays.stream(replicates)
                .map(replicate -> replicate - (mean - value))
                .toArray();
    }

    /**
     * The point estimate with the percentile interval of one statistic's replicates, widened to the estimate itself where
     * skewed replicates leave it out. Replicates that are not defined are left out; where they are more than {@link
     * #MOST_UNDEFINED} of all there is no interval, since the rest are the samples in which the statistic happened to exist.
     */
    public Estimate estimate(double value, double[] replicates) {
        double[] finite =
                Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
        if (finite.length == 0 || replicates.length - finite.length > MOST_UNDEFINED * replicates.length) {
            return Estimate.withoutInterval(value);
        }
        double tail = (1 - level) / 2;
        return new Estimate(
                value,
                Math.min(value, Quantiles.ofSorted(finite, tail)),
                Math.max(value, Quantiles.ofSorted(finite, 1 - tail)));
    }

    /**
     * Two-sided p-value of "the difference is zero" from replicates of the difference: twice the smaller tail, with one
     * added to both counts so that it is never 0 (Davison and Hinkley 1997, equation 4.11).
     */
    public static double pValue(double[] differences) {
        long notAbove = Arrays.stream(differences).filter(d -> d <= 0).count();
        long notBelow = Arrays.stream(differences).filter(d -> d >= 0).count();
        return Math.min(1, 2.0 * (Math.min(notAbove, notBelow) + 1) / (differences.length + 1));
    }

    /** A bootstrap with another stream of samples: one for each stratum of a stratified bootstrap. */
    public Bootstrap stream(int index) {
        // The golden ratio keeps streams of neighbouring indices apart, as SplittableRandom itself does.
        return new Bootstrap(resamples, level, seed + index * 0x9E3779B97F4A7C15L);
    }
}
