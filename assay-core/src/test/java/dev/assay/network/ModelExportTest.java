package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.backbone.Golden;
import dev.assay.backbone.LoadOptions;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.tensor.Precision;
import dev.assay.testing.SharedAssets;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PlainFormat;
import dev.assay.tokenization.SpecialTokens;
import dev.assay.tokenization.Truncation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelExportTest {
    private static final LoadOptions SCORING = LoadOptions.scoring(Precision.FLOAT32);

    @TempDir
    Path temporary;

    private static ModelManifest manifest(long steps) {
        return new ModelManifest(
                "method: bradley-terry\n",
                "sha256:0",
                steps,
                Precision.FLOAT32.configName(),
                new SpecialTokens(OptionalInt.of(1), OptionalInt.of(2), 0, false, true),
                PlainFormat.NAME,
                new Truncation(512, Truncation.Side.PROMPT_LEFT),
                Map.of("assay", "test"),
                List.of());
    }

    private static Map<Conversation, int[]> samples(Golden golden) {
        Map<Conversation, int[]> samples = new LinkedHashMap<>();
        for (int i = 0; i < golden.sequences().size(); i++) {
            Message question = Message.user("question " + i);
            samples.put(
                    Conversation.of(question, Message.assistant("answer")),
                    golden.sequences().get(i));
        }
        return samples;
    }

    private static void export(Golden golden, Path folder, long steps, Precision storage) {
        try (RewardNetwork network = RewardNetwork.load(golden.folder(), LoadOptions.training(Precision.FLOAT32))) {
            ModelExport.write(network, folder, golden.folder(), storage, manifest(steps), samples(golden));
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** golden/checkpoint/check_export.py loaded these very bytes and recorded the rewards it got. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gptneox", "gptneox-sequential", "llama", "llama3", "qwen2", "qwen2-sliding", "qwen3", "mistral"
            })
    void an_exported_folder_is_the_one_transformers_loaded_with_the_same_rewards(String family) throws Exception {
        Golden golden = Golden.of(family);
        Path folder = Path.of("target/exports").resolve(family);
        export(golden, folder, 10, Precision.FLOAT32);
        JsonNode recorded = JsonMapper.builder()
                .build()
                .readTree(Files.readString(Path.of("../golden/checkpoint/exported.json")))
                .required("families")
                .required(family);
        for (Map.Entry<String, JsonNode> file : recorded.required("files").properties()) {
            assertThat(sha256(folder.resolve(file.getKey())))
                    .as(file.getKey() + " has changed: run golden/checkpoint/check_export.py and look at what it says")
                    .isEqualTo(file.getValue().asString());
        }
        List<GoldenReward> mine = ModelFolder.manifest(folder).orElseThrow().golden();
        for (int i = 0; i < mine.size(); i++) {
            double theirs = recorded.required("rewards").get(i).asDouble();
            assertThat(mine.get(i).reward()).isCloseTo(theirs, Offset.offset(Tolerances.FLOAT32_OP));
        }
    }

    @Test
    void the_manifest_is_read_back_as_it_was_written() throws Exception {
        Path folder = temporary.resolve("model");
        export(Golden.of("llama"), folder, 10, Precision.BFLOAT16);
        ModelManifest read = ModelFolder.manifest(folder).orElseThrow();
        assertThat(read.golden()).hasSize(4);
        assertThat(read.withGolden(List.of())).isEqualTo(manifest(10));
        try (RewardNetwork network = RewardNetwork.load(folder, SCORING)) {
            GoldenRewards.check(network, read.golden(), "model");
        }
    }

    @Test
    void a_model_that_answers_otherwise_than_recorded_is_refused() throws Exception {
        Golden golden = Golden.of("llama");
        Path folder = temporary.resolve("model");
        export(golden, folder, 10, Precision.FLOAT32);
        GoldenReward right = ModelFolder.manifest(folder).orElseThrow().golden().getFirst();
        GoldenReward wrong = new GoldenReward(right.conversation(), right.tokens(), right.reward() + 0.01);
        try (RewardNetwork network = RewardNetwork.load(folder, SCORING)) {
            assertThatThrownBy(() -> GoldenRewards.check(network, List.of(right, wrong), "model"))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("1 problem")
                    .hasMessageContaining("question 0");
        }
    }

    @Test
    void a_folder_is_replaced_whole() throws Exception {
        Path folder = temporary.resolve("model");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("stale.txt"), "from another model");
        export(Golden.of("llama"), folder, 10, Precision.FLOAT32);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("config.json", "model.safetensors", "assay.json");
        assertThat(temporary.toFile().list()).containsExactly("model");
    }

    @Test
    void a_head_that_was_never_trained_does_not_score() throws Exception {
        Path folder = temporary.resolve("model");
        export(Golden.of("llama"), folder, 0, Precision.FLOAT32);
        assertThatThrownBy(() -> RewardNetwork.load(folder, SCORING))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("trained_steps = 0");
    }

    @Test
    void a_language_model_without_a_head_does_not_score() {
        Path languageModel = SharedAssets.require("models/stories260k");
        assertThatThrownBy(() -> RewardNetwork.load(languageModel, SCORING))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("has no score.weight");
        try (RewardNetwork fresh = RewardNetwork.fresh(languageModel, LoadOptions.training(Precision.FLOAT32), 3)) {
            assertThat(fresh.trainable().names()).contains("score.weight", "model.norm.weight");
        }
    }
}
