package dev.assay.langchain4j;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import java.util.Objects;

/**
 * A reward model behind LangChain4j's {@link ScoringModel}: the query is the user's message, each segment an answer to it,
 * and the score the reward of that answer. Scores are raw rewards, not probabilities: they order answers to one query and
 * say nothing across queries. All segments of one call share the query's prefix inside the model.
 *
 * <p>The reward model stays the caller's to close.
 */
public final class AssayScoringModel implements ScoringModel {
    private final RewardModel model;

    /** Scores with the given model. */
    public AssayScoringModel(RewardModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * One reward a segment, in the order given.
     *
     * @param segments the answers to score; may be empty
     * @param query what they answer
     */
    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<Conversation> conversations = segments.stream()
                .map(segment -> Conversation.of(Message.user(query), Message.assistant(segment.text())))
                .toList();
        List<Reward> rewards = model.score(conversations);
        int tokens = rewards.stream().mapToInt(Reward::tokens).sum();
        return Response.from(rewards.stream().map(Reward::value).toList(), new TokenUsage(tokens));
    }
}
