package dev.assay.evaluation;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.math.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Pairs that are scored without a model, and what a quick evaluation makes of them. */
final class SimulatedScores {
    /** Fewer replicates than anyone should report. */
    static final EvaluationOptions QUICK = EvaluationOptions.DEFAULT.withBootstrap(new Bootstrap(100, 0.95, 5));

    private static final Origin ORIGIN = Origin.of("test", "simulated", 0);

    private SimulatedScores() {}

    static SourceEvaluation evaluate(List<PairScore> pairs, EvaluationOptions options) {
        return new Evaluator(options)
                .evaluate(List.of(new PairScores("test", pairs)))
                .sources()
                .getFirst();
    }

    static PairScore hard(double chosen, double rejected) {
        return scored(chosen, rejected, Strength.HARD);
    }

    static PairScore scored(double chosen, double rejected, Strength strength) {
        return new PairScore(chosen, rejected, strength, ORIGIN);
    }

    /** Pairs whose labels follow the model's own probability, sharpened or flattened by {@code slope}. */
    static List<PairScore> simulated(int n, double slope, long seed) {
        Random random = new Random(seed);
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double d = 1.5 * random.nextGaussian();
            double truth = 1 / (1 + Math.exp(-slope * d));
            boolean agrees = random.nextDouble() < truth;
            Strength strength = new Strength(1, OptionalDouble.empty(), OptionalDouble.of(agrees ? truth : 1 - truth));
            pairs.add(scored(agrees ? d : -d, 0, strength));
        }
        return pairs;
    }
}
