package dev.assay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Role;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssayScoringModelTest {
    /** Rewards the length of the answer, and remembers what it was asked. */
    private static final class LengthModel implements RewardModel {
        private final List<Conversation> asked = new ArrayList<>();

        @Override
        public List<Reward> score(List<Conversation> conversations) {
            asked.addAll(conversations);
            return conversations.stream()
                    .map(c -> Reward.scalar(c.last().content().length(), 3, false))
                    .toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void the_query_is_the_prompt_and_each_segment_an_answer_in_order() {
        LengthModel model = new LengthModel();
        Response<List<Double>> response = new AssayScoringModel(model)
                .scoreAll(List.of(TextSegment.from("a longer answer"), TextSegment.from("no")), "why?");

        assertThat(response.content()).containsExactly(15.0, 2.0);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(6));
        assertThat(model.asked.getFirst().messages())
                .containsExactly(new Message(Role.USER, "why?"), new Message(Role.ASSISTANT, "a longer answer"));
    }

    @Test
    void a_single_segment_goes_through_the_default_method() {
        assertThat(new AssayScoringModel(new LengthModel())
                        .score("four", "why?")
                        .content())
                .isEqualTo(4.0);
    }

    @Test
    void no_segments_give_no_scores() {
        assertThat(new AssayScoringModel(new LengthModel())
                        .scoreAll(List.of(), "why?")
                        .content())
                .isEmpty();
    }
}
