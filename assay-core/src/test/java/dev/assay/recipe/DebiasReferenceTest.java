package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebiasReferenceTest {
    private static final List<PreferencePair> PAIRS = List.of(
            pair("a", "why", "best", "middle"),
            pair("a", "why", "middle", "worst"),
            pair("b", "why", "best", "other"),
            pair("b", "how", "best", "other"));

    private static PreferencePair pair(String source, String prompt, String chosen, String rejected) {
        return PreferencePair.of(
                Conversation.of(Message.user(prompt)), chosen, rejected, Origin.of(source, source + ".jsonl", 1));
    }

    @Test
    void a_response_of_a_ranking_counts_once_however_many_pairs_it_stands_in() {
        // Chosen: best, middle, (best again), best of another prompt; rejected: (middle again), worst, other, other.
        assertThat(DebiasReference.of(PAIRS, List.of()).responses()).containsExactly(0, 1, 3, 5, 6, 7);
    }

    @Test
    void only_the_sources_named_are_the_reference() {
        DebiasReference reference = DebiasReference.of(PAIRS, List.of("b"));
        assertThat(reference.responses()).containsExactly(2, 3, 6, 7);
        assertThat(reference.of(new int[] {0, 10, 20, 30, 40, 50, 60, 70})).containsExactly(20, 30, 60, 70);
        assertThat(reference.of(new double[][] {{0, 1, 2, 3, 4, 5, 6, 7}})[0]).containsExactly(2, 3, 6, 7);
        assertThat(reference.of(new int[0])).isEmpty();
    }

    @Test
    void a_source_that_is_not_there_is_named_with_the_nearest() {
        assertThatThrownBy(() -> DebiasReference.require(List.of("helpful", "harmles"), List.of("helpful", "harmless")))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("harmles is none of the sources the gate learns from (helpful, harmless)")
                .hasMessageContaining("did you mean harmless?");
        assertThatCode(() -> DebiasReference.require(List.of(), List.of("helpful")))
                .doesNotThrowAnyException();
    }
}
