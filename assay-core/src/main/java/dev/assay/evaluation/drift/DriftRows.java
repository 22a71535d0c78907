package dev.assay.evaluation.drift;

import dev.assay.evaluation.PairScore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The pairs as columns, so that the statistics of a resample are sums weighted by each row's count. */
final class DriftRows {
    static final int REWARD_MEAN = DriftStatistic.REWARD_MEAN.ordinal();
    static final int REWARD_VARIANCE = DriftStatistic.REWARD_VARIANCE.ordinal();
    static final int DIFFERENCE_MEAN = DriftStatistic.DIFFERENCE_MEAN.ordinal();
    static final int DIFFERENCE_VARIANCE = DriftStatistic.DIFFERENCE_VARIANCE.ordinal();
    static final int ABSOLUTE_DIFFERENCE = DriftStatistic.ABSOLUTE_DIFFERENCE.ordinal();
    static final int OVERCONFIDENCE = DriftStatistic.OVERCONFIDENCE.ordinal();
    /** Count, share, mean. */
    static final int POSITIVE = DriftStatistic.POSITIVE_COUNT.ordinal();
    /** Count, share, mean. */
    static final int NEGATIVE = DriftStatistic.NEGATIVE_COUNT.ordinal();

    private static final int STATISTICS = DriftStatistic.values().length;

    private final double[] chosen;
    private final double[] rejected;
    private final double[] difference;
    private final int[] ascending;

    DriftRows(List<PairScore> pairs) {
        chosen = pairs.stream().mapToDouble(PairScore::chosen).toArray();
        rejected = pairs.stream().mapToDouble(PairScore::rejected).toArray();
        difference = pairs.stream().mapToDouble(PairScore::difference).toArray();
        ascending = IntStream.range(0, difference.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> difference[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int n() {
        return difference.length;
    }

    double[] right() {
        return Arrays.stream(difference).filter(d -> d > 0).toArray();
    }

    double[] wrong() {
        return Arrays.stream(difference).filter(d -> d <= 0).toArray();
    }

    /** All statistics of a sample with these row counts, by the ordinal of {@link DriftStatistic}. */
    double[] statistics(int[] counts) {
        double[] statistics = new double[STATISTICS];
        sums(counts, statistics);
        double[] sample = expand(counts);
        int firstRight = 0;
        while (firstRight < sample.length && sample[firstRight] <= 0) {
            firstRight++;
        }
        positive(Arrays.copyOfRange(sample, firstRight, sample.length), statistics);
        negative(Arrays.copyOfRange(sample, 0, firstRight), statistics);
        return statistics;
    }

    private void sums(int[] counts, double[] statistics) {
        double n = 0;
        double rewards = 0;
        double differences = 0;
        double absolute = 0;
        double excess = 0;
        for (int row = 0; row < counts.length; row++) {
            int count = counts[row];
            double d = difference[row];
            n += count;
            rewards += count * (chosen[row] + rejected[row]);
            differences += count * d;
            absolute += count * Math.abs(d);
            excess += count * (1 / (1 + Math.exp(-Math.abs(d))) - (1 + Math.signum(d)) / 2);
        }
        double rewardMean = rewards / (2 * n);
        double differenceMean = differences / n;
        double rewardSquares = 0;
        double differenceSquares = 0;
        for (int row = 0; row < counts.length; row++) {
            rewardSquares += counts[row] * (square(chosen[row] - rewardMean) + square(rejected[row] - rewardMean));
            differenceSquares += counts[row] * square(difference[row] - differenceMean);
        }
        statistics[REWARD_MEAN] = rewardMean;
        statistics[REWARD_VARIANCE] = rewardSquares / (2 * n - 1);
        statistics[DIFFERENCE_MEAN] = differenceMean;
        statistics[DIFFERENCE_VARIANCE] = n > 1 ? differenceSquares / (n - 1) : Double.NaN;
        statistics[ABSOLUTE_DIFFERENCE] = absolute / n;
        statistics[OVERCONFIDENCE] = excess / n;
    }

    private static double square(double x) {
        return x * x;
    }

    /** The differences of a sample, ascending. */
    private double[] expand(int[] counts) {
        double[] sample = new double[Arrays.stream(counts).sum()];
        int next = 0;
        for (int row : ascending) {
            Arrays.fill(sample, next, next + counts[row], difference[row]);
            next += counts[row];
        }
        return sample;
    }

    private static void positive(double[] right, double[] statistics) {
        int end = right.length == 0 ? 0 : BoxStatistics.Fences.ofSorted(right).endInside(right);
        put(statistics, POSITIVE, right, end, right.length);
    }

    private static void negative(double[] wrong, double[] statistics) {
        int first = wrong.length == 0 ? 0 : BoxStatistics.Fences.ofSorted(wrong).firstInside(wrong);
        put(statistics, NEGATIVE, wrong, 0, first);
    }

    private static void put(double[] statistics, int at, double[] box, int from, int to) {
        statistics[at] = to - from;
        statistics[at + 1] = (double) (to - from) / box.length;
        statistics[at + 2] = Arrays.stream(box, from, to).average().orElse(Double.NaN);
    }
}
