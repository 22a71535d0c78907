package dev.assay.evaluation.drift;

import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.SamePairs;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The spread of two models' rewards on the same pairs: second minus first, with the paired bootstrap of {@link RewardDrift},
 * in which both models have the same resamples.
 *
 * @param differences by statistic, none missing; NaN where a statistic is not defined for one of the models
 */
public record DriftComparison(Map<DriftStatistic, Difference> differences) {
    public DriftComparison {
        differences = Map.copyOf(differences);
    }

    /**
     * Compares two models over the pairs of several sources together, each source resampled by itself.
     *
     * @param first at least one source, each with a pair that is not labelled as a tie
     * @param second scores of the same pairs; otherwise an {@link dev.assay.AssayException} names the first difference
     */
    public static DriftComparison of(List<PairScores> first, List<PairScores> second, Bootstrap bootstrap) {
        SamePairs.require(first, second);
        int[] sizes = first.stream().mapToInt(RewardDrift::preferences).toArray();
        DriftRows a = new DriftRows(PairScores.pooled("first", first).preferred());
        DriftRows b = new DriftRows(PairScores.pooled("second", second).preferred());
        int[] once = new int[a.n()];
        Arrays.fill(once, 1);
        double[] values = minus(b, a, once);
        double[][] replicates = bootstrap.stratified(sizes, counts -> minus(b, a, counts));
        Map<DriftStatistic, Difference> differences = new EnumMap<>(DriftStatistic.class);
        for (DriftStatistic statistic : DriftStatistic.values()) {
            int column = statistic.ordinal();
            double[] own =
                    Arrays.stream(replicates).mapToDouble(row -> row[column]).toArray();
            differences.put(statistic, difference(values[column], own, a.n(), bootstrap));
        }
        return new DriftComparison(differences);
    }

    /** Without interval or test where too many resamples do not have the statistic in both models. */
    private static Difference difference(double value, double[] replicates, int n, Bootstrap bootstrap) {
        Estimate estimate =
                n < 2 || Double.isNaN(value) ? Estimate.withoutInterval(value) : bootstrap.estimate(value, replicates);
        double[] defined = Arrays.stream(replicates).filter(Double::isFinite).toArray();
        return new Difference(estimate, estimate.hasInterval() ? Bootstrap.pValue(defined) : Double.NaN);
    }

    private static double[] minus(DriftRows left, DriftRows right, int[] counts) {
        double[] difference = left.statistics(counts);
        double[] other = right.statistics(counts);
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= other[i];
        }
        return difference;
    }

    /** The difference of one statistic. */
    public Difference get(DriftStatistic statistic) {
        Difference difference = differences.get(statistic);
        if (difference == null) {
            throw new IllegalStateException("no difference of " + statistic);
        }
        return difference;
    }
}
