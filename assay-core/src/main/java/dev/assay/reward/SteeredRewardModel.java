package dev.assay.reward;

import dev.assay.data.Conversation;
import java.util.List;

/** A model with a steering that is always the same. */
record SteeredRewardModel(ObjectiveRewardModel model, Steering steering) implements RewardModel {
    SteeredRewardModel {
        steering.requireFits(model.scales());
    }

    @Override
    public List<Reward> score(List<Conversation> conversations) {
        return model.score(conversations, steering);
    }

    @Override
    public ScoredPair scorePair(Conversation first, Conversation second) {
        return model.scorePair(first, second, steering);
    }

    @Override
    public void close() {
        model.close();
    }
}
