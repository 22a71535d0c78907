package dev.assay.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.RankedResponses;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import dev.assay.data.RatingScale;
import dev.assay.data.Role;
import dev.assay.testing.SharedAssets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceReadersTest {
    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static PreferencePair only(Path file) {
        List<PreferencePair> pairs = PreferenceReaders.pairs(file, "s", null);
        assertThat(pairs).hasSize(1);
        return pairs.getFirst();
    }

    @Test
    void a_transcript_is_split_at_the_longest_common_turn_prefix() throws IOException {
        PreferencePair pair = only(
                file(
                        "hh.jsonl",
                        "{\"chosen\": \"\\n\\nHuman: hi\\n\\nAssistant: yes?\\n\\nHuman: why\\n\\nAssistant: because\","
                                + " \"rejected\": \"\\n\\nHuman: hi\\n\\nAssistant: yes?\\n\\nHuman: why\\n\\nAssistant: no\"}"));

        assertThat(pair.prompt().messages())
                .containsExactly(Message.user("hi"), Message.assistant("yes?"), Message.user("why"));
        assertThat(pair.chosen().last().content()).isEqualTo("because");
        assertThat(pair.rejected().last().content()).isEqualTo("no");
        assertThat(pair.origin().place()).endsWith("hh.jsonl:1");
    }

    @Test
    void identical_transcripts_keep_their_last_turn_as_the_response() throws IOException {
        PreferencePair pair = only(
                file(
                        "hh.jsonl",
                        "{\"chosen\": \"\\n\\nHuman: hi\\n\\nAssistant: a\", \"rejected\": \"\\n\\nHuman: hi\\n\\nAssistant: a\"}"));

        assertThat(pair.prompt().messages()).containsExactly(Message.user("hi"));
        assertThat(pair.chosen()).isEqualTo(pair.rejected());
    }

    @Test
    void trl_forms_with_and_without_a_prompt_are_told_apart() throws IOException {
        PreferencePair explicit =
                only(file("a.jsonl", "{\"prompt\": \"q\", \"chosen\": \"yes\", \"rejected\": \"no\", \"margin\": 2}"));
        PreferencePair implicit = only(file(
                "b.jsonl",
                "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"yes\"}],"
                        + " \"rejected\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\","
                        + " \"content\": \"no\"}]}"));

        assertThat(explicit.prompt()).isEqualTo(implicit.prompt());
        assertThat(explicit.chosen()).isEqualTo(implicit.chosen());
        assertThat(explicit.strength().margin()).hasValue(2);
    }

    @Test
    void a_prompt_that_is_repeated_at_the_head_of_both_answers_is_read_once() throws IOException {
        String turns = "[{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]";
        PreferencePair pair = only(file(
                "again.jsonl",
                "{\"prompt\": \"q\", \"chosen\": " + turns.formatted("yes") + ", \"rejected\": " + turns.formatted("no")
                        + ", \"score_chosen\": 9, \"score_rejected\": 6.5}"));

        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.user("q")));
        assertThat(pair.chosen()).isEqualTo(Conversation.of(Message.assistant("yes")));
        assertThat(pair.rejected()).isEqualTo(Conversation.of(Message.assistant("no")));
        assertThat(pair.strength().margin()).hasValue(2.5);
    }

    @Test
    void scores_against_the_order_of_a_row_are_no_margin() throws IOException {
        PreferencePair pair =
                only(file("m.jsonl", "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\", \"margin\": -2}"));

        assertThat(pair.strength().margin()).isEmpty();
    }

    @Test
    void conversations_beside_the_answers_are_the_prompt() throws IOException {
        PreferencePair pair = only(file(
                "c.jsonl",
                "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}], \"system\": \"be brief\","
                        + " \"chosen\": {\"from\": \"gpt\", \"value\": \"yes\"}, \"rejected\": \"no\"}"));

        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.system("be brief"), Message.user("q")));
        assertThat(pair.chosen().last()).isEqualTo(Message.assistant("yes"));
    }

    @Test
    void scored_transcripts_make_a_pair_a_tie_or_a_ranking() throws IOException {
        String row =
                "{\"text\": [\"\\n\\nHuman: q\\n\\nAssistant: a\", \"\\n\\nHuman: q\\n\\nAssistant: b\"], \"score\":"
                        + " [%s, %s]}";
        PreferencePair pair = only(file("p.jsonl", row.formatted("-1", "0.5")));
        PreferencePair tie = only(file("t.jsonl", row.formatted("1", "1")));
        Path three = file("r.jsonl", "{\"text\": [\"a\", \"b\", \"c\"], \"score\": [1, 3, 1]}");

        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.user("q")));
        assertThat(pair.chosen().last().content()).isEqualTo("b");
        assertThat(pair.strength().margin()).hasValue(1.5);
        assertThat(tie.strength().isTie()).isTrue();
        assertThat(PreferenceReaders.preferences(three, "s", null))
                .singleElement()
                .isInstanceOfSatisfying(
                        RankedResponses.class, list -> assertThat(list.ranks()).containsExactly(2, 1, 2));
    }

    @Test
    void webgpt_scores_choose_the_answer_and_equal_ones_are_a_tie() throws IOException {
        String row = "{\"question\": {\"full_text\": \"q\"}, \"answer_0\": \"a\", \"answer_1\": \"b\", \"score_0\": %s,"
                + " \"score_1\": %s}";
        PreferencePair second = only(file("w.jsonl", row.formatted("-0.5", "0.5")));
        PreferencePair tie = only(file("t.jsonl", row.formatted("0", "0")));

        assertThat(second.chosen().last().content()).isEqualTo("b");
        assertThat(second.strength().margin()).hasValue(1);
        assertThat(tie.strength().isTie()).isTrue();
    }

    @Test
    void summaries_are_chosen_by_index() throws IOException {
        PreferencePair pair = only(
                file(
                        "s.jsonl",
                        "{\"info\": {\"post\": \"long\"}, \"summaries\": [{\"text\": \"a\"}, {\"text\": \"b\"}], \"choice\": 1}"));

        assertThat(pair.chosen().last().content()).isEqualTo("b");
    }

    @Test
    void ranked_lists_become_pairs_without_their_ties() throws IOException {
        Path file = file("r.jsonl", "{\"prompt\": \"q\", \"responses\": [\"a\", \"b\", \"c\"], \"ranks\": [2, 1, 2]}");

        assertThat(PreferenceReaders.pairs(file, "s", null))
                .extracting(pair ->
                        pair.chosen().last().content() + pair.rejected().last().content())
                .containsExactly("ba", "bc");
        assertThat(PreferenceReaders.pairsAndTies(file, "s", null))
                .extracting(pair -> pair.chosen().last().content()
                        + (pair.strength().isTie() ? "=" : ">")
                        + pair.rejected().last().content())
                .containsExactly("b>a", "b>c", "a=c");
        assertThat(PreferenceReaders.ranked(file, "s", null)).hasSize(1);
        Path halves = file("h.jsonl", "{\"prompt\": \"q\", \"responses\": [\"a\", \"b\"], \"ranks\": [1.5, 1.2]}");
        assertThatThrownBy(() -> PreferenceReaders.pairs(halves, "s", null))
                .hasMessageContaining("h.jsonl:1: ranks must be a whole number, not 1.5");
    }

    @Test
    void oasst_siblings_with_ranks_make_a_list_and_deleted_ones_do_not_count() throws IOException {
        String row = "{\"message_id\": \"%s\", \"parent_id\": %s, \"text\": \"%s\", \"role\": \"%s\", \"rank\": %s,"
                + " \"deleted\": %s}";
        Path file = file(
                "o.jsonl",
                row.formatted("1", "null", "q", "prompter", "null", "false"),
                row.formatted("2", "\"1\"", "second", "assistant", "1", "false"),
                row.formatted("3", "\"1\"", "first", "assistant", "0", "false"),
                row.formatted("4", "\"1\"", "gone", "assistant", "2", "true"));

        PreferencePair pair = only(file);
        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.user("q")));
        assertThat(pair.chosen().last().content()).isEqualTo("first");
        assertThat(pair.rejected().last().content()).isEqualTo("second");
    }

    @Test
    void ranked_answers_of_torn_trees_are_told_with_their_places() throws IOException {
        String row =
                "{\"message_id\": \"%s\", \"parent_id\": \"%s\", \"text\": \"%s\", \"role\": \"%s\", \"rank\": %s}";
        Path file = file(
                "torn.jsonl",
                row.formatted("2", "gone", "and then?", "prompter", "null"),
                row.formatted("3", "2", "a", "assistant", "0"),
                row.formatted("4", "2", "b", "assistant", "1"),
                row.formatted("5", "lost", "c", "assistant", "0"),
                row.formatted("6", "lost", "d", "assistant", "1"));

        assertThat(PreferenceReaders.pairs(file, "s", null)).hasSize(1);
        TornTrees trees = RowFaults.of(file, "s", null).trees();
        assertThat(trees.orphans()).extracting(Origin::line).containsExactly(4L, 5L);
        assertThat(trees.rootless()).extracting(Origin::line).containsExactly(2L, 3L);
        assertThat(trees.answers()).isEqualTo(4);
    }

    @Test
    void ratings_carry_their_own_scale_and_missing_ones_are_absent() throws IOException {
        RatedResponse rated = PreferenceReaders.rated(
                        file(
                                "x.jsonl",
                                "{\"prompt\": \"q\", \"response\": \"a\", \"ratings\": {\"h\": \"3\", \"v\": \"N/A\", \"t\": 0},"
                                        + " \"scale\": [0, 4], \"scales\": {\"t\": [0, 1]}}"),
                        "s",
                        null)
                .getFirst();

        assertThat(rated.ratings().keySet()).containsExactly("h", "t");
        assertThat(rated.ratings())
                .containsEntry("h", new Rating(3, new RatingScale(0, 4)))
                .containsEntry("t", new Rating(0, new RatingScale(0, 1)));
        String row = "{\"prompt\": \"q\", \"response\": \"a\", \"ratings\": %s, \"scale\": [0, 4]}";
        Path wrong = file("wrong.jsonl", row.formatted("{\"h\": 4.5}"), row.formatted("[3]"), row.formatted("\"3\""));
        assertThatThrownBy(() -> PreferenceReaders.rated(wrong, "s", null))
                .hasMessageContaining("3 problems")
                .hasMessageContaining("wrong.jsonl:1: h is 4.5, which is not on its scale from 0.0 to 4.0")
                .hasMessageContaining("wrong.jsonl:2: ratings must be an object, such as {\"helpful\": 3}, not [3]")
                .hasMessageContaining("wrong.jsonl:3: ratings must be an object");
    }

    @Test
    void all_broken_rows_are_listed_with_file_and_line() throws IOException {
        Path file = file(
                "bad.jsonl",
                "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}",
                "{\"prompt\": \"q\", \"chosen\": 3, \"rejected\": \"b\"}",
                "{\"prompt\": \"q\", \"chosen\": ",
                "{\"prompt\": [{\"role\": \"boss\", \"content\": \"q\"}], \"chosen\": \"a\", \"rejected\": \"b\"}",
                "{\"prompt\": \"q\", \"chosen\": \"a\"}",
                "[1]");

        assertThatThrownBy(() -> PreferenceReaders.pairs(file, "s", null))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("bad.jsonl:2: chosen must be a text or a list of messages, not 3")
                .hasMessageContaining("bad.jsonl:3: no valid JSON")
                .hasMessageContaining("bad.jsonl:4: prompt holds")
                .hasMessageContaining("bad.jsonl:5: column rejected is absent")
                .hasMessageContaining("bad.jsonl:6: a row must be a JSON object");
        String message = "{\"message_id\": %s, \"parent_id\": %s, \"text\": \"t\", \"role\": \"%s\", \"rank\": %s}";
        Path tree = file(
                "tree.jsonl",
                message.formatted("\"1\"", "null", "prompter", "null"),
                message.formatted("5", "null", "prompter", "null"),
                message.formatted("\"2\"", "\"1\"", "boss", "0"),
                message.formatted("\"3\"", "\"1\"", "assistant", "1.5"));
        assertThatThrownBy(() -> PreferenceReaders.pairs(tree, "s", null))
                .hasMessageContaining("3 problems")
                .hasMessageContaining("tree.jsonl:2: message_id must be a text, not 5")
                .hasMessageContaining("tree.jsonl:3: role must be prompter or assistant, not boss")
                .hasMessageContaining("tree.jsonl:4: rank must be a whole number, not 1.5");
    }

    @Test
    void an_unknown_layout_lists_the_known_ones() throws IOException {
        Path file = file("u.jsonl", "{\"foo\": 1}");

        assertThatThrownBy(() -> PreferenceReaders.pairs(file, "s", null))
                .hasMessageContaining("u.jsonl:1")
                .hasMessageContaining("foo")
                .hasMessageContaining("webgpt (question");
        assertThatThrownBy(() -> DataFormat.parse("hh")).hasMessageContaining("implicit (chosen, rejected)");
        assertThatThrownBy(() -> PreferenceReaders.pairs(folder.resolve("none.jsonl"), "s", null))
                .hasMessageContaining("none.jsonl: not there");
    }

    @Test
    void arrays_gzip_csv_and_parquet_hold_the_same_rows() throws IOException, SQLException {
        String row = "{\"prompt\": \"q, with comma\", \"chosen\": \"a\", \"rejected\": \"b\"}";
        Path array = file("a.json", "[", row, "]");
        Path zipped = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(row.getBytes(StandardCharsets.UTF_8));
        }
        Path csv = file("a.csv", "prompt,chosen,rejected", "\"q, with comma\",a,b");
        Path parquet = folder.resolve("a.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'q, with comma' AS prompt, 'a' AS chosen, [{'role': 'assistant', 'content':"
                    + " 'b'}] AS rejected) TO '" + parquet + "' (FORMAT parquet)");
        }
        for (Path file : List.of(array, zipped, csv, parquet)) {
            PreferencePair pair = only(file);
            assertThat(pair.prompt().last()).isEqualTo(new Message(Role.USER, "q, with comma"));
            assertThat(pair.chosen().last()).isEqualTo(Message.assistant("a"));
            assertThat(pair.rejected().last()).isEqualTo(Message.assistant("b"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raw/hh-rlhf/harmless-base.sample.jsonl, 10",
        "raw/hh-rlhf/harmless-base.sample.jsonl.gz, 10",
        "raw/hh-rlhf/helpful-base.sample.jsonl, 10",
        "raw/oasst1/en-messages.sample.jsonl, 5",
        "raw/ultrafeedback-binarized/sample.jsonl, 5",
        "raw/dsp/helpful.sample.json, 5",
        "raw/dsp/webgpt.sample.json, 5",
        "raw/dpo-sharegpt/dpo_en_demo.sample.json, 5",
        "raw/dpo-sharegpt/dpo_zh_500.sample.jsonl, 5",
        "raw/dpo-sharegpt/dpo_zh_demo.sample.json, 5",
        "preferences/hh-helpful/train.jsonl.gz, 1360",
        "preferences/hh-harmless/train.jsonl.gz, 1334",
        "preferences/webgpt/train.jsonl.gz, 373",
        "preferences/oasst/test.jsonl.gz, 131",
        "preferences/ultrafeedback/test.jsonl.gz, 145",
        "preferences/halluqa-zh/test.jsonl.gz, 344"
    })
    void real_files_are_read_whole(String path, int atLeast) {
        List<PreferencePair> pairs = PreferenceReaders.pairs(SharedAssets.require("data/" + path), "real", null);

        assertThat(pairs).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.prompt().isEmpty()).isFalse();
            assertThat(pair.chosen().last().role()).isEqualTo(Role.ASSISTANT);
        });
    }

    @Test
    void real_lists_and_ratings_are_read_whole() {
        List<RankedResponses> lists =
                PreferenceReaders.ranked(SharedAssets.require("data/preferences/oasst/ranked.jsonl.gz"), "oasst", null);
        List<RatedResponse> ratings =
                PreferenceReaders.rated(SharedAssets.require("data/ratings/oasst/train.jsonl.gz"), "oasst", null);

        assertThat(lists).hasSize(236);
        assertThat(ratings).hasSize(701);
        assertThat(ratings.getFirst().ratings()).hasSize(6);
    }
}
