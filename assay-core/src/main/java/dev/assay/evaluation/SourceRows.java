package dev.assay.evaluation;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.util.List;

/**
 * The pairs of one source as columns, so that metrics of a resample are sums weighted by each row's count. {@link
 * Metric} has the symbols.
 */
final class SourceRows {
    private final double[] difference;
    private final Confidences confidences;
    private final double[] outcome;
    private final double[] brier;
    private final double[] nll;
    private final double[] trueOutcome;
    private final double[] probabilityError;

    SourceRows(PairScores scores) {
        List<PairScore> pairs =
                scores.pairs().stream().filter(pair -> !pair.strength().isTie()).toList();
        if (pairs.isEmpty()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "source \"" + scores.source() + "\" has no pair to evaluate: " + scores.withoutPreference()
                            + "; give it at least one pair with a preference");
        }
        int n = pairs.size();
        difference = new double[n];
        double[] confidence = new double[n];
        outcome = new double[n];
        brier = new double[n];
        nll = new double[n];
        trueOutcome = new double[n];
        probabilityError = new double[n];
        for (int row = 0; row < n; row++) {
            fill(row, pairs.get(row));
            confidence[row] = 1 / (1 + Math.exp(-Math.abs(difference[row])));
        }
        confidences = new Confidences(confidence, outcome);
    }

    private void fill(int row, PairScore pair) {
        double d = pair.difference();
        double label = pair.strength().label();
        double p = 1 / (1 + Math.exp(-d));
        difference[row] = d;
        outcome[row] = favoured(d, label);
        brier[row] = label * (1 - p) * (1 - p) + (1 - label) * p * p;
        nll[row] = label * softplus(-d) + (1 - label) * softplus(d);
        double truth = pair.strength().trueProbability().orElse(Double.NaN);
        trueOutcome[row] = favoured(d, truth);
        probabilityError[row] = Math.abs(p - truth);
    }

    /** A probability of the chosen response, turned to the response that the model favours. */
    private static double favoured(double difference, double probability) {
        if (difference == 0) {
            return Double.isNaN(probability) ? Double.NaN : 0.5;
        }
        return difference > 0 ? probability : 1 - probability;
    }

    /** ln(1 + e^x) without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    int n() {
        return difference.length;
    }

    double[] differences() {
        return difference.clone();
    }

    boolean isRight(int row) {
        return difference[row] > 0;
    }

    Confidences confidences() {
        return confidences;
    }

    double outcome(int row) {
        return outcome[row];
    }

    /** All metrics of a sample with these row counts, by the ordinal of {@link Metric}. */
    double[] metrics(int[] counts, EvaluationOptions options) {
        double total = 0;
        double right = 0;
        double sumBrier = 0;
        double sumNll = 0;
        double sumDifference = 0;
        double sumError = 0;
        for (int row = 0; row < counts.length; row++) {
            double count = counts[row];
            if (count == 0) {
                continue;
            }
            total += count;
            right += isRight(row) ? count : 0;
            sumBrier += count * brier[row];
            sumNll += count * nll[row];
            sumDifference += count * difference[row];
            sumError += count * probabilityError[row];
        }
        double mean = sumDifference / total;
        Bins bins = confidences.bins(counts, options, outcome);
        double[] metrics = new double[Metric.values().length];
        metrics[Metric.ACCURACY.ordinal()] = right / total;
        metrics[Metric.ECE.ordinal()] = bins.expectedError();
        metrics[Metric.MCE.ordinal()] = bins.maximumError();
        metrics[Metric.ACE.ordinal()] = confidences
                .equalMass(counts, options.bins(), BinForm.CONFIDENCE, outcome)
                .expectedError();
        metrics[Metric.BRIER.ordinal()] = sumBrier / total;
        metrics[Metric.NLL.ordinal()] = sumNll / total;
        metrics[Metric.DIFFERENCE_MEAN.ordinal()] = mean;
        metrics[Metric.DIFFERENCE_DEVIATION.ordinal()] = deviation(counts, mean, total);
        metrics[Metric.TRUE_ECE.ordinal()] =
                confidences.bins(counts, options, trueOutcome).expectedError();
        metrics[Metric.PROBABILITY_ERROR.ordinal()] = sumError / total;
        return metrics;
    }

    private double deviation(int[] counts, double mean, double total) {
        double squares = 0;
        for (int row = 0; row < counts.length; row++) {
            squares += counts[row] * (difference[row] - mean) * (difference[row] - mean);
        }
        return total > 1 ? Math.sqrt(squares / (total - 1)) : Double.NaN;
    }
}
