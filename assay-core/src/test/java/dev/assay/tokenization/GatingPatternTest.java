package dev.assay.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.testing.SharedAssets;
import dev.assay.tokenization.chat.ChatTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatingPatternTest {
    private static final String CHAT_ML = "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}"
            + "<end>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";

    /** Gemma-2's as published. */
    private static final String GEMMA_2 = "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
            + "{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}"
            + "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
            + "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
            + "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}"
            + "{% else %}{% set role = message['role'] %}{% endif %}"
            + "{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}";

    /** Llama-3's as published, without the mark that begins a text. */
    private static final String LLAMA_3 = "{% for message in messages %}{{ '<|start_header_id|>' + message['role']"
            + " + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

    /** The ids of some marks, the longest first that match; one id a character of everything else. */
    private record Marks(Map<String, Integer> ids) implements Tokenizer {
        private static final int CHARACTERS = 1_000_000;

        static Marks chat() {
            return new Marks(Map.of("<user>", 1000, "<assistant>", 1001, "<end>", 1002));
        }

        /** What Gemma-2's tokenizer makes of the marks and of the words between them: lines that are empty are one token. */
        static Marks gemma() {
            return new Marks(Map.of(
                    "<bos>",
                    2,
                    "<start_of_turn>",
                    106,
                    "<end_of_turn>",
                    107,
                    "\n",
                    108,
                    "\n\n",
                    109,
                    "model",
                    2516,
                    "user",
                    1645));
        }

        /** Likewise Llama-3's. */
        static Marks llama() {
            return new Marks(Map.of(
                    "<|begin_of_text|>",
                    128000,
                    "<|start_header_id|>",
                    128006,
                    "<|end_header_id|>",
                    128007,
                    "<|eot_id|>",
                    128009,
                    "\n",
                    198,
                    "\n\n",
                    271,
                    "user",
                    882,
                    "assistant",
                    78191));
        }

        @Override
        public int[] encode(String text) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < text.length(); ) {
                String rest = text.substring(i);
                String mark = ids.keySet().stream()
                        .filter(rest::startsWith)
                        .max(Comparator.comparing(String::length))
                        .orElse("");
                found.add(ids.getOrDefault(mark, CHARACTERS + text.charAt(i)));
                i += Math.max(1, mark.length());
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public List<int[]> encodeAll(List<String> texts) {
            return texts.stream().map(this::encode).toList();
        }

        @Override
        public String decode(int[] tokens) {
            return IntStream.of(tokens)
                    .mapToObj(id -> ids.entrySet().stream()
                            .filter(mark -> mark.getValue() == id)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElseGet(() -> Character.toString(id - CHARACTERS)))
                    .reduce("", String::concat);
        }

        @Override
        public SpecialTokens specialTokens() {
            return new SpecialTokens(begin(), OptionalInt.empty(), 0, begin().isPresent(), false);
        }

        private OptionalInt begin() {
            return ids.entrySet().stream()
                    .filter(mark -> List.of("<bos>", "<|begin_of_text|>").contains(mark.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .findFirst();
        }

        @Override
        public int vocabularySize() {
            return 2 * CHARACTERS;
        }

        @Override
        public void close() {}
    }

    @Test
    void the_position_is_where_the_last_occurrence_begins() {
        int[] llama = {
            128000, 9, 128009, 128006, 78191, 128007, 271, 5, 128009, 128006, 882, 128007, 271, 6, 128009, 128006,
            78191, 128007, 271, 7, 128009
        };
        int[] gemma = {2, 106, 1645, 108, 17534, 107, 108, 106, 2516, 108, 4521, 107, 108};

        assertThat(GatingPattern.LLAMA_3.position(llama)).isEqualTo(14);
        assertThat(GatingPattern.GEMMA_2.position(gemma)).isEqualTo(5);
        assertThat(new GatingPattern(new int[] {1, 1}).position(new int[] {1, 1, 1}))
                .isEqualTo(1);
    }

    @Test
    void tokens_without_the_pattern_are_refused() {
        assertThatThrownBy(() -> GatingPattern.GEMMA_2.position(new int[] {107, 108, 106, 2516}))
                .hasMessageContaining("[107, 108, 106, 2516, 108]")
                .hasMessageContaining("chat template");
        assertThatThrownBy(() -> new GatingPattern(new int[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_pattern_is_what_stands_between_the_question_and_the_answer() {
        assertThat(GatingPattern.of(Marks.chat(), ChatTemplate.compile(CHAT_ML)))
                .contains(new GatingPattern(new int[] {1002, 1001}));
    }

    @Test
    void a_template_without_a_mark_of_its_own_has_no_pattern() {
        for (String template : List.of(
                "{% for message in messages %}{{ message['content'] }}{% endfor %}",
                "{% for message in messages %}{{ message['content'] }}\n{% endfor %}",
                "{% for message in messages %}{{ message['content'] }}<end>{% endfor %}")) {
            assertThat(GatingPattern.of(Marks.chat(), ChatTemplate.compile(template)))
                    .as(template)
                    .isEmpty();
        }
    }

    @Test
    void gemma_2s_template_gives_the_published_pattern() {
        assertThat(GatingPattern.of(Marks.gemma(), ChatTemplate.compile(GEMMA_2)))
                .contains(new GatingPattern(new int[] {107, 108, 106, 2516, 108}))
                .contains(GatingPattern.GEMMA_2);
    }

    @Test
    void llama_3s_template_gives_the_published_pattern_without_its_tokenizer_at_hand() {
        assertThat(GatingPattern.of(Marks.llama(), ChatTemplate.compile(LLAMA_3)))
                .contains(new GatingPattern(new int[] {128009, 128006, 78191, 128007, 271}))
                .contains(GatingPattern.LLAMA_3);
    }

    @Test
    void llama_3s_template_gives_the_published_pattern() {
        var folder = SharedAssets.require("tokenizers/llama-3");
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            assertThat(GatingPattern.of(tokenizer, ChatFormat.of(folder))).contains(GatingPattern.LLAMA_3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3", "qwen2", "minimind"})
    void a_derived_pattern_ends_the_last_question_whatever_stands_around_it(String name) {
        var folder = SharedAssets.require("tokenizers/" + name);
        ChatFormat format = ChatFormat.of(folder);
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            GatingPattern pattern = GatingPattern.of(tokenizer, format).orElseThrow();
            for (String answer : List.of("yes", "\n\nNo: 3 <b>\n", "1")) {
                int[] ids = tokenizer.encode(format.whole(
                        Conversation.of(
                                Message.system("Be brief."),
                                Message.user("Is it?"),
                                Message.assistant("Is what?"),
                                Message.user("It, \u00fcber all.\n")),
                        Conversation.of(Message.assistant(answer))));
                int position = pattern.position(ids);

                String before =
                        tokenizer.decode(IntStream.of(ids).limit(position).toArray());
                String after = tokenizer.decode(IntStream.of(ids).skip(position).toArray());
                assertThat(before.strip()).endsWith("It, \u00fcber all.");
                assertThat(after).contains("assistant").doesNotContain("user");
            }
        }
    }
}
