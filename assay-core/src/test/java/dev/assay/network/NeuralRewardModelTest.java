package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.reward.Reward;
import dev.assay.tensor.Precision;
import dev.assay.testing.Tolerances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuralRewardModelTest {
    private static final Offset<Double> SAME = Offset.offset(Tolerances.FLOAT32_OP);

    @TempDir
    Path temporary;

    /** Prompts shared by several answers, prompts of one answer, short and long, mixed up. */
    private static List<Conversation> conversations() {
        List<Conversation> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String prompt = "tell me about a thing ".repeat(i % 3) + (char) ('a' + i % 5);
            all.add(Conversation.of(
                    Message.user(prompt), Message.assistant("yes ".repeat(1 + i % 4) + (char) ('a' + i))));
        }
        return all;
    }

    private static double[] values(List<Reward> rewards) {
        return rewards.stream().mapToDouble(Reward::value).toArray();
    }

    private NeuralRewardModel model(String family) {
        return NeuralRewardModel.load(ScoringModels.export(family, temporary.resolve("model")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gptneox", "mistral", "qwen3"})
    void batched_rewards_are_those_of_each_conversation_alone_in_the_order_given(String family) {
        List<Conversation> all = conversations();
        try (NeuralRewardModel model = model(family)) {
            double[] alone = all.stream()
                    .mapToDouble(conversation -> model.score(conversation).value())
                    .toArray();
            assertThat(values(model.score(all))).containsExactly(alone, SAME);
            assertThat(values(model.score(all.reversed())))
                    .containsExactly(values(model.score(all).reversed()), SAME);
            assertThat(alone).doesNotHaveDuplicates();
        }
    }

    @Test
    void tokens_and_truncation_are_reported() {
        try (NeuralRewardModel model = model("llama")) {
            List<Reward> rewards = model.score(List.of(
                    Conversation.of(Message.user("hi"), Message.assistant("ho")),
                    Conversation.of(Message.user("hi ".repeat(50)), Message.assistant("ho"))));
            assertThat(rewards.get(0).truncated()).isFalse();
            assertThat(rewards.get(0).tokens()).isEqualTo(1 + "\n\nHuman: hi\n\nAssistant: ho".length() + 1);
            assertThat(rewards.get(1).truncated()).isTrue();
            assertThat(rewards.get(1).tokens()).isEqualTo(48);
        }
    }

    @Test
    void many_threads_get_the_same_rewards() throws Exception {
        List<Conversation> all = conversations();
        try (NeuralRewardModel model = model("llama");
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            double[] expected = values(model.score(all));
            List<Callable<double[]>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> values(model.score(all)));
            }
            for (Future<double[]> call : pool.invokeAll(calls)) {
                assertThat(call.get()).containsExactly(expected, SAME);
            }
        }
    }

    @Test
    void bfloat16_is_near() {
        Path folder = ScoringModels.export("llama", temporary.resolve("model"));
        List<Conversation> all = conversations();
        try (NeuralRewardModel fine = NeuralRewardModel.load(folder);
                NeuralRewardModel coarse = NeuralRewardModel.load(folder, Precision.BFLOAT16)) {
            double[] expected = values(fine.score(all));
            double[] rewards = values(coarse.score(all));
            assertThat(rewards).containsExactly(expected, Offset.offset(10 * Tolerances.BFLOAT16));
        }
    }

    @Test
    void nothing_asked_is_nothing_answered() {
        try (NeuralRewardModel model = model("llama")) {
            assertThat(model.score(List.of())).isEmpty();
            assertThatThrownBy(() -> model.score(Conversation.of()))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("conversation 1 has no message");
            assertThatThrownBy(() -> model.score(Conversation.of(Message.user("hi"))))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("ends with a message of the user");
        }
    }

    @Test
    void a_tokenizer_that_was_changed_is_refused() throws Exception {
        Path folder = ScoringModels.export("llama", temporary.resolve("model"));
        Path file = folder.resolve("tokenizer_config.json");
        Files.writeString(file, Files.readString(file).replace("\"add_bos_token\":true", "\"add_bos_token\":false"));
        assertThatThrownBy(() -> NeuralRewardModel.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("does not read text as it did")
                .hasMessageContaining("\"Tell me a joke.");
    }

    @Test
    void weights_that_were_changed_are_refused() throws Exception {
        Path folder = ScoringModels.export("llama", temporary.resolve("model"));
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 0x40; // the exponent of the head's last number
        Files.write(weights, bytes);
        assertThatThrownBy(() -> NeuralRewardModel.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("does not give the rewards recorded");
    }

    @Test
    void where_padding_is_the_end_of_text_a_public_folder_is_pooled_before_it() throws Exception {
        Path folder = ScoringModels.export("llama", temporary.resolve("model"));
        Files.delete(folder.resolve("assay.json"));
        Conversation conversation = Conversation.of(Message.user("hi"), Message.assistant("ho"));
        Path config = folder.resolve("config.json");
        int ended;
        try (NeuralRewardModel model = NeuralRewardModel.load(folder)) {
            ended = model.score(conversation).tokens();
        }
        Files.writeString(config, Files.readString(config).replace("\"pad_token_id\" : 0", "\"pad_token_id\" : 2"));
        try (NeuralRewardModel model = NeuralRewardModel.load(folder)) {
            assertThat(model.score(conversation).tokens()).isEqualTo(ended - 1);
        }
    }

    @Test
    void a_public_folder_with_a_chat_template_is_read_by_it() throws Exception {
        Path folder = ScoringModels.export("llama", temporary.resolve("model"));
        Files.delete(folder.resolve("assay.json"));
        Conversation conversation = Conversation.of(Message.user("hi there"), Message.assistant("ho"));
        int plain;
        try (NeuralRewardModel model = NeuralRewardModel.load(folder)) {
            plain = model.score(conversation).tokens();
        }
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[-1].content }}");
        try (NeuralRewardModel model = NeuralRewardModel.load(folder)) {
            assertThat(model.score(conversation).tokens()).isBetween(1, plain - 1);
        }
    }

    @Test
    void a_closed_model_says_so() {
        NeuralRewardModel model = model("llama");
        model.close();
        model.close();
        assertThatThrownBy(() -> model.score(conversations())).isInstanceOf(IllegalStateException.class);
    }
}
