package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.network.NeuralRewardModel;
import dev.assay.recipe.RewardModels;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder in the published layout that Assay did not write; golden/armorm/published.py wrote it and its answers. */
class PublishedMixtureTest {
    private static final Path FOLDER = Path.of("../golden/armorm/published");
    private static final List<JsonNode> GOLDEN = StreamSupport.stream(
                    JsonMapper.shared()
                            .readTree(FOLDER.resolve("golden.json").toFile())
                            .get("conversations")
                            .spliterator(),
                    false)
            .toList();

    @TempDir
    Path temporary;

    private static List<Conversation> conversations() {
        return GOLDEN.stream()
                .map(line -> {
                    List<Message> messages = new ArrayList<>();
                    line.get("turns")
                            .forEach(turn -> messages.add(
                                    messages.size() % 2 == 0
                                            ? Message.user(turn.asString())
                                            : Message.assistant(turn.asString())));
                    return new Conversation(messages);
                })
                .toList();
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void rewards_gate_and_score_are_those_of_the_published_forward_pass() {
        try (RewardModel model = RewardModels.load(FOLDER.toString())) {
            List<Reward> rewards = model.score(conversations());
            for (int i = 0; i < rewards.size(); i++) {
                Reward mine = rewards.get(i);
                JsonNode golden = GOLDEN.get(i);
                List<ObjectivePart> parts = ((Explanation.Mixture) mine.explanation()).parts();
                double[] gate = doubles(golden.get("gating_output"));
                double scale = Stream.of(golden.get("gating_output"))
                        .flatMapToDouble(all -> Arrays.stream(doubles(all)))
                        .sum();
                assertThat(mine.value()).isCloseTo(golden.get("score").asDouble(), within(Tolerances.FLOAT32_OP));
                assertThat(parts.stream().mapToDouble(ObjectivePart::reward).toArray())
                        .containsExactly(doubles(golden.get("rewards")), within(Tolerances.FLOAT32_OP));
                assertThat(parts.stream()
                                .mapToDouble(part -> part.gate() * scale)
                                .toArray())
                        .containsExactly(gate, within(Tolerances.FLOAT32_OP));
                assertThat(mine.tokens()).isEqualTo(golden.get("tokens").size());
                assertThat(parts).allMatch(part -> Double.isNaN(part.standardError()));
            }
        }
    }

    @Test
    void rewards_do_not_depend_on_what_is_scored_beside() {
        try (RewardModel model = MixtureRewardModel.load(FOLDER)) {
            List<Conversation> all = conversations();
            double[] alone = all.stream()
                    .mapToDouble(conversation -> model.score(conversation).value())
                    .toArray();
            assertThat(model.score(all).stream().mapToDouble(Reward::value).toArray())
                    .containsExactly(alone, within(Tolerances.FLOAT32_OP));
            assertThat(alone).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_value_is_the_sum_of_its_contributions_to_the_last_bit() {
        try (RewardModel model = MixtureRewardModel.load(FOLDER)) {
            for (Reward reward : model.score(conversations())) {
                double sum = 0;
                for (ObjectivePart part : ((Explanation.Mixture) reward.explanation()).parts()) {
                    sum += part.contribution();
                }
                assertThat(reward.value()).isEqualTo(sum);
                assertThat(reward.objectives()).containsKey(new Objective("objective-5"));
            }
        }
    }

    @Test
    void an_answer_that_leaves_no_room_for_its_prompt_is_scored_as_a_cut_text_and_costs_no_other_its_reward() {
        Conversation endless = Conversation.of(Message.user("Q"), Message.assistant("la ".repeat(200)));
        Conversation brief = Conversation.of(Message.user("Q"), Message.assistant("la"));
        try (RewardModel model = MixtureRewardModel.load(FOLDER)) {
            List<Reward> rewards = model.score(List.of(endless, brief));
            assertThat(rewards.getFirst().truncated()).isTrue();
            assertThat(rewards.getFirst().value()).isFinite();
            assertThat(rewards.getLast().truncated()).isFalse();
            assertThat(rewards.getLast().value()).isCloseTo(model.score(brief).value(), within(Tolerances.FLOAT32_OP));
        }
    }

    @Test
    void an_answer_to_nothing_is_refused() {
        try (RewardModel model = MixtureRewardModel.load(FOLDER)) {
            assertThatThrownBy(() -> model.score(Conversation.of(Message.assistant("la"))))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("do not occur");
        }
    }

    @Test
    void one_error_names_every_tensor_that_does_not_fit() throws Exception {
        Path broken = copy(Map.of("\"num_objectives\": 5", "\"num_objectives\": 6"), List.of("gating.layers.2.bias"));
        assertThatThrownBy(() -> MixtureRewardModel.load(broken))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("regression_layer.weight is [5, 24], expected [6, 24]")
                .hasMessageContaining("reward_transform_matrix is [5, 5], expected [6, 6]")
                .hasMessageContaining("gating.layers.2.bias is missing, expected [8]");
    }

    @Test
    void a_folder_without_its_decoder_is_refused() throws Exception {
        Path broken = copy(Map.of(), List.of("model.norm.weight"));
        assertThatThrownBy(() -> MixtureRewardModel.load(broken))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("model.norm.weight is missing");
    }

    @Test
    void quantiles_under_the_same_names_are_refused() throws Exception {
        Path other = copy(Map.of("\"num_objectives\": 5", "\"num_objectives\": 5, \"num_quantiles\": 19"), List.of());
        assertThatThrownBy(() -> MixtureRewardModel.load(other)).hasMessageContaining("num_quantiles is set");
    }

    @Test
    void a_mixture_is_not_mistaken_for_a_scalar_model() {
        assertThatThrownBy(() -> NeuralRewardModel.load(FOLDER))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("mixes objectives by a gate");
    }

    @Test
    void where_the_template_does_not_say_what_the_gate_reads_a_file_of_two_entries_does() throws Exception {
        Path folder = copy(Map.of(), List.of());
        Path tokenizer = folder.resolve("tokenizer_config.json");
        String silent = "{\"chat_template\": \"{% for m in messages %}{{ m['content'] }}{% endfor %}\"}";
        Files.writeString(tokenizer, silent);
        assertThatThrownBy(() -> MixtureRewardModel.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("{\"version\": 1, \"prompt_position\": [IDS]}");
        Files.copy(FOLDER.resolve("tokenizer_config.json"), tokenizer, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("mixture.json"), "{\"version\": 1, \"prompt_position\": [4, 6]}");
        try (RewardModel named = MixtureRewardModel.load(folder);
                RewardModel found = MixtureRewardModel.load(FOLDER)) {
            assertThat(named.score(conversations())).isEqualTo(found.score(conversations()));
        }
        Files.writeString(folder.resolve("mixture.json"), "{\"version\": 1, \"prompt_position\": \"last-token\"}");
        try (RewardModel last = MixtureRewardModel.load(folder)) {
            assertThat(last.score(conversations())).hasSize(GOLDEN.size());
        }
    }

    private Path copy(Map<String, String> config, List<String> without) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("copy"));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(FOLDER.resolve(file), folder.resolve(file));
        }
        String json = Files.readString(FOLDER.resolve("config.json"));
        for (Map.Entry<String, String> change : config.entrySet()) {
            assertThat(json).contains(change.getKey());
            json = json.replace(change.getKey(), change.getValue());
        }
        Files.writeString(folder.resolve("config.json"), json);
        try (TensorScope scope = TensorScope.open();
                SafetensorsFile file = SafetensorsFile.open(FOLDER.resolve("model.safetensors"))) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().stream()
                    .filter(name -> !without.contains(name))
                    .forEach(name -> tensors.put(name, file.tensor(name)));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
            assertThat(Tensors.shape(file.tensor("regression_layer.weight"))).containsExactly(5, 24);
        }
        return folder;
    }
}
