package dev.assay.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The pairs ArmoRM's gate is trained on, each from rows in its published columns; the rows are made up. */
class PublishedPreferencesTest {
    private static final String HELPSTEER =
            "{\"prompt\":\"%s\",\"response\":\"%s\",\"helpfulness\":%d,\"correctness\":4,"
                    + "\"coherence\":4,\"complexity\":1,\"verbosity\":1}\n";

    @TempDir
    Path folder;

    private Path rows(String rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), rows);
    }

    private List<PreferencePair> pairs(DataFormat told, String rows) throws IOException {
        Path file = rows(rows);
        assertThat(PreferenceReaders.format(file)).isEqualTo(told);
        return PreferenceReaders.pairs(file, "s", null);
    }

    /** {@code better>worse} of each pair. */
    private static List<String> shown(List<PreferencePair> pairs) {
        return pairs.stream()
                .map(pair -> pair.chosen().last().content() + ">"
                        + pair.rejected().last().content())
                .toList();
    }

    @Test
    void helpsteer_answers_to_one_prompt_are_ranked_by_helpfulness_wherever_they_stand() throws IOException {
        String rows = HELPSTEER.formatted("q", "a", 1)
                + HELPSTEER.formatted("alone", "x", 4)
                + HELPSTEER.formatted("q", "b", 3)
                + HELPSTEER.formatted("q", "c", 1);

        assertThat(shown(pairs(DataFormat.HELPSTEER, rows))).containsExactly("b>a", "b>c");
        assertThat(PreferenceReaders.ranked(rows(rows), "s", null)).hasSize(1);
    }

    @Test
    void a_strength_above_zero_prefers_the_second_response_of_helpsteer2() throws IOException {
        String row = "{\"split\":\"train\",\"prompt\":\"q\",\"response_1\":\"a\",\"response_2\":\"b\","
                + "\"preference_strength\":%d,\"preference_statement\":\"s\"}\n";
        List<PreferencePair> pairs =
                pairs(DataFormat.HELPSTEER_PREFERENCE, row.formatted(2) + row.formatted(-1) + row.formatted(0));

        assertThat(shown(pairs)).containsExactly("b>a", "a>b", "a>b");
        assertThat(pairs.get(0).strength().margin()).hasValue(2);
        assertThat(pairs.get(1).strength().margin()).hasValue(1);
        assertThat(pairs.get(2).strength().isTie()).isTrue();
    }

    @Test
    void ultrafeedback_is_ranked_by_its_aspects_whatever_the_overall_score_says() throws IOException {
        String completion =
                "{\"model\":\"m\",\"response\":\"%s\",\"annotations\":{\"instruction_following\":{\"Rating\":\"%s\"},"
                        + "\"honesty\":{\"Rating\":\"%s\"},\"truthfulness\":{\"Rating\":\"3\"},\"helpfulness\":{\"Rating\":\"3\"}},"
                        + "\"overall_score\":%s}";
        String row = "{\"instruction\":\"q\",\"completions\":["
                + completion.formatted("poor", "1", "1", "10") + ","
                + completion.formatted("good", "5", "N/A", "8") + ","
                + "{\"model\":\"n\",\"response\":\"unrated\",\"annotations\":{},\"overall_score\":10}]}\n";

        assertThat(shown(pairs(DataFormat.ULTRAFEEDBACK, row))).containsExactly("good>poor");
        assertThat(RowFaults.of(rows(row), "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(1L);
        assertThat(RowFaults.of(rows(row.replace("\"1\"", "\"5\"").replace("\"3\"", "\"4\"")), "s", null)
                        .inverted())
                .as("aspects above 4 bear a ten out")
                .isEmpty();
    }

    @Test
    void code_answers_are_ranked_by_number_and_not_by_the_text_of_their_rating() throws IOException {
        assertThat(shown(pairs(DataFormat.CODE_ULTRAFEEDBACK, """
                {"instruction":"q","preference":"style","responses":[{"model":"m","response":"a"},{"model":"n","response":"b"},{"model":"o","response":"c"}],\
                "annotations":[{"model":"o","rating":"4.5"},{"model":"n","rating":" 5"},{"model":"m","rating":"N/A"}]}
                """))).containsExactly("b>c");
    }

    @Test
    void better_and_safer_are_two_formats_and_rows_they_divide_are_listed() throws IOException {
        String row = "{\"prompt\":\"q\",\"response_0\":\"a\",\"response_1\":\"b\",\"is_response_0_safe\":false,"
                + "\"is_response_1_safe\":true,\"better_response_id\":%d,\"safer_response_id\":%d}\n";
        String rows = row.formatted(0, 1) + row.formatted(1, 1);

        assertThat(shown(pairs(DataFormat.SAFERLHF, rows))).containsExactly("a>b", "b>a");
        Path file = rows(rows);
        assertThat(shown(PreferenceReaders.pairs(file, "s", DataFormat.SAFERLHF_SAFER)))
                .containsExactly("b>a", "b>a");
        assertThat(RowFaults.of(file, "s", null).divided())
                .extracting(Origin::line)
                .containsExactly(1L);
        assertThat(RowFaults.of(file, "s", null).inverted()).isEmpty();
    }

    @Test
    void label_one_of_shp_is_answer_a() throws IOException {
        String row =
                "{\"post_id\":\"p\",\"domain\":\"d\",\"history\":\"q\",\"human_ref_A\":\"a\",\"human_ref_B\":\"b\",\"labels\":%d,"
                        + "\"score_A\":%d,\"score_B\":4}\n";
        List<PreferencePair> pairs =
                pairs(DataFormat.SHP, row.formatted(1, 9) + row.formatted(0, 1) + row.formatted(1, 2));

        assertThat(shown(pairs)).containsExactly("a>b", "b>a", "a>b");
        assertThat(pairs.get(0).strength().margin()).hasValue(5);
        assertThat(pairs.get(1).strength().margin()).hasValue(3);
        assertThat(pairs.get(2).strength().margin())
                .as("votes against the label")
                .isEmpty();
        assertThat(RowFaults.of(folder.resolve("rows.jsonl"), "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(3L);
    }

    @Test
    void the_preference_collection_prefers_a_letter() throws IOException {
        String row =
                "{\"orig_criteria\":\"c\",\"orig_instruction\":\"q\",\"orig_response_A\":\"a\",\"orig_response_B\":\"b\","
                        + "\"orig_score_A\":\"2\",\"orig_score_B\":\"5\",\"orig_preference\":\"%s\",\"instruction\":\"###Task\"}\n";
        List<PreferencePair> pairs = pairs(DataFormat.PREFERENCE_COLLECTION, row.formatted("B") + row.formatted("A"));

        assertThat(shown(pairs)).containsExactly("b>a", "a>b");
        assertThat(pairs.getFirst().strength().margin()).hasValue(3);
        assertThat(RowFaults.of(folder.resolve("rows.jsonl"), "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(2L);
        assertThatThrownBy(() -> pairs(DataFormat.PREFERENCE_COLLECTION, row.formatted("C")))
                .hasMessageContaining("rows.jsonl:1: orig_preference must be A or B, not \"C\"");
    }

    @Test
    void argilla_pairs_lead_by_their_ratings_and_a_tie_is_one() throws IOException {
        String capybara =
                "{\"chosen\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}],"
                        + "\"rejected\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"b\"}],"
                        + "\"chosen_rating\":%d,\"rejected_rating\":3,\"chosen_model\":\"m\",\"rejected_model\":\"n\"}\n";
        List<PreferencePair> capybaras = pairs(DataFormat.CAPYBARA, capybara.formatted(5) + capybara.formatted(2));
        assertThat(capybaras.getFirst().prompt()).isEqualTo(Conversation.of(Message.user("q")));
        assertThat(capybaras.getFirst().strength().margin()).hasValue(2);
        assertThat(RowFaults.of(folder.resolve("rows.jsonl"), "s", null).inverted())
                .extracting(Origin::line)
                .containsExactly(2L);

        String orca =
                "{\"system\":\"\",\"input\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\",\"generations\":[\"b\",\"a\"],"
                        + "\"rating\":[%d,8],\"status\":\"%s\"}\n";
        List<PreferencePair> orcas = pairs(DataFormat.ORCA, orca.formatted(6, "swapped") + orca.formatted(8, "tie"));
        assertThat(orcas.getFirst().strength().margin()).hasValue(2);
        assertThat(orcas.getLast().strength().isTie()).isTrue();

        assertThat(pairs(DataFormat.MATH_PREFERENCE, """
                {"instruction":"q","chosen_response":"a","chosen_rating":5,"rejected_response":"b","rejected_rating":1}
                """).getFirst().strength().margin())
                .hasValue(4);
    }

    @Test
    void prm800k_puts_faultless_solutions_of_a_problem_before_faulty_ones() throws IOException {
        String row =
                "{\"labeler\":\"l\",\"generation\":9,\"is_quality_control_question\":false,\"question\":{\"problem\":\"q\","
                        + "\"pre_generated_steps\":[\"one\",\"%s\"]},\"label\":{\"steps\":[],\"finish_reason\":\"%s\"}}\n";
        List<PreferencePair> pairs = pairs(
                DataFormat.PRM800K,
                row.formatted("wrong", "found_error")
                        + row.formatted("right", "solution")
                        + row.formatted("right", "solution")
                        + row.formatted("unclear", "give_up"));

        assertThat(shown(pairs)).containsExactly("one\nright>one\nwrong");
        assertThatThrownBy(() -> pairs(
                        DataFormat.PRM800K,
                        row.replace("[\"one\",\"%s\"]", "null").formatted("solution")))
                .hasMessageContaining("rows.jsonl:1: question.pre_generated_steps must list the steps");
    }

    @Test
    void the_standard_form_of_rlhflow_is_told_by_its_messages() throws IOException {
        List<PreferencePair> pairs = pairs(DataFormat.IMPLICIT, """
                {"chosen":[{"content":"q","role":"user"},{"content":"a","role":"assistant"}],"rejected":[{"content":"q","role":"user"},{"content":"b","role":"assistant"}],"chosen_score":8.0,"rejected_score":5.5}
                """);

        assertThat(shown(pairs)).containsExactly("a>b");
        assertThat(pairs.getFirst().strength().margin()).hasValue(2.5);
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void every_format_but_those_of_ratings_alone_makes_preferences(DataFormat format) throws IOException {
        PreferenceRows rows = new PreferenceRows("s", preference -> {});
        Row row = new Row(JsonMapper.shared().readTree("{}"), "file", 1);
        boolean refused = false;
        try {
            rows.read(row, format);
        } catch (BadRow e) {
            refused = String.valueOf(e.getMessage()).startsWith("ratings hold no preference");
        }
        assertThat(refused).isEqualTo(!format.holdsPreferences());
    }
}
