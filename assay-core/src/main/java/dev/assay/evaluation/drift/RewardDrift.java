package dev.assay.evaluation.drift;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Over-rewarding at a glance: how a model spreads its rewards, and whether its accuracy supports that. All intervals come
 * from one percentile bootstrap of the pairs, each source resampled by itself; a single pair has none. Pairs labelled as ties are left out, as in
 * {@link dev.assay.evaluation.Evaluator}.
 *
 * @param name the source, or what several sources are called together
 * @param n the pairs that count
 * @param rewardMean mean of the 2n rewards
 * @param rewardVariance variance of the 2n rewards (divisor 2n - 1)
 * @param differenceMean mean of d = r(chosen) - r(rejected)
 * @param differenceVariance variance of d (divisor n - 1); NaN for one pair
 * @param absoluteDifference mean of |d|: how far the model pulls the responses of a pair apart
 * @param overconfidence mean confidence max(p, 1 - p), p = sigmoid(d), minus the share of pairs it is right about (equal
 *     rewards count one half); above 0 the differences are larger than the accuracy supports
 * @param right the box of d over pairs with d &gt; 0 (solid in MORE's figures); empty where there is none
 * @param wrong the box of d over pairs with d &lt;= 0 (hollow); empty where there is none
 * @param positive outliers above the upper whisker of {@code right}
 * @param negative outliers below the lower whisker of {@code wrong}
 */
public record RewardDrift(
        String name,
        int n,
        Estimate rewardMean,
        Estimate rewardVariance,
        Estimate differenceMean,
        Estimate differenceVariance,
        Estimate absoluteDifference,
        Estimate overconfidence,
        Optional<BoxStatistics> right,
        Optional<BoxStatistics> wrong,
        Outliers positive,
        Outliers negative) {

    /** The drift of a model on one source. */
    public static RewardDrift of(PairScores source, Bootstrap bootstrap) {
        return pooled(source.source(), List.of(source), bootstrap);
    }

    /**
     * The drift of a model over the pairs of several sources together.
     *
     * @param sources at least one, each with a pair that is not labelled as a tie; otherwise an {@link AssayException}
     *     names the source
     */
    public static RewardDrift pooled(String name, List<PairScores> sources, Bootstrap bootstrap) {
        int[] sizes = sources.stream().mapToInt(RewardDrift::preferences).toArray();
        DriftRows rows = new DriftRows(PairScores.pooled(name, sources).preferred());
        int[] once = new int[rows.n()];
        Arrays.fill(once, 1);
        double[] values = rows.statistics(once);
        double[][] replicates = bootstrap.stratified(sizes, rows::statistics);
        Estimate[] estimates = new Estimate[values.length];
        for (int s = 0; s < values.length; s++) {
            int column = s;
            estimates[s] = rows.n() < 2
                    ? Estimate.withoutInterval(values[s])
                    : bootstrap.estimate(
                            values[s],
                            Arrays.stream(replicates)
                                    .mapToDouble(row -> row[column])
                                    .toArray());
        }
        double[] right = rows.right();
        double[] wrong = rows.wrong();
        return new RewardDrift(
                name,
                rows.n(),
                estimates[DriftRows.REWARD_MEAN],
                estimates[DriftRows.REWARD_VARIANCE],
                estimates[DriftRows.DIFFERENCE_MEAN],
                estimates[DriftRows.DIFFERENCE_VARIANCE],
                estimates[DriftRows.ABSOLUTE_DIFFERENCE],
                estimates[DriftRows.OVERCONFIDENCE],
                box(right),
                box(wrong),
                outliers(right.length, estimates, DriftRows.POSITIVE, bootstrap.level()),
                outliers(wrong.length, estimates, DriftRows.NEGATIVE, bootstrap.level()));
    }

    /** The pairs of a source that count; an {@link AssayException} where there is none. */
    static int preferences(PairScores source) {
        int n = source.preferred().size();
        if (n == 0) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "source \"" + source.source() + "\" has no pair to describe: " + source.withoutPreference()
                            + "; give it at least one pair with a preference");
        }
        return n;
    }

    private static Optional<BoxStatistics> box(double[] values) {
        return values.length == 0 ? Optional.empty() : Optional.of(BoxStatistics.of(values));
    }

    private static Outliers outliers(int n, Estimate[] estimates, int first, double level) {
        return Outliers.of(n, estimates[first], estimates[first + 1], estimates[first + 2], level);
    }
}
