package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.simulation.SimulationTokenizer;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Metric;
import dev.assay.network.FeatureExtraction;
import dev.assay.network.FeatureStore;
import dev.assay.network.RewardNetwork;
import dev.assay.network.RlhflowFeatures;
import dev.assay.reward.Explanation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.Tokenizer;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MixtureRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        List<String> overrides = new ArrayList<>(List.of(more));
        return Recipe.parse("""
                method:
                  name: armorm
                  embeddings: {rows-per-shard: 60}
                  debias: {nuisance: simulated-verbosity}
                  gate: {hidden: 8, hidden-layers: 1, scale: 5, steps: 20, batch-size: 32, evaluation-every: 10}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                tokenization: {max-length: 160}
                data: {simulated: {sources: 2, pairs: 50, test-pairs: 20, ratings: 120}}
                output: x
                """, "tiny", overrides)
                .withOutput(folder.resolve(name).toString());
    }

    private static TrainingRun.Outcome run(Recipe recipe) {
        return new TrainingRun(recipe).execute(false, TrainingListener.silent());
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
        JsonNode comparison = account.path("comparison");
        assertThat(comparison.path("n").asInt()).isEqualTo(40);
        JsonNode ahead = comparison.path("rewards").path("fixed mixture").path("gateAhead");
        assertThat(ahead.path("p").asDouble(-1)).isBetween(0.0, 1.0);
        assertThat(ahead.path("low").asDouble()).isLessThan(ahead.path("high").asDouble());
        assertThat(comparison.path("rewards").path("gate").has("gateAhead")).isFalse();
        assertThat(comparison.path("prompts").asInt()).isBetween(2, 40);
        // The stored model gives the rewards that the stored states gave.
        assertThat(comparison
                        .path("rewards")
                        .path("gate")
                        .path("accuracy")
                        .path("value")
                        .asDouble())
                .isEqualTo(evaluation.pooled().get(Metric.ACCURACY).value());
        account.path("debias")
                .path("objectives")
                .forEach(objective -> assertThat(
                                Math.abs(objective.path("after").path("value").asDouble(0)))
                        .as(objective.path("name").asString())
                        .satisfiesAnyOf(
                                after -> assertThat(after).isLessThan(1e-3),
                                after -> assertThat(objective.path("name").asString())
                                        .isEqualTo("simulated-verbosity"),
                                after -> assertThat(objective.path("reached").asBoolean())
                                        .isFalse()));
        for (String file : List.of("scores.json", "evaluation.json", "report.html", "objectives.txt")) {
            assertThat(run.resolve(file)).isRegularFile();
        }
        assertThat(Files.readString(run.resolve("events.jsonl"))).contains("heldOutAccuracy");
        try (RewardModel model = RewardModels.load(run.toString())) {
            Reward reward = model.score(Conversation.of(Message.user("how ?"), Message.assistant("so .")));
            assertThat(reward.explanation()).isInstanceOf(Explanation.Mixture.class);
        }
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
    void an_interrupted_run_goes_on_with_the_shards_that_are_missing() throws IOException {
        Recipe recipe = tiny("stopped");
        TrainingRun first = new TrainingRun(recipe);
        TrainingRun.Outcome stopped = first.execute(false, new TrainingListener() {
            @Override
            public void onProgress(String stage, long done, long total, String unit) {
                if (stage.equals("embed ratings") && done > 60) {
                    first.interrupt();
                }
            }
        });
        assertThat(stopped.training().end()).isEqualTo(TrainingResult.End.INTERRUPTED);
        Path shard = Path.of(recipe.output()).resolve("features/ratings/shard-00001-of-00002.safetensors");
        Object written = Files.getLastModifiedTime(shard);

        TrainingRun.Outcome resumed = new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);
        assertThat(resumed.evaluation()).isPresent();
        TrainingRun.Outcome again = new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(again.training().steps()).isZero();
        assertThat(again.evaluation()).isEqualTo(resumed.evaluation());
    }

    @Test
    void states_computed_in_shares_are_taken_up_and_written_as_the_published_scripts_do() {
        Recipe recipe = tiny("shares");
        EmbeddingRun states = new EmbeddingRun(recipe);
        states.execute(new FeatureExtraction.Share(1, 2), TrainingListener.silent());
        assertThat(Path.of(recipe.output()).resolve("features/ratings/shard-00002-of-00002.safetensors"))
                .isRegularFile();
        states.execute(new FeatureExtraction.Share(0, 2), TrainingListener.silent());

        Path to = folder.resolve("published");
        List<String> objectives = states.writeRlhflow(to, TrainingListener.silent());
        RlhflowFeatures.Rated rated =
                RlhflowFeatures.readRated(List.of(to.resolve("ratings-00001-of-00001.safetensors")));
        try (FeatureStore store = rated.store();
                FeatureStore own = FeatureStore.open(Path.of(recipe.output()).resolve("features/ratings"))) {
            assertThat(rated.labels()).hasNumberOfRows(objectives.size());
            assertThat(Tensors.toFloats(store.responses())).isEqualTo(Tensors.toFloats(own.responses()));
        }
        RlhflowFeatures.readPairs(List.of(to.resolve("test.safetensors"))).close();
        assertThatThrownBy(() -> new EmbeddingRun(tiny("no", "method=more")))
                .hasMessageContaining("only method armorm");
    }

    @Test
    void two_runs_share_their_states() throws IOException {
        String shared = "method.embeddings.folder=" + folder.resolve("states");
        run(tiny("one", shared));
        Path shard = folder.resolve("states/pairs/shard-00001-of-00002.safetensors");
        Object written = Files.getLastModifiedTime(shard);
        assertThat(folder.resolve("states/pairs/features.json")).content().contains("last-token");
        assertThat(folder.resolve("one/objectives.txt"))
                .content()
                .contains("prompts kept back from the fit; they also chose the penalty among 9")
                .contains("the intercepts of the objectives")
                .doesNotContain("the penalty for length");
        assertThat(run(tiny("bare", shared, "method.probes.intercept=false")).tables())
                .contains("Gate: trained on")
                .doesNotContain("Other readers");
        run(tiny("two", shared, "method.debias.nuisance=response-length", "method.probes.choice=cross-validation"));
        for (String account : List.of("objectives.txt", "objectives.json", "report.html")) {
            assertThat(folder.resolve("two").resolve(account))
                    .content()
                    .contains("the ratings the probes were fitted to, each error enlarged by the mean leverage")
                    .contains("the intercepts of the objectives", "the penalty for length: elsewhere long responses")
                    .doesNotContain("kept back from the fit");
        }
        assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);
    }

    @Test
    void a_mixture_is_measured_as_it_is_steered_and_stored_as_it_was_trained() throws IOException {
        String states = "method.embeddings.folder=" + folder.resolve("states-steered");
        EvaluationResult gated = new TrainingRun(tiny("gated", states))
                .execute(false, TrainingListener.silent())
                .evaluation()
                .orElseThrow();
        Recipe recipe = tiny(
                "steered", states, "evaluation.steering={weights: [{objective: simulated-correctness, weight: -1}]}");
        EvaluationResult steered = new TrainingRun(recipe)
                .execute(false, TrainingListener.silent())
                .evaluation()
                .orElseThrow();
        assertThat(steered.pooled()).isNotEqualTo(gated.pooled());
        Conversation conversation = Conversation.of(Message.user("how ?"), Message.assistant("so ."));
        try (RewardModel one = RewardModels.load(recipe.output());
                RewardModel other = RewardModels.load(folder.resolve("gated").toString())) {
            assertThat(one.score(conversation).value())
                    .isEqualTo(other.score(conversation).value());
        }
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
    void steering_that_cannot_be_is_told_early() {
        assertThatThrownBy(() -> tiny("none", "evaluation.steering={}")).hasMessageContaining("steering says nothing");
        assertThatThrownBy(() -> tiny("blend", "evaluation.steering={ignore: [a], blend: 0.5, strength: 50}"))
                .hasMessageContaining("blend is the share of weights, and there are none")
                .hasMessageContaining("strength is that of at-least, which is not given");
        assertThatThrownBy(() -> tiny("zero", "evaluation.steering={weights: [{objective: a, weight: 1}], blend: 0}"))
                .hasMessageContaining("a blend of 0 leaves the gate as it is");
        assertThatThrownBy(() -> tiny(
                        "both",
                        "evaluation.steering={ignore: [simulated-verbosity]}",
                        "evaluation.recalibration=temperature"))
                .hasMessageContaining("a recalibration of steered rewards");
        Recipe unknown = tiny("unknown", "evaluation.steering={ignore: [simulated-verbosty]}");
        assertThatThrownBy(() -> new TrainingRun(unknown).execute(false, TrainingListener.silent()))
                .hasMessageContaining("did you mean simulated-verbosity?");
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

    @Test
    void what_no_mixture_can_be_made_of_is_told_before_anything_is_computed() {
        assertThatThrownBy(() -> tiny("no-ratings", "data={train: [{name: a, path: b.jsonl}]}"))
                .hasMessageContaining("add data.ratings");
        assertThatThrownBy(() -> tiny("adapter", "backbone.adapter={}"))
                .hasMessageContaining("does not train the backbone");
        assertThatThrownBy(() -> tiny(
                        "other", "method=more", "data={train: [{name: a, path: b}], ratings: [{name: c, path: d}]}"))
                .hasMessageContaining("only methods armorm");
        assertThatThrownBy(() -> tiny("share", "method.gate.held-out=1", "method.probes.penalties=[1, 0.1]"))
                .hasMessageContaining("held-out")
                .hasMessageContaining("must ascend");
    }

    @Test
    void a_part_of_which_no_row_is_short_enough_is_named_before_the_next_one_is_read() {
        Recipe recipe = tiny("long", "tokenization.max-length=8", "method.embeddings.rows-per-shard=2");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("embed ratings: none of 120 rows has states")
                .hasMessageContaining("more than 8; raise tokenization.max-length");
        assertThat(Path.of(recipe.output()).resolve("features/pairs")).doesNotExist();
    }

    @Test
    void every_wrong_name_is_told_before_any_state_is_computed() {
        Recipe recipe = tiny(
                "names",
                "method.probes.objectives=[simulated-order, simulated-wit, simulated-verbosity]",
                "method.debias.nuisance=simulated-verbose",
                "evaluation.steering={ignore: [simulated-ordr], at-least: [{objective: simulated-order, value: 60}]}");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RECIPE))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("simulated-wit: no row is rated")
                .hasMessageContaining(
                        "nuisance simulated-verbose is none of the objectives; did you mean" + " simulated-verbosity?")
                .hasMessageContaining("did you mean simulated-order?")
                .hasMessageContaining("at least 60.0 of simulated-order is off the scale");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
        assertThatThrownBy(
                        () -> new EmbeddingRun(recipe).execute(FeatureExtraction.Share.ALL, TrainingListener.silent()))
                .hasMessageContaining("4 problems");
    }

    @Test
    void a_reference_source_that_is_not_there_is_told_before_any_state_is_computed() {
        Recipe recipe = tiny("reference", "method.debias.reference=[nowhere]");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("nowhere is none of the sources the gate learns from");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
    }

    @Test
    void constant_ratings_are_refused() throws IOException {
        Path ratings = folder.resolve("constant.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append("{\"prompt\": \"how " + i + "?\", \"response\": \"so.\", \"ratings\": {\"good\": 3, \"kind\": "
                    + (i % 5) + "}, \"scale\": [0, 4]}\n");
        }
        Files.writeString(ratings, lines);
        Path pairs = folder.resolve("pairs.jsonl");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append("{\"prompt\": \"how " + i + "?\", \"chosen\": \"so.\", \"rejected\": \"no.\"}\n");
        }
        Files.writeString(pairs, rows);
        Path tokenizer = folder.resolve("tokenizer");
        SimulationTokenizer.writeTo(tokenizer);
        Recipe recipe = tiny(
                "constant",
                "tokenization.tokenizer=" + tokenizer,
                "method.debias={}",
                "data={train: [{name: a, path: " + pairs + "}], ratings: [{name: r, path: " + ratings + "}]}");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("objective good: every rating is 3.0");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
    }

    @Test
    void features_of_another_backbone_are_not_used() {
        String shared = "method.embeddings.folder=" + folder.resolve("states");
        run(tiny("narrow", shared));
        assertThatThrownBy(() -> run(tiny("wide", shared, "backbone.random.hidden-size=32")))
                .hasMessageContaining("width is 32 now and was 16")
                .hasMessageContaining("remove the folder or name another one");
    }

    @Test
    void a_pattern_that_no_text_holds_is_refused() {
        assertThatThrownBy(() -> run(tiny("pattern", "method.embeddings.pattern=[3, 1, 4, 1, 5]")))
                .hasMessageContaining("[3, 1, 4, 1, 5]")
                .hasMessageContaining("do not occur");
    }
}
