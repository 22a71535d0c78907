package dev.assay.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptHalvesTest {
    /** A pair for each prompt; a prompt below 0 is none at all. */
    private static PreferenceSource source(String name, IntStream prompts) {
        List<PreferencePair> pairs = new ArrayList<>();
        prompts.forEach(prompt -> {
            Conversation asked =
                    prompt < 0 ? new Conversation(List.of()) : Conversation.of(Message.user("question " + prompt));
            pairs.add(PreferencePair.of(asked, "yes", "no", Origin.of(name, name, pairs.size() + 1L)));
        });
        return new PreferenceSource(name, pairs);
    }

    private static List<PairScores> scores(List<PreferenceSource> sources) {
        return sources.stream()
                .map(source -> new PairScores(
                        source.name(),
                        source.pairs().stream()
                                .map(pair -> PairScore.of(pair, 1, 0))
                                .toList()))
                .toList();
    }

    private static final List<PreferenceSource> SHARING = List.of(
            source("a", IntStream.range(0, 90).map(i -> i % 45)),
            source("b", IntStream.range(0, 60).map(i -> i % 30)),
            source("c", IntStream.range(100, 131)));

    @Test
    void pairs_of_one_prompt_stay_together_within_a_source_and_between_sources() {
        PromptHalves halves = PromptHalves.of(SHARING, 3);
        Map<Conversation, Boolean> sides = new HashMap<>();
        for (int s = 0; s < SHARING.size(); s++) {
            int second = 0;
            List<PreferencePair> pairs = SHARING.get(s).pairs();
            for (int i = 0; i < pairs.size(); i++) {
                boolean side = halves.isSecond(s, i);
                second += side ? 1 : 0;
                assertThat(sides.computeIfAbsent(pairs.get(i).prompt(), any -> side))
                        .isEqualTo(side);
            }
            assertThat((double) second / pairs.size()).isBetween(0.3, 0.7);
        }
    }

    @Test
    void every_pair_is_in_one_half_in_the_order_of_its_file() {
        PromptHalves halves = PromptHalves.of(SHARING, 3);
        List<PairScores> all = scores(SHARING);
        for (int s = 0; s < all.size(); s++) {
            List<PairScore> first = halves.half(all, false).get(s).pairs();
            List<PairScore> second = halves.half(all, true).get(s).pairs();
            assertThat(first).hasSize(all.get(s).pairs().size() - second.size()).doesNotContainAnyElementsOf(second);
            assertThat(all.get(s).pairs()).containsSubsequence(first).containsSubsequence(second);
        }
    }

    @Test
    void equal_seeds_give_equal_halves_and_others_do_not() {
        List<PairScores> all = scores(SHARING);
        assertThat(PromptHalves.of(SHARING, 3).half(all, true))
                .isEqualTo(PromptHalves.of(SHARING, 3).half(all, true))
                .isNotEqualTo(PromptHalves.of(SHARING, 4).half(all, true));
    }

    @Test
    void pairs_without_a_prompt_stand_alone() {
        List<PreferenceSource> four = List.of(source("s", IntStream.of(-1, -1, -1, -1)));
        assertThat(PromptHalves.of(four, 1).half(scores(four), true).getFirst().pairs())
                .hasSize(2);
    }

    @Test
    void one_prompt_makes_no_halves() {
        List<PreferenceSource> one = List.of(source("a", IntStream.of(7, 7, 7)));
        assertThatThrownBy(() -> PromptHalves.of(one, 0))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("too few prompts for two halves");
    }

    @Test
    void sources_that_lie_in_one_half_are_named_where_each_has_to_be_in_both() {
        List<PreferenceSource> sources = List.of(
                source("many", IntStream.range(0, 40)),
                source("same", IntStream.of(3, 3, 3)),
                source("own", IntStream.of(50)),
                source("two", IntStream.of(60, 61)));
        assertThatCode(() -> PromptHalves.of(sources, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PromptHalves.ofEach(sources, 1))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("of \"same\" (3 pairs), \"own\" (1 pair) all pairs lie in one half");
        assertThatCode(() -> PromptHalves.ofEach(List.of(sources.getFirst(), sources.getLast()), 1))
                .doesNotThrowAnyException();
    }
}
