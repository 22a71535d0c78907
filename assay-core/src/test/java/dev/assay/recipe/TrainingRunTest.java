package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.simulation.SimulationTokenizer;
import dev.assay.evaluation.Metric;
import dev.assay.reward.RewardModel;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.ChatFormat;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingRunTest {
    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        return TinyRecipe.in(folder, name, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"method={name: bradley-terry, centering: 0.01}", "method={name: more, version: v1}"})
    void a_run_leaves_a_model_that_scores_and_everything_that_tells_how_it_was_made(String method) throws IOException {
        Recipe recipe = tiny("run", method);
        TrainingRun.Outcome outcome = new TrainingRun(recipe).execute(false, TrainingListener.silent());
        Path run = Path.of(recipe.output());
        assertThat(outcome.training().end()).isEqualTo(TrainingResult.End.COMPLETED);
        assertThat(outcome.evaluation()
                        .orElseThrow()
                        .average()
                        .get(Metric.ACCURACY)
                        .value())
                .isBetween(0.0, 1.0);
        assertThat(Recipe.read(run.resolve("recipe.yaml"), List.of())).isEqualTo(recipe);
        assertThat(Files.readAllLines(run.resolve("events.jsonl"))).hasSize(6 + 2);
        assertThat(run.resolve("report.html")).content().contains("Validation accuracy");
        assertThat(run.resolve("evaluation.json")).content().contains("dataFingerprint");
        assertThat(run.resolve("assay.log"))
                .content()
                .contains("rows, none cut")
                .contains("end 0, padding 1");
        assertThat(ModelFolder.manifest(run.resolve("checkpoints/last"))
                        .orElseThrow()
                        .trainedSteps())
                .isEqualTo(6);
        try (RewardModel model = RewardModels.load(run.toString())) {
            assertThat(model.score(Conversation.of(Message.user("how ?"), Message.assistant("so .")))
                            .value())
                    .isFinite();
        }
    }

    @Test
    void a_folder_that_holds_a_run_is_not_overwritten() {
        Recipe recipe = tiny("twice");
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        assertThatThrownBy(() -> new TrainingRun(recipe).execute(false, TrainingListener.silent()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void every_step_logs_losses_weights_and_cosines_of_its_sources() throws IOException {
        Recipe recipe = tiny("events");
        List<String> echoed = new ArrayList<>();
        new TrainingRun(recipe).echoing(echoed::add).execute(false, TrainingListener.silent());
        List<String> lines = Files.readAllLines(folder.resolve("events/events.jsonl"));
        assertThat(echoed).isEqualTo(lines);
        List<JsonNode> steps = lines.stream()
                .map(line -> JsonMapper.builder().build().readTree(line))
                .filter(line -> line.has("loss"))
                .toList();
        assertThat(steps).hasSize(6);
        for (JsonNode step : steps) {
            assertThat(step.get("steps").asInt()).isEqualTo(6);
            assertThat(step.get("losses").propertyNames())
                    .isEqualTo(step.get("weights").propertyNames())
                    .hasSize(2);
            double weights = step.get("weights")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .sum();
            assertThat(weights).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(step.get("cosines").get(1).get(1).asDouble()).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(step.get("cosines").get(0).get(1).asDouble()).isBetween(-1.0, 1.0);
        }
        String board = tensorBoard(folder.resolve("events"));
        List<String> names = List.copyOf(steps.getFirst().get("losses").propertyNames());
        names.forEach(name -> assertThat(board).contains("loss/" + name).contains("weight/" + name));
        assertThat(board).contains("cosine/" + names.get(0) + "-" + names.get(1));
    }

    private static String tensorBoard(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            Path events = files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(events, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void margins_change_what_is_learnt_only_when_asked_for() throws IOException {
        String row = "{\"prompt\":\"how ?\",\"chosen\":\"so it is .\",\"rejected\":\"no .\",\"margin\":%d}\n";
        Files.writeString(folder.resolve("none.jsonl"), row.formatted(0).repeat(30));
        Files.writeString(folder.resolve("wide.jsonl"), row.formatted(3).repeat(30));
        byte[] plain = trainedOn("none.jsonl", false);
        assertThat(trainedOn("wide.jsonl", false)).isEqualTo(plain);
        assertThat(trainedOn("wide.jsonl", true)).isNotEqualTo(plain);
    }

    private byte[] trainedOn(String file, boolean margins) throws IOException {
        SimulationTokenizer.writeTo(folder.resolve("tokenizer"));
        Recipe recipe = Recipe.parse(
                """
                method: bradley-terry
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                tokenization: {tokenizer: %s}
                data: {train: [{name: a, path: %s}]}
                training: {batch-size: 10, learning-rate: 1e-2, margins: %s}
                output: %s
                """.formatted(
                        folder.resolve("tokenizer"), folder.resolve(file), margins, folder.resolve(file + margins)),
                "r",
                List.of());
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        return Files.readAllBytes(Path.of(recipe.output(), "checkpoints/last/model.safetensors"));
    }

    @Test
    void an_attempt_that_failed_before_its_first_checkpoint_does_not_stand_in_the_way() throws IOException {
        Path run = folder.resolve("failed");
        Path rows = folder.resolve("empty.jsonl");
        Files.writeString(rows, "");
        Recipe wrong = Recipe.parse("""
                method: bradley-terry
                backbone: {path: %s}
                data: {train: [{name: a, path: %s}]}
                output: %s
                """.formatted(folder, rows, run), "r", List.of());
        assertThatThrownBy(() -> new TrainingRun(wrong).execute(false, TrainingListener.silent()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("empty.jsonl");
        Files.writeString(run.resolve("events.jsonl"), "{}\n");
        new TrainingRun(TinyRecipe.in(folder, "failed")).execute(false, TrainingListener.silent());
        assertThat(Files.readAllLines(run.resolve("events.jsonl"))).doesNotContain("{}");
    }

    @Test
    void an_adapter_is_merged_into_the_stored_model() {
        Recipe recipe = tiny("lora", "backbone.adapter={rank: 2, alpha: 4}");
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        try (RewardModel model = RewardModels.load(recipe.output())) {
            assertThat(model.score(List.of())).isEmpty();
        }
    }

    @Test
    void the_chat_template_a_model_learnt_with_is_the_one_it_scores_with() {
        Recipe recipe = tiny("chat", "tokenization={format: chat-template}");
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        assertThat(ModelFolder.manifest(Path.of(recipe.output(), "checkpoints/last"))
                        .orElseThrow()
                        .format())
                .isEqualTo(ChatFormat.NAME);
        try (RewardModel model = RewardModels.load(recipe.output())) {
            assertThat(model.score(Conversation.of(Message.user("how ?"), Message.assistant("so .")))
                            .value())
                    .isFinite();
        }
    }

    @Test
    void fresh_weights_for_real_data_need_a_tokenizer() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"), "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n");
        Recipe recipe = Recipe.parse("""
                method: {name: bradley-terry}
                backbone: {random: {}}
                data: {train: [{name: a, path: %s}]}
                output: %s
                """.formatted(rows, folder.resolve("real")), "real", List.of());
        assertThatThrownBy(() -> new TrainingRun(recipe).execute(false, TrainingListener.silent()))
                .hasMessageContaining("tokenization.tokenizer is required");
    }

    private static Stream<Path> shippedRecipes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../recipes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedRecipes")
    void every_shipped_recipe_is_read_and_says_at_its_head_what_it_is(Path file) throws IOException {
        assertThat(file).content().startsWith("# ");
        Recipe recipe = Recipe.read(file, List.of());
        assertThat(recipe.output()).startsWith("runs/");
        if (recipe.data().simulated().isPresent()) {
            Recipe small = Recipe.read(
                    file, List.of("data.simulated.pairs=20", "data.simulated.test-pairs=2", "data.simulated.sizes=[]"));
            assertThat(RunData.read(small).learntNames()).isNotEmpty();
        }
    }

    @Test
    void the_presets_of_more_draw_as_many_pairs_of_a_source_as_their_papers() {
        assertThat(Recipe.read(Path.of("../recipes/more-v1.yaml"), List.of())
                        .data()
                        .resample())
                .hasValue(17106);
        assertThat(Recipe.read(Path.of("../recipes/more-v2.yaml"), List.of())
                        .data()
                        .resample())
                .hasValue(40000);
    }

    @Test
    void every_scheme_has_a_recipe_of_its_own() throws IOException {
        assertThat(shippedRecipes()
                        .map(file -> Recipe.read(file, List.of()).values().get("method.name"))
                        .distinct())
                .containsAll(MethodCatalog.names());
    }
}
