package dev.assay.evaluation;

import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.Quantiles;
import dev.assay.math.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From the rewards of pairs to numbers with intervals. The accuracy of one source has Wilson's interval; everything else
 * has a seeded percentile bootstrap of the source's pairs, and the averages over sources one that resamples each source
 * by itself. The calibration errors of bins (ECE, MCE, ACE, and ECE against true probabilities) are biased upwards under
 * resampling: their replicates are shifted by that bias, and their intervals end at 0 and 1. Every interval holds its own
 * estimate. A single pair has nothing to resample and no interval, nor has an average over a source of one pair.
 */
public final class Evaluator {
    private final EvaluationOptions options;

    public Evaluator(EvaluationOptions options) {
        this.options = options;
    }

    /**
     * Evaluates a model on each source and on average.
     *
     * @param sources at least one source, each with at least one pair that is not labelled as a tie; otherwise an
     *     {@link dev.assay.AssayException} names the source
     */
    public EvaluationResult evaluate(List<PairScores> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("no source to evaluate");
        }
        List<SourceEvaluation> evaluations = new ArrayList<>();
        List<double[][]> replicates = new ArrayList<>();
        double[] equal = new double[sources.size()];
        double[] sizes = new double[sources.size()];
        for (int s = 0; s < sources.size(); s++) {
            SourceRows rows = new SourceRows(sources.get(s));
            double[][] own =
                    options.bootstrap().stream(s).replicates(rows.n(), counts -> rows.metrics(counts, options));
            replicates.add(own);
            evaluations.add(evaluation(sources.get(s), rows, own, new int[] {rows.n()}));
            equal[s] = 1;
            sizes[s] = rows.n();
        }
        return new EvaluationResult(
                options,
                evaluations,
                average(evaluations, replicates, equal),
                average(evaluations, replicates, sizes),
                evaluations.size() == 1 ? evaluations.getFirst() : pooled(sources, sizes));
    }

    /** All pairs as one source; a resample draws from each source as many pairs as it has. */
    private SourceEvaluation pooled(List<PairScores> sources, double[] sizes) {
        PairScores all = PairScores.pooled(EvaluationResult.POOLED, sources);
        SourceRows rows = new SourceRows(all);
        int[] strata = Arrays.stream(sizes).mapToInt(size -> (int) size).toArray();
        double[][] replicates =
                options.bootstrap().stream(strata.length).stratified(strata, counts -> rows.metrics(counts, options));
        return evaluation(all, rows, replicates, strata);
    }

    private SourceEvaluation evaluation(PairScores scores, SourceRows rows, double[][] replicates, int[] strata) {
        int[] once = new int[rows.n()];
        Arrays.fill(once, 1);
        double[] values = rows.metrics(once, options);
        ByMetric<Estimate> metrics = ByMetric.from(metric -> {
            double value = values[metric.ordinal()];
            return metric == Metric.ACCURACY
                    ? WilsonInterval.of(
                            Math.rint(value * rows.n()),
                            rows.n(),
                            options.bootstrap().level())
                    : estimate(metric, value, column(replicates, metric.ordinal()), rows.n());
        });
        double[] differences = rows.differences();
        ReliabilityBins bins = new ReliabilityBins(rows, options);
        return new SourceEvaluation(
                scores.source(),
                rows.n(),
                scores.pairs().size() - rows.n(),
                (int) Arrays.stream(differences).filter(d -> d == 0).count(),
                scores.truncated(),
                metrics,
                bins.decomposition(),
                spread(differences),
                bins.curve(strata));
    }

    /** The value of a metric with its interval; {@code least} is the size of the smallest sample it is made of. */
    private Estimate estimate(Metric metric, double value, double[] replicates, int least) {
        if (least < 2) {
            return Estimate.withoutInterval(value);
        }
        return metric.isBinned()
                ? options.bootstrap()
                        .estimate(value, Bootstrap.centred(value, replicates))
                        .clipped(0, 1)
                : options.bootstrap().estimate(value, replicates);
    }

    private ByMetric<Estimate> average(
            List<SourceEvaluation> evaluations, List<double[][]> replicates, double[] weights) {
        double total = Arrays.stream(weights).sum();
        int least = evaluations.stream().mapToInt(SourceEvaluation::n).min().orElseThrow();
        return ByMetric.from(metric -> {
            double value = 0;
            double[] samples = new double[options.bootstrap().resamples()];
            for (int s = 0; s < weights.length; s++) {
                double share = weights[s] / total;
                value += share * evaluations.get(s).get(metric).value();
                for (int sample = 0; sample < samples.length; sample++) {
                    samples[sample] += share * replicates.get(s)[sample][metric.ordinal()];
                }
            }
            return estimate(metric, value, samples, least);
        });
    }

    private static DifferenceSpread spread(double[] differences) {
        double[] sorted = differences.clone();
        Arrays.sort(sorted);
        return new DifferenceSpread(
                sorted[0],
                Quantiles.ofSorted(sorted, 0.05),
                Quantiles.ofSorted(sorted, 0.25),
                Quantiles.ofSorted(sorted, 0.5),
                Quantiles.ofSorted(sorted, 0.75),
                Quantiles.ofSorted(sorted, 0.95),
                sorted[sorted.length - 1]);
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }
}
