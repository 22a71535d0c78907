package dev.assay.reward;

import java.util.Optional;

/**
 * Two answers with their rewards.
 *
 * @param first the reward of one answer
 * @param second that of the other
 * @param explanation what makes them differ; empty where the model does not mix objectives
 */
public record ScoredPair(Reward first, Reward second, Optional<PairExplanation> explanation) {
    /** Two rewards of one model; nothing is known of how the errors of their objectives hang together. */
    static ScoredPair of(Reward first, Reward second) {
        return new ScoredPair(
                first,
                second,
                first.explanation() instanceof Explanation.Mixture one
                                && second.explanation() instanceof Explanation.Mixture other
                        ? Optional.of(new PairExplanation(one, other))
                        : Optional.empty());
    }

    /** The first reward minus the second. */
    public double difference() {
        return first.value() - second.value();
    }
}
