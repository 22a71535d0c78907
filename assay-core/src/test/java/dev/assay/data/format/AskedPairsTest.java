package dev.assay.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.PreferencePair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was asked is found under the names that public sets give it, read once, and never lost in silence. */
class AskedPairsTest {
    @TempDir
    Path folder;

    private Path row(String json) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), json.replace('\'', '"') + "\n");
    }

    private PreferencePair read(String json) throws IOException {
        return PreferenceReaders.pairs(row(json), "s", null).getFirst();
    }

    @Test
    void intels_pairs_have_a_system_message_and_a_question() throws IOException {
        PreferencePair pair =
                read("{'system': 'Be kind.', 'question': 'Why?', 'chosen': 'Because.', 'rejected': 'No.'}");

        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.system("Be kind."), Message.user("Why?")));
        assertThat(pair.chosen()).isEqualTo(Conversation.of(Message.assistant("Because.")));
        assertThat(pair.rejected()).isEqualTo(Conversation.of(Message.assistant("No.")));
        assertThat(read("{'system': '', 'question': 'Why?', 'chosen': 'a', 'rejected': 'b'}")
                        .prompt())
                .isEqualTo(Conversation.of(Message.user("Why?")));
    }

    @Test
    void alpacas_pairs_join_instruction_and_input_and_keep_earlier_turns() throws IOException {
        assertThat(read("{'instruction': 'Add.', 'input': '1, 2', 'chosen': '3', 'rejected': '4', 'margin': 2}"))
                .satisfies(pair -> {
                    assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.user("Add.\n1, 2")));
                    assertThat(pair.strength().margin()).hasValue(2);
                });
        assertThat(read("{'instruction': 'And now?', 'input': '', 'system': 'S', 'history': [['Hi', 'Yes?']],"
                                + " 'chosen': '3', 'rejected': '4'}")
                        .prompt())
                .isEqualTo(Conversation.of(
                        Message.system("S"), Message.user("Hi"), Message.assistant("Yes?"), Message.user("And now?")));
        assertThatThrownBy(() -> read("{'instruction': 'a', 'history': ['Hi'], 'chosen': '3', 'rejected': '4'}"))
                .hasMessageContaining("rows.jsonl:1: history must hold pairs of texts");
    }

    @Test
    void whole_conversations_beside_a_question_hold_their_prompt_themselves() throws IOException {
        PreferencePair pair = read("{'question': 'w', 'chosen': [{'role': 'user', 'content': 'Why?'},"
                + " {'role': 'assistant', 'content': 'a'}], 'rejected': [{'role': 'user', 'content': 'Why?'},"
                + " {'role': 'assistant', 'content': 'b'}]}");

        assertThat(pair.prompt()).isEqualTo(Conversation.of(Message.user("Why?")));
        assertThat(pair.chosen()).isEqualTo(Conversation.of(Message.assistant("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"input", "query", "context"})
    void bare_answers_beside_another_text_are_refused_with_the_column_to_rename(String column) throws IOException {
        Path file = row("{'" + column + "': 'Why?', 'chosen': 'Because.', 'rejected': 'No.'}");

        assertThatThrownBy(() -> PreferenceReaders.pairs(file, "s", null))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("rows.jsonl:1: chosen and rejected hold answers alone")
                .hasMessageContaining("stand in " + column)
                .hasMessageContaining("rename the column to prompt, or name the format implicit");
        assertThat(PreferenceReaders.pairs(file, "s", DataFormat.IMPLICIT)).hasSize(1);
    }

    @Test
    void a_prompt_that_both_answers_repeat_is_read_once_whatever_the_system_message_and_the_spaces()
            throws IOException {
        String turns = "[%s{'role': 'user', 'content': '%s'}, {'role': 'assistant', 'content': '%s'}]";
        String system = "{'role': 'system', 'content': '%s'}, ";
        String row = "{'prompt': 'Why?', 'chosen': " + turns + ", 'rejected': " + turns + "}";

        PreferencePair spaced = read(row.formatted("", "Why? ", "a", "", " Why?", "b"));
        assertThat(spaced.prompt()).isEqualTo(Conversation.of(Message.user("Why?")));
        assertThat(spaced.chosen()).isEqualTo(Conversation.of(Message.assistant("a")));
        assertThat(spaced.rejected()).isEqualTo(Conversation.of(Message.assistant("b")));

        PreferencePair headed =
                read(row.formatted(system.formatted("S"), "Why?", "a", system.formatted("S"), "Why?", "b"));
        assertThat(headed.prompt()).isEqualTo(Conversation.of(Message.system("S"), Message.user("Why?")));
        assertThat(headed.chosen()).isEqualTo(Conversation.of(Message.assistant("a")));

        PreferencePair divided =
                read(row.formatted(system.formatted("S"), "Why?", "a", system.formatted("T"), "Why?", "b"));
        assertThat(divided.prompt()).isEqualTo(Conversation.of(Message.user("Why?")));
        assertThat(divided.chosen().messages()).hasSize(3);
    }
}
