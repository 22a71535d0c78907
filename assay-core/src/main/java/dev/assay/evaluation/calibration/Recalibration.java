package dev.assay.evaluation.calibration;

import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A better reading of a model's reward differences: {@code P(a preferred to b) = sigmoid(g(d))} with {@code d = r(a) -
 * r(b)}, where the model itself says {@code g(d) = d}.
 *
 * <p>Whichever response is named first, the probabilities of the two orders must add up to one, so g is odd: {@code g(-d) =
 * -g(d)} and {@code g(0) = 0}. It never decreases, so every kind is a function of the confidence, that is of |d|, put back on
 * the side the model favours: {@code g(d) = sign(d) h(|d|)} with h &gt; 0 and nondecreasing. Where the best h
 * is 0, since the model is no better than a coin there, a {@link #TRACE} is left: it says who was favoured, so that a recalibrated
 * model ranks every pair as before, and its accuracy stays.
 *
 * <p>This rules out what a classifier's recalibration would do with these data: an intercept on d itself, as in Platt's
 * {@code sigmoid(A d + B)}, prefers whatever is named first. Preference data name the chosen response first in every row, so that
 * fit runs off to {@code B = infinity} with a likelihood of one. {@link Platt} has its intercept on |d| instead.
 *
 * <p>Sources share one map: which annotators a new pair belongs to is not known when a model is used. What a single map cannot
 * mend shows as a calibration error per source that stays.
 */
public sealed interface Recalibration permits Temperature, Platt, Isotonic {
    /** What to do where none was fitted: {@code g(d) = d}. */
    Recalibration NONE = new Temperature(1);

    /** What is left of the smallest differences, in log-odds: no probability moves by more than a quarter of it. */
    double TRACE = 1e-6;

    /** The name in manifests and on the command line. */
    String kind();

    /**
     * h: the recalibrated log-odds that the response with the larger reward is the better one.
     *
     * @param gap |d|, above 0
     * @return above 0, finite
     */
    double logOdds(double gap);

    /**
     * The factor that brings a single reward to the recalibrated unit. Only a linear g has one: a reward of its own for each
     * response, whose differences are g(d) for all pairs, exists for no other.
     */
    OptionalDouble rewardFactor();

    /** g: the recalibrated log-odds that the first of two responses is the better one, from their reward difference. */
    default double difference(double d) {
        return d == 0 ? 0 : Math.copySign(logOdds(Math.abs(d)), d);
    }

    /** The recalibrated probability that the first of two responses is the better one. */
    default double probability(double d) {
        return 1 / (1 + Math.exp(-difference(d)));
    }

    /**
     * Pairs whose reward differences are the recalibrated ones, so that every metric can be computed from them. Where
     * there is no {@link #rewardFactor()}, the rewards of a pair keep their mean and mean nothing beyond the pair.
     */
    default PairScores apply(PairScores scores) {
        List<PairScore> pairs = scores.pairs().stream().map(this::apply).toList();
        return new PairScores(scores.source(), pairs, scores.truncated());
    }

    private PairScore apply(PairScore pair) {
        OptionalDouble factor = rewardFactor();
        if (factor.isPresent()) {
            double unit = factor.getAsDouble();
            return new PairScore(unit * pair.chosen(), unit * pair.rejected(), pair.strength(), pair.origin());
        }
        double middle = (pair.chosen() + pair.rejected()) / 2;
        double half = difference(pair.difference()) / 2;
        return new PairScore(middle + half, middle - half, pair.strength(), pair.origin());
    }
}
