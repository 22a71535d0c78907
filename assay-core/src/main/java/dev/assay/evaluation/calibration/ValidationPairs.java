package dev.assay.evaluation.calibration;

import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The pairs a recalibration is fitted on, by ascending gap. Pairs with equal rewards tell nothing, since g(0) = 0 for all
 * kinds; pairs labelled as ties take no part in any metric.
 *
 * @param gap |d|, above 0
 * @param outcome the probability that the favoured response is the better one: 1 or 0 for hard labels
 */
record ValidationPairs(double[] gap, double[] outcome) {
    static ValidationPairs of(List<PairScores> sources) {
        List<PairScore> pairs = sources.stream()
                .flatMap(source -> source.preferred().stream())
                .filter(pair -> pair.difference() != 0)
                .sorted(Comparator.comparingDouble(pair -> Math.abs(pair.difference())))
                .toList();
        double[] gap = new double[pairs.size()];
        double[] outcome = new double[pairs.size()];
        for (int i = 0; i < gap.length; i++) {
            double d = pairs.get(i).difference();
            double label = pairs.get(i).strength().label();
            gap[i] = Math.abs(d);
            outcome[i] = d > 0 ? label : 1 - label;
        }
        return new ValidationPairs(gap, outcome);
    }

    int n() {
        return gap.length;
    }

    /** Whether the favoured response is the better one in every pair. */
    boolean isFaultless() {
        return Arrays.stream(outcome).allMatch(each -> each == 1);
    }

    /** The sum over pairs of the cross-entropy between outcome and sigmoid(h(gap)), in nats. */
    double loss(Recalibration map) {
        double sum = 0;
        for (int i = 0; i < gap.length; i++) {
            double odds = map.logOdds(gap[i]);
            sum += (1 - outcome[i]) * odds + Math.log1p(Math.exp(-odds));
        }
        return sum;
    }
}
