package dev.assay.evaluation;

import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.Strength;
import java.util.Objects;

/**
 * The rewards of one pair.
 *
 * @param chosen reward of the preferred response, finite
 * @param rejected reward of the other response, finite
 * @param strength how strongly people prefer the chosen one; a tie takes no part in the metrics
 * @param origin where the pair came from
 */
public record PairScore(double chosen, double rejected, Strength strength, Origin origin) {
    public PairScore {
        Objects.requireNonNull(strength, "strength");
        Objects.requireNonNull(origin, "origin");
        if (!Double.isFinite(chosen) || !Double.isFinite(rejected)) {
            throw new IllegalArgumentException(
                    "rewards must be finite, got " + chosen + " and " + rejected + " at " + origin.place());
        }
    }

    /** The rewards a model gave to the responses of a pair. */
    public static PairScore of(PreferencePair pair, double chosen, double rejected) {
        return new PairScore(chosen, rejected, pair.strength(), pair.origin());
    }

    /** Reward of the chosen response minus reward of the rejected one. */
    public double difference() {
        return chosen - rejected;
    }
}
