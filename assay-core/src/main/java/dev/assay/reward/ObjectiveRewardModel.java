package dev.assay.reward;

import dev.assay.data.Conversation;
import dev.assay.data.RatingScale;
import java.util.List;
import java.util.Map;

/** A reward model that weighs objectives, and lets its user weigh them otherwise. */
public interface ObjectiveRewardModel extends RewardModel {
    /** The objectives it weighs, in its order, each with the scale of its ratings. */
    Map<Objective, RatingScale> scales();

    /** The objectives it weighs, in its order. */
    default List<Objective> objectives() {
        return List.copyOf(scales().keySet());
    }

    /**
     * One reward a conversation, in the order given, steered.
     *
     * @throws dev.assay.AssayException of kind INPUT where steering names an objective the model does not have, or a minimum off its scale
     */
    List<Reward> score(List<Conversation> conversations, Steering steering);

    /** The rewards of two answers, steered, and what makes them differ, with the standard errors of the differences. */
    ScoredPair scorePair(Conversation first, Conversation second, Steering steering);

    @Override
    default ScoredPair scorePair(Conversation first, Conversation second) {
        return scorePair(first, second, Steering.NONE);
    }

    @Override
    default List<Reward> score(List<Conversation> conversations) {
        return score(conversations, Steering.NONE);
    }

    /** This model, steered from now on; closing it closes this one. What does not fit is refused here already. */
    default RewardModel steered(Steering steering) {
        return new SteeredRewardModel(this, steering);
    }
}
