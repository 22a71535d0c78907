package dev.assay.evaluation;

import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.McNemarTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two models on the same pairs: is the difference more than chance?
 *
 * @param options what the metrics were computed with
 * @param sources the comparison on each source
 * @param average differences of the mean over sources, each source resampled by itself
 * @param weightedAverage differences of the mean over sources weighted by their n
 */
public record ModelComparison(
        EvaluationOptions options,
        List<SourceComparison> sources,
        ByMetric<Difference> average,
        ByMetric<Difference> weightedAverage) {
    public ModelComparison {
        sources = List.copyOf(sources);
    }

    /**
     * Second model minus first model. The bootstrap's bias of calibration errors of bins, which two models need not share,
     * is taken off as {@link Evaluator} does, for the interval and the p-value.
     *
     * @param estimate the difference with its paired bootstrap interval; none for a single pair
     * @param pValue two-sided bootstrap p-value of "no difference"; NaN for a single pair
     */
    public record Difference(Estimate estimate, double pValue) {}

    /**
     * One source.
     *
     * @param source its name
     * @param n the pairs that count
     * @param accuracyTest McNemar's test on which pairs each model gets right
     * @param differences second minus first, by metric
     */
    public record SourceComparison(String source, int n, McNemarTest accuracyTest, ByMetric<Difference> differences) {}

    /** All pairs that count. */
    public int n() {
        return sources.stream().mapToInt(SourceComparison::n).sum();
    }

    /**
     * Compares two models that scored the same pairs in the same order; otherwise an {@link dev.assay.AssayException} names the
     * first place where they differ.
     */
    public static ModelComparison of(List<PairScores> first, List<PairScores> second, EvaluationOptions options) {
        if (first.isEmpty()) {
            throw new IllegalArgumentException("no source to compare on");
        }
        SamePairs.require(first, second);
        List<SourceComparison> sources = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (int s = 0; s < first.size(); s++) {
            SourceRows a = new SourceRows(first.get(s));
            SourceRows b = new SourceRows(second.get(s));
            Sample sample = Sample.of(a, b, options, options.bootstrap().stream(s), a.n());
            samples.add(sample);
            sources.add(new SourceComparison(
                    first.get(s).source(), a.n(), accuracyTest(a, b), sample.differences(options.bootstrap())));
        }
        return new ModelComparison(
                options,
                sources,
                Sample.mean(samples, any -> 1).differences(options.bootstrap()),
                Sample.mean(samples, Sample::n).differences(options.bootstrap()));
    }

    /**
     * Two models on the pairs of all sources as if they were one, each source resampled by itself; requires what {@link #of}
     * does.
     *
     * @return second minus first, by metric
     */
    public static ByMetric<Difference> pooled(
            List<PairScores> first, List<PairScores> second, EvaluationOptions options) {
        SamePairs.require(first, second);
        int[] strata =
                first.stream().mapToInt(source -> source.preferred().size()).toArray();
        return Sample.of(
                        new SourceRows(PairScores.pooled(EvaluationResult.POOLED, first)),
                        new SourceRows(PairScores.pooled(EvaluationResult.POOLED, second)),
                        options,
                        options.bootstrap().stream(strata.length),
                        strata)
                .differences(options.bootstrap());
    }

    private static McNemarTest accuracyTest(SourceRows first, SourceRows second) {
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int row = 0; row < first.n(); row++) {
            if (first.isRight(row) != second.isRight(row)) {
                if (first.isRight(row)) {
                    onlyFirst++;
                } else {
                    onlySecond++;
                }
            }
        }
        return McNemarTest.of(onlyFirst, onlySecond);
    }

    /** Differences of the metrics, on {@code n} pairs or more a source and in each resample {@code [resamples][metrics]}. */
    private record Sample(int n, double[] values, double[][] replicates) {
        static Sample of(
                SourceRows first, SourceRows second, EvaluationOptions options, Bootstrap bootstrap, int... strata) {
            int[] once = new int[first.n()];
            Arrays.fill(once, 1);
            return new Sample(
                    first.n(),
                    minus(second.metrics(once, options), first.metrics(once, options)),
                    bootstrap.stratified(
                            strata, counts -> minus(second.metrics(counts, options), first.metrics(counts, options))));
        }

        static Sample mean(List<Sample> samples, ToDoubleFunction<Sample> weight) {
            double total = samples.stream().mapToDouble(weight).sum();
            double[] values = new double[samples.getFirst().values.length];
            double[][] replicates = new double[samples.getFirst().replicates.length][values.length];
            for (Sample sample : samples) {
                double share = weight.applyAsDouble(sample) / total;
                for (int metric = 0; metric < values.length; metric++) {
                    values[metric] += share * sample.values[metric];
                    for (int r = 0; r < replicates.length; r++) {
                        replicates[r][metric] += share * sample.replicates[r][metric];
                    }
                }
            }
            int least = samples.stream().mapToInt(Sample::n).min().orElseThrow();
            return new Sample(least, values, replicates);
        }

        ByMetric<Difference> differences(Bootstrap bootstrap) {
            return ByMetric.from(metric -> {
                double value = values[metric.ordinal()];
                if (n < 2 || Double.isNaN(value)) {
                    return new Difference(Estimate.withoutInterval(value), Double.NaN);
                }
                double[] plain = Arrays.stream(replicates)
                        .mapToDouble(row -> row[metric.ordinal()])
                        .toArray();
                double[] own = metric.isBinned() ? Bootstrap.centred(value, plain) : plain;
                return new Difference(bootstrap.estimate(value, own), Bootstrap.pValue(own));
            });
        }

        private static double[] minus(double[] left, double[] right) {
            double[] difference = new double[left.length];
            for (int i = 0; i < left.length; i++) {
                difference[i] = left[i] - right[i];
            }
            return difference;
        }
    }
}
