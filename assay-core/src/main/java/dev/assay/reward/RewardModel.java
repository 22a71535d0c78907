package dev.assay.reward;

import dev.assay.data.Conversation;
import java.util.List;

/**
 * The product: reads conversations and gives a number for each one's last answer. Thread-safe; batches, sorts and shares
 * prefixes inside, so that a caller hands over as many conversations as it has.
 */
public interface RewardModel extends AutoCloseable {
    /**
     * One reward a conversation, in the order given.
     *
     * @param conversations each ends with the answer to score; may be empty
     */
    List<Reward> score(List<Conversation> conversations);

    /** The reward of one conversation. */
    default Reward score(Conversation conversation) {
        return score(List.of(conversation)).getFirst();
    }

    /** The rewards of two answers, and what makes them differ where the model mixes objectives. */
    default ScoredPair scorePair(Conversation first, Conversation second) {
        List<Reward> rewards = score(List.of(first, second));
        return ScoredPair.of(rewards.getFirst(), rewards.getLast());
    }

    @Override
    void close();
}
