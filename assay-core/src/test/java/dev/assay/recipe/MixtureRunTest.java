package dev.assay.recipe;

import static dev.assay.recipe.TinyMixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.checkpoint.ModelWeights;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Metric;
import dev.assay.network.RewardNetwork;
import dev.assay.reward.Explanation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.tensor.TensorScope;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.Tokenizer;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run of method armorm trains, measures and leaves behind. */
class MixtureRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        return TinyMixture.in(folder, name, more);
    }

    @Test
    void a_run_leaves_a_model_that_explains_its_rewards_and_the_account_of_every_stage() throws IOException {
        Recipe recipe = tiny("run");
        TrainingRun.Outcome outcome = run(recipe);
        Path run = Path.of(recipe.output());

        EvaluationResult evaluation = outcome.evaluation().orElseThrow();
        assertThat(evaluation.n()).isEqualTo(40);
        assertThat(outcome.training().steps()).isEqualTo(20);
        assertThat(outcome.tables())
                .contains("simulated-correctness")
                .contains("before and after")
                .contains("fixed mixture")
                .contains("gate minus this, points");
        JsonNode account = JSON.readTree(Files.readString(run.resolve("objectives.json")));
        assertThat(account.path("objectives").size()).isEqualTo(7);
        assertThat(account.at("/objectives/0/prompts").asInt())
                .isBetween(2, account.at("/objectives/0/n").asInt());
        assertThat(Files.readString(run.resolve("objectives.txt"))).containsPattern("rated +n +prompts +R2");
        requireComparison(account.path("comparison"), evaluation);
        assertThat(account.at("/debias/objectives").size()).isEqualTo(7);
        account.at("/debias/objectives").forEach(MixtureRunTest::requireDebiased);
        for (String file : List.of("scores.json", "evaluation.json", "report.html", "objectives.txt")) {
            assertThat(run.resolve(file)).isRegularFile();
        }
        assertThat(Files.readString(run.resolve("events.jsonl"))).contains("heldOutAccuracy");
        try (RewardModel model = RewardModels.load(run.toString())) {
            Reward reward = model.score(Conversation.of(Message.user("how ?"), Message.assistant("so .")));
            assertThat(reward.explanation()).isInstanceOf(Explanation.Mixture.class);
        }
    }

    private static void requireComparison(JsonNode comparison, EvaluationResult evaluation) {
        assertThat(comparison.path("n").asInt()).isEqualTo(40);
        assertThat(comparison.path("prompts").asInt()).isBetween(2, 40);
        JsonNode rewards = comparison.path("rewards");
        JsonNode ahead = rewards.path("fixed mixture").path("gateAhead");
        assertThat(ahead.path("p").asDouble(-1)).isBetween(0.0, 1.0);
        assertThat(ahead.path("low").asDouble()).isLessThan(ahead.path("high").asDouble());
        assertThat(rewards.path("gate").has("gateAhead")).isFalse();
        // The stored model gives the rewards that the stored states gave.
        assertThat(rewards.at("/gate/accuracy/value").asDouble())
                .isEqualTo(evaluation.pooled().get(Metric.ACCURACY).value());
    }

    /** No correlation is left, but for the nuisance with itself and where none could be reached. */
    private static void requireDebiased(JsonNode objective) {
        String name = objective.path("name").asString();
        assertThat(Math.abs(objective.at("/after/value").asDouble(0)))
                .as(name)
                .satisfiesAnyOf(
                        after -> assertThat(after).isLessThan(1e-3),
                        after -> assertThat(name).isEqualTo("simulated-verbosity"),
                        after -> assertThat(objective.path("reached").asBoolean())
                                .isFalse());
    }

    @Test
    void the_mixture_of_each_category_stands_beside_the_one_that_experts_want() throws IOException {
        Recipe recipe = tiny("experts", "data.simulated.experts=true");
        assertThat(run(recipe).tables()).contains("What the gate makes of each category");
        JsonNode account =
                JSON.readTree(Files.readString(Path.of(recipe.output()).resolve("objectives.json")));
        assertThat(account.path("mixtures").size()).isGreaterThan(2);
        assertThat(Files.readString(Path.of(recipe.output()).resolve("report.html")))
                .contains("Correlation with the nuisance")
                .contains("What the gate makes of each category")
                .contains("best fixed mixture");
        assertThat(account.path("recovery").isNumber()).isTrue();
        for (JsonNode mixture : account.path("mixtures")) {
            assertThat(sum(mixture.path("shares"))).isCloseTo(1, within(Tolerances.FLOAT32_OP));
            assertThat(sum(mixture.path("truth"))).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    private static double sum(JsonNode numbers) {
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.asDouble();
        }
        return sum;
    }

    @Test
    void a_gate_that_is_worse_than_a_coin_is_told_of_everywhere() throws IOException {
        Recipe recipe = tiny(
                "sure",
                "method.gate={preset: paper, hidden: 8, hidden-layers: 1, scale: 1e6, steps: 2, batch-size: 8}");
        List<String> messages = new ArrayList<>();
        TrainingRun.Outcome outcome = new TrainingRun(recipe).execute(false, new TrainingListener() {
            @Override
            public void onMessage(String message) {
                messages.add(message);
            }
        });
        assertThat(messages)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("warning: the gate's best loss on held-out prompts is ")
                        .contains("that of a coin is 0.693")
                        .contains("lower method.gate.scale"));
        assertThat(outcome.tables()).contains("Warning: the gate's best loss on held-out prompts is ");
        Path run = Path.of(recipe.output());
        JsonNode gate =
                JSON.readTree(Files.readString(run.resolve("objectives.json"))).path("gate");
        assertThat(gate.path("warnings").get(0).asString()).contains("set method.gate.input: whitened");
        assertThat(gate.path("heldOutLoss").asDouble()).isGreaterThan(Math.log(2));
        assertThat(Files.readString(run.resolve("report.html"))).contains("Warning: the gate");
        assertThat(Files.readString(run.resolve("assay.log"))).contains("that of a coin");
    }

    @Test
    void the_gates_training_leaves_decoder_and_probes_as_they_were_bit_for_bit() {
        String states = "method.embeddings.folder=" + folder.resolve("states-frozen");
        Recipe brief = tiny("brief", states, "method.gate.steps=1");
        Recipe whole = tiny("whole", states);
        assertThat(run(brief).training().steps()).isEqualTo(1);
        assertThat(run(whole).training().steps()).isEqualTo(20);
        try (ModelWeights one = ModelWeights.open(RewardModels.folder(brief.output()));
                ModelWeights other = ModelWeights.open(RewardModels.folder(whole.output()));
                TensorScope scope = TensorScope.open();
                Tokenizer tokenizer = HuggingFaceTokenizers.load(RewardModels.folder(whole.output()));
                RewardNetwork fresh = NetworkMaker.make(whole, tokenizer)) {
            fresh.backbone()
                    .parameters()
                    .view()
                    .forEach((name, tensor) -> assertThat(other.tensor(name).equal(tensor))
                            .as(name)
                            .isTrue());
            // Twenty steps more or less: the gate may differ and nothing else.
            other.names().stream()
                    .filter(name -> !name.startsWith("gating."))
                    .forEach(name -> assertThat(other.tensor(name).equal(one.tensor(name)))
                            .as(name)
                            .isTrue());
            assertThat(other.names())
                    .containsAll(fresh.backbone().parameters().names())
                    .contains("regression_layer.weight", "reward_transform_matrix", "gating.logit_scale");
        }
    }

    @Test
    void a_mixture_is_measured_as_it_is_steered_and_stored_as_it_was_trained() throws IOException {
        String states = "method.embeddings.folder=" + folder.resolve("states-steered");
        EvaluationResult gated = run(tiny("gated", states)).evaluation().orElseThrow();
        Recipe recipe = tiny(
                "steered", states, "evaluation.steering={weights: [{objective: simulated-correctness, weight: -1}]}");
        EvaluationResult steered = run(recipe).evaluation().orElseThrow();
        assertThat(steered.pooled()).isNotEqualTo(gated.pooled());
        Conversation conversation = Conversation.of(Message.user("how ?"), Message.assistant("so ."));
        try (RewardModel one = RewardModels.load(recipe.output());
                RewardModel other = RewardModels.load(folder.resolve("gated").toString())) {
            assertThat(one.score(conversation).value())
                    .isEqualTo(other.score(conversation).value());
        }
    }

    @Test
    void with_a_chat_template_the_gate_reads_where_the_answer_is_announced() {
        Recipe recipe = tiny("chat", "tokenization.format=chat-template");
        assertThat(run(recipe).evaluation()).isPresent();
        // <|assistant|> of the simulated language.
        assertThat(Path.of(recipe.output()).resolve("features/test/features.json"))
                .content()
                .contains("\"gating\" : \"5\"");
    }
}
