package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.MixtureSupplement;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.network.ModelExport;
import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.reward.ScoredPair;
import dev.assay.reward.Steering;
import dev.assay.tensor.TensorScope;
import dev.assay.testing.Tolerances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MixtureFolderTest {
    private static final Conversation ONE = Conversation.of(Message.user("Hi, who?"), Message.assistant("Me."));

    @TempDir
    Path temporary;

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static List<ObjectivePart> parts(Reward reward) {
        return ((Explanation.Mixture) reward.explanation()).parts();
    }

    /** golden/armorm/published.py loaded these very bytes and recorded rewards, gate and score. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "gptneox", "qwen3"})
    void a_written_folder_is_the_one_the_published_forward_pass_loaded_with_the_same_answers(String family)
            throws Exception {
        Path folder = Path.of("target/mixtures").resolve(family);
        try (ObjectiveMixture mixture = Mixtures.random(24, 0, 7)) {
            Mixtures.write(folder, Mixtures.backbone(family, temporary), mixture);
            assertThat(MixtureFolder.unpublished(mixture)).isEmpty();
        }
        JsonNode recorded = JsonMapper.shared()
                .readTree(Path.of("../golden/armorm/mixtures.json").toFile())
                .required("folders")
                .required(family);
        for (Map.Entry<String, JsonNode> file : recorded.required("files").properties()) {
            assertThat(sha256(folder.resolve(file.getKey())))
                    .as(file.getKey() + " has changed: run golden/armorm/published.py check and look at what it says")
                    .isEqualTo(file.getValue().asString());
        }
        List<GoldenReward> golden = ModelFolder.manifest(folder).orElseThrow().golden();
        try (MixtureRewardModel model = MixtureRewardModel.load(folder)) {
            List<Reward> mine =
                    model.score(golden.stream().map(GoldenReward::conversation).toList());
            for (int i = 0; i < mine.size(); i++) {
                JsonNode theirs = recorded.required("answers").get(i);
                double[] gate = doubles(theirs.required("gating_output"));
                assertThat(mine.get(i).value())
                        .isCloseTo(theirs.required("score").asDouble(), within(Tolerances.FLOAT32_OP));
                assertThat(parts(mine.get(i)).stream()
                                .mapToDouble(ObjectivePart::reward)
                                .toArray())
                        .containsExactly(doubles(theirs.required("rewards")), within(Tolerances.FLOAT32_OP));
                assertThat(parts(mine.get(i)).stream()
                                .mapToDouble(part -> part.gate() * Mixtures.SCALE)
                                .toArray())
                        .containsExactly(gate, within(Tolerances.FLOAT32_OP));
            }
        }
    }

    @Test
    void intercepts_scales_names_length_and_errors_come_back() {
        Path folder = temporary.resolve("model");
        Explanation.Mixture before;
        try (ObjectiveMixture mixture = Mixtures.random(24, 0.01, 8)) {
            Mixtures.write(folder, Mixtures.backbone("llama", temporary), mixture);
            before = Mixtures.explain(mixture, folder, ONE);
            assertThat(MixtureFolder.unpublished(mixture)).hasSize(2);
        }
        try (MixtureRewardModel model = MixtureRewardModel.load(folder)) {
            Explanation.Mixture after = (Explanation.Mixture) model.score(ONE).explanation();
            assertThat(after.parts()).hasSameSizeAs(before.parts()).hasSize(Mixtures.OBJECTIVES + 1);
            for (int k = 0; k < after.parts().size(); k++) {
                ObjectivePart mine = after.parts().get(k);
                ObjectivePart was = before.parts().get(k);
                assertThat(mine.objective()).isEqualTo(was.objective());
                assertThat(mine.reward()).isCloseTo(was.reward(), within(Tolerances.FLOAT32_OP));
                assertThat(mine.original()).isCloseTo(was.original(), within(Tolerances.FLOAT32_OP));
                assertThat(mine.coefficient()).isCloseTo(was.coefficient(), within(Tolerances.FLOAT32_OP));
                assertThat(mine.standardError()).isCloseTo(was.standardError(), within(Tolerances.FLOAT32_OP));
            }
            assertThat(after.parts().getLast().reward()).isEqualTo("<|assistant|>Me.<|end|>".length() - 18);
            assertThat(after.standardErrorBound()).isPositive();
        }
    }

    @Test
    void a_pair_has_the_rewards_of_its_answers_and_errors_of_their_differences() {
        Path folder = temporary.resolve("model");
        try (ObjectiveMixture mixture = Mixtures.random(24, 0.01, 8)) {
            Mixtures.write(folder, Mixtures.backbone("llama", temporary), mixture);
        }
        Conversation other = Conversation.of(Message.user("Hi, who?"), Message.assistant("Somebody else."));
        try (MixtureRewardModel model = MixtureRewardModel.load(folder)) {
            ScoredPair pair = model.scorePair(ONE, other);
            assertThat(List.of(pair.first(), pair.second())).isEqualTo(model.score(List.of(ONE, other)));
            PairExplanation explanation = pair.explanation().orElseThrow();
            assertThat(explanation.differences()).hasSize(Mixtures.OBJECTIVES + 1);
            for (PairExplanation.Difference one : explanation.differences()) {
                // The length of an answer is known.
                boolean exact = one.objective().equals(ObjectiveMixture.LENGTH);
                assertThat(one.standardError() == 0).as(one.toString()).isEqualTo(exact);
            }
            double bound = explanation.standardErrorBound();
            assertThat(bound)
                    .isPositive()
                    .isLessThan(explanation.first().standardErrorBound()
                            + explanation.second().standardErrorBound());
            assertThat(bound(model.scorePair(other, ONE))).isCloseTo(bound, within(Tolerances.FLOAT32_OP));
            assertThat(bound(model.scorePair(ONE, ONE))).isCloseTo(0, within(Tolerances.FLOAT32_OP));
        }
    }

    @Test
    void a_steered_pair_has_errors_of_its_shortfalls_too() {
        Path folder = temporary.resolve("model");
        try (ObjectiveMixture mixture = Mixtures.random(24, 0.01, 8)) {
            Mixtures.write(folder, Mixtures.backbone("llama", temporary), mixture);
        }
        Conversation other = Conversation.of(Message.user("Hi, who?"), Message.assistant("Somebody else."));
        // Ratings of aspect-3 run from -3 to 4, and no random answer has the best.
        Steering steering = Steering.replacing(Map.of("aspect-3", 1.0)).atLeast("aspect-3", 4);
        try (RewardModel model = MixtureRewardModel.load(folder).steered(steering)) {
            PairExplanation pair = model.scorePair(ONE, other).explanation().orElseThrow();
            PairExplanation.Difference reward = named(pair, "aspect-3");
            PairExplanation.Difference shortfall = named(pair, "shortfall of aspect-3 below 4.0");
            assertThat(shortfall.value())
                    .isCloseTo(Steering.AtLeast.STRENGTH * reward.value(), within(Tolerances.FLOAT32_OP));
            assertThat(reward.standardError()).isPositive();
            assertThat(shortfall.standardError())
                    .isCloseTo(Steering.AtLeast.STRENGTH * reward.standardError(), within(Tolerances.FLOAT32_OP));
            assertThat(named(pair, "aspect-1").standardError()).isZero();
        }
    }

    private static PairExplanation.Difference named(PairExplanation pair, String objective) {
        return pair.differences().stream()
                .filter(one -> one.objective().name().equals(objective))
                .findFirst()
                .orElseThrow();
    }

    private static double bound(ScoredPair pair) {
        return pair.explanation().orElseThrow().standardErrorBound();
    }

    @Test
    void a_copy_has_the_same_bytes_and_says_what_other_readers_have_to_mind() throws Exception {
        Path folder = temporary.resolve("model");
        Path plain = temporary.resolve("plain");
        Path backbone = Mixtures.backbone("llama", temporary);
        try (ObjectiveMixture mixture = Mixtures.random(24, 0.01, 8);
                ObjectiveMixture published = Mixtures.random(24, 0, 9)) {
            Mixtures.write(folder, backbone, mixture);
            Mixtures.writeAtLastToken(plain, backbone, published);
        }
        Files.createDirectory(folder.resolve("notes"));
        Path copy = temporary.resolve("copy");
        assertThat(MixtureFolder.copy(folder, copy))
                .satisfiesExactly(
                        python -> assertThat(python)
                                .contains("modeling_custom.py")
                                .contains("set its token pattern to [4, 6]"),
                        intercepts -> assertThat(intercepts).contains("the intercepts"),
                        length -> assertThat(length).contains("the penalty for length"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(sha256(copy.resolve(file.getFileName()))).isEqualTo(sha256(file));
            }
        }
        assertThat(copy.resolve("notes")).doesNotExist();
        assertThat(MixtureFolder.copy(plain, temporary.resolve("copy-of-plain")))
                .singleElement()
                .asString()
                .contains("this gate reads the prompt's last token");
    }

    @Test
    void standard_errors_of_another_mixture_are_refused_on_loading() throws Exception {
        Path folder = temporary.resolve("model");
        try (ObjectiveMixture mixture = Mixtures.random(24, 0.01, 8);
                TensorScope scope = TensorScope.open()) {
            Mixtures.write(folder, Mixtures.backbone("llama", temporary), mixture);
            SafetensorsWriter.write(
                    folder.resolve(MixtureSupplement.TENSORS),
                    Map.of("errors.0.factor", torch.zeros(12, 12), "errors.0.centre", torch.zeros(24)),
                    Map.of());
        }
        Path json = folder.resolve("mixture.json");
        String text = Files.readString(json);
        assertThat(text).contains("[ 1, 3 ]");
        Files.writeString(json, text.replace("[ 1, 3 ]", "[ 1, 7 ]"));
        assertThatThrownBy(() -> MixtureRewardModel.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("errors.0.factor is [12, 12], expected [24, 24]")
                .hasMessageContaining("errors.1.centre is missing, expected [24]")
                .hasMessageContaining("objectives [1, 7] and 2 spreads, expected as many, of objectives 0 to 3");
    }

    @Test
    void a_gate_on_the_prompts_last_token_is_remembered_as_such() {
        Path folder = temporary.resolve("model");
        try (ObjectiveMixture mixture = Mixtures.random(24, 0, 9)) {
            Mixtures.writeAtLastToken(folder, Mixtures.backbone("llama", temporary), mixture);
        }
        assertThat(MixtureSupplement.read(folder).orElseThrow().gatingPattern()).isEqualTo(Optional.empty());
        try (MixtureRewardModel model = MixtureRewardModel.load(folder)) {
            assertThat(model.score(ModelExport.SAMPLES)).hasSameSizeAs(ModelExport.SAMPLES);
        }
    }

    @Test
    void a_folder_whose_gate_was_exchanged_is_refused_by_its_recorded_rewards() throws Exception {
        Path folder = temporary.resolve("model");
        Path other = temporary.resolve("other");
        Path backbone = Mixtures.backbone("llama", temporary);
        try (ObjectiveMixture mixture = Mixtures.random(24, 0, 10);
                ObjectiveMixture exchanged = Mixtures.random(24, 0, 11)) {
            Mixtures.write(folder, backbone, mixture);
            Mixtures.write(other, backbone, exchanged);
        }
        Files.delete(folder.resolve("model.safetensors"));
        Files.copy(other.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> MixtureRewardModel.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("does not give the rewards recorded");
    }
}
