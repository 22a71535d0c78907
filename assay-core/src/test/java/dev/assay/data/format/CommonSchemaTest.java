package dev.assay.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.RankedResponses;
import dev.assay.data.Strength;
import dev.assay.data.simulation.Part;
import dev.assay.data.simulation.SimulatedWorld;
import dev.assay.data.simulation.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer writes, the readers read back as it was. */
class CommonSchemaTest {
    @TempDir
    Path folder;

    private final SimulatedWorld world = new SimulatedWorld(WorldConfig.DEFAULT.withSizes(2, 30, 10));

    @ParameterizedTest
    @ValueSource(strings = {"pairs.jsonl", "pairs.jsonl.gz"})
    void pairs_come_back_with_strength_and_true_probability(String name) {
        List<PreferencePair> pairs = world.pairs(Part.TRAIN).getFirst().pairs();
        CommonSchemaWriter.writePairs(folder.resolve(name), pairs);
        List<PreferencePair> read = PreferenceReaders.pairs(folder.resolve(name), "s", null);
        assertThat(read).hasSameSizeAs(pairs);
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(read.get(i).prompt()).isEqualTo(pairs.get(i).prompt());
            assertThat(read.get(i).chosen()).isEqualTo(pairs.get(i).chosen());
            assertThat(read.get(i).rejected()).isEqualTo(pairs.get(i).rejected());
            assertThat(read.get(i).strength()).isEqualTo(pairs.get(i).strength());
            assertThat(read.get(i).origin().line()).isEqualTo(i + 1);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void ranked_lists_and_ratings_come_back() {
        List<RankedResponses> lists = world.rankings(0, Part.TRAIN, 5, 4);
        Path ranked = folder.resolve("ranked.jsonl");
        CommonSchemaWriter.writeRanked(ranked, lists);
        List<RankedResponses> read = PreferenceReaders.ranked(ranked, "s", null);
        assertThat(read)
                .extracting(RankedResponses::ranks)
                .isEqualTo(lists.stream().map(RankedResponses::ranks).toList());
        assertThat(read)
                .extracting(RankedResponses::responses)
                .isEqualTo(lists.stream().map(RankedResponses::responses).toList());
        Path rated = folder.resolve("ratings.jsonl");
        CommonSchemaWriter.writeRatings(rated, world.ratings(Part.TRAIN, 8));
        assertThat(PreferenceReaders.rated(rated, "s", null).getFirst().ratings())
                .isEqualTo(world.ratings(Part.TRAIN, 8).getFirst().ratings());
        assertThat(PreferenceReaders.format(rated)).isEqualTo(DataFormat.RATINGS);
    }

    @Test
    void answers_of_several_turns_come_back_as_messages() {
        PreferencePair pair = new PreferencePair(
                Conversation.of(Message.system("s"), Message.user("u")),
                Conversation.of(Message.assistant("a"), Message.user("b"), Message.assistant("c")),
                Conversation.of(Message.assistant("d")),
                Strength.withMargin(2),
                Origin.of("s", "x", 1));
        Path file = folder.resolve("turns.jsonl");
        CommonSchemaWriter.writePairs(file, List.of(pair));
        PreferencePair read = PreferenceReaders.pairs(file, "s", null).getFirst();
        assertThat(read.chosen()).isEqualTo(pair.chosen());
        assertThat(read.strength()).isEqualTo(pair.strength());
    }

    @Test
    void rows_whose_scores_contradict_their_order_are_found() throws IOException {
        Path pairs = Files.writeString(folder.resolve("p.jsonl"), """
                {"prompt":"a","chosen":"b","rejected":"c","margin":1}
                {"prompt":"a","chosen":"b","rejected":"c","margin":-1}
                {"prompt":"a","chosen":"b","rejected":"c","score_chosen":2,"score_rejected":3}
                """);
        assertThat(RowFaults.of(pairs, "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(2L, 3L);
        Path ranked = Files.writeString(folder.resolve("r.jsonl"), """
                {"prompt":"a","responses":["b","c"],"ranks":[1,2],"scores":[5,4]}
                {"prompt":"a","responses":["b","c"],"ranks":[1,2],"scores":[4,5]}
                {"prompt":"a","responses":["b","c"],"ranks":[1,1],"scores":[4,5]}
                """);
        assertThat(RowFaults.of(ranked, "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(2L);
    }

    @Test
    void rows_are_handed_over_as_they_are_read_and_broken_ones_named_at_the_end() throws IOException {
        Path file = Files.writeString(folder.resolve("s.jsonl"), """
                {"prompt":"a","chosen":"b","rejected":"c"}
                {"prompt":"a","chosen":1,"rejected":"c"}
                {"prompt":"a","chosen":"d","rejected":"e"}
                """);
        List<Long> lines = new ArrayList<>();
        assertThatThrownBy(() -> PreferenceReaders.forEach(
                        file,
                        "s",
                        null,
                        preference -> lines.add(preference.origin().line())))
                .hasMessageContaining("s.jsonl:2");
        assertThat(lines).containsExactly(1L, 3L);
    }
}
