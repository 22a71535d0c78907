package dev.assay.training;

import dev.assay.objective.CenteringPenalty;
import dev.assay.objective.RankingLoss;
import dev.assay.tokenization.PackedBatch;

/**
 * What a group costs: the ranking loss plus a centering penalty.
 *
 * @param ranking the ranking loss
 * @param centering the penalty; coefficient 0 leaves it out
 */
public record GroupLoss(RankingLoss ranking, CenteringPenalty centering) {
    /** The plain ranking loss, margins left alone. */
    public static final GroupLoss RANKING = new GroupLoss(new RankingLoss(false), new CenteringPenalty(0));

    /** Loss and derivatives of a batch. */
    RankingLoss.Terms terms(double[] rewards, PackedBatch batch) {
        RankingLoss.Terms terms = ranking.terms(rewards, batch);
        if (centering.coefficient() > 0) {
            double[] penalties = centering.terms(rewards, batch, terms.rewardGradient());
            for (int g = 0; g < penalties.length; g++) {
                terms.groupLoss()[g] += penalties[g];
            }
        }
        return terms;
    }
}
