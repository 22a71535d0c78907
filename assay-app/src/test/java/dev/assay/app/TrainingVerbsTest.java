package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingVerbsTest {
    private static final String TINY = "backbone.random={layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}";
    private static final String SIMULATED = "data.simulated={sources: 2, pairs: 60, test-pairs: 30}";
    private static final String SHORT = "training={batch-size: 12, learning-rate: 1e-2, max-steps: 4}";

    @TempDir
    Path folder;

    @Test
    void quickstart_shows_both_methods_a_score_and_three_commands_to_try() throws IOException {
        Ran ran = MainTest.run(
                "quickstart", "--output", folder.toString(), "--set", TINY, "--set", SIMULATED, "--set", SHORT);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("MultiTask")
                .contains("MORE gives a reward of")
                .contains("./assay compare " + folder.resolve("multitask"))
                .contains("./assay score --model")
                .contains("./assay train");
        assertThat(folder.resolve("more/report.html")).exists();
        assertThat(ran.out()).contains("Report: ").contains("report.html compares both");
        assertThat(folder.resolve("report.html")).content().contains("more against multitask");
        String first = ran.out()
                .lines()
                .filter(line -> line.contains("./assay compare"))
                .findFirst()
                .orElseThrow();
        for (String command : first.split("&&")) {
            Ran next =
                    MainTest.run(command.strip().substring("./assay ".length()).split(" "));
            assertThat(next.code()).as(command + next.err()).isZero();
        }
        Path page = folder.resolve("page.html");
        Ran reported = MainTest.run(
                "report",
                folder.resolve("multitask").toString(),
                folder.resolve("more").toString(),
                "--output",
                page.toString());
        assertThat(reported.code()).isZero();
        assertThat(reported.out()).contains(page.toString());
        assertThat(page).content().contains("more against multitask").contains("Differences between runs");
    }

    @Test
    void embed_computes_the_states_that_train_then_takes_up() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), """
                method: {name: armorm, gate: {hidden: 8, hidden-layers: 1, steps: 10, batch-size: 16}}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                tokenization: {max-length: 160}
                data: {simulated: {sources: 1, pairs: 40, test-pairs: 20, ratings: 100}}
                output: %s
                """.formatted(folder.resolve("mixture")));
        Ran embedded = MainTest.run(
                "embed", recipe.toString(), "--rlhflow", folder.resolve("files").toString());
        assertThat(embedded.code()).isZero();
        assertThat(embedded.out()).contains("Share 1/1").contains("simulated-correctness, ");
        assertThat(folder.resolve("files/pairs.safetensors")).isRegularFile();
        Path shard = folder.resolve("mixture/features/pairs/shard-00001-of-00001.safetensors");
        Object written = Files.getLastModifiedTime(shard);
        Ran trained = MainTest.run("train", recipe.toString());
        assertThat(trained.code()).isZero();
        assertThat(trained.out()).contains("The gate against other mixtures").contains("Run folder");
        assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);
        exportedMixtureIsTheSame(folder.resolve("mixture"));
        differencesHaveErrors(folder.resolve("mixture"));
        Ran wrong = MainTest.run("embed", recipe.toString(), "--share", "3/2");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("write 2/4 for the second of four");
    }

    @Test
    void embed_lists_the_rows_it_leaves_out() throws IOException {
        Path recipe = Files.writeString(folder.resolve("short.yaml"), """
                method: {name: armorm}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                tokenization: {max-length: 50}
                data: {simulated: {sources: 1, pairs: 40, test-pairs: 20, ratings: 100}}
                output: %s
                """.formatted(folder.resolve("short"))
                .formatted(30));
        Ran some = MainTest.run("embed", recipe.toString());
        assertThat(some.code()).as(some.err()).isZero();
        assertThat(some.out())
                .containsPattern("Left out of ratings: \\d+ rows\n  \\S+: .*more than 50")
                .containsPattern("and \\d+ more, which assay train writes to assay.log");
    }

    private void exportedMixtureIsTheSame(Path run) throws IOException {
        Path to = folder.resolve("exported");
        Ran coarse =
                MainTest.run("export", "--model", run.toString(), "--to", to.toString(), "--precision", "BFLOAT16");
        assertThat(coarse.code()).isEqualTo(2);
        assertThat(coarse.err()).contains("is a mixture of objectives").contains("FLOAT32; leave --precision out");
        assertThat(to).doesNotExist();
        Ran exported = MainTest.run("export", "--model", run.toString(), "--to", to.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out()).contains("its recorded rewards were checked");
        assertThat(exported.err()).contains("modeling_custom.py").contains("the intercepts of the objectives");
        String[] answer = {"{\"prompt\": \"a\", \"response\": \"b\"}"};
        Path input = Files.write(folder.resolve("answer.jsonl"), List.of(answer));
        assertThat(score(to, input)).isEqualTo(score(run, input));
    }

    private static String score(Path model, Path input) {
        return MainTest.run("score", "--model", model.toString(), input.toString())
                .out();
    }

    private void differencesHaveErrors(Path run) throws IOException {
        Path pair = Files.writeString(
                folder.resolve("pair.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c d\"}\n");
        String[] explain = {"explain", "--model", run.toString(), "--input", pair.toString()};
        assertThat(MainTest.run(explain).out())
                .containsPattern("difference \\S+ \\(standard error at most 0\\.\\d+\\)");
        JsonNode json = JsonMapper.shared()
                .readTree(MainTest.run("explain", "--model", run.toString(), "--input", pair.toString(), "--json", "-")
                        .out());
        assertThat(json.get("standard_error_bound").asDouble()).isPositive();
        assertThat(json.at("/differences/0/standard_error").asDouble()).isPositive();
    }

    @Test
    void train_carries_out_a_recipe_file_and_names_the_run_folder() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), """
                method: {name: bradley-terry}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                data: {simulated: {sources: 2, pairs: 60, test-pairs: 30}}
                training: {batch-size: 12, learning-rate: 1e-2, max-steps: 4}
                output: %s
                """.formatted(folder.resolve("run")));
        Ran ran = MainTest.run("train", recipe.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Avg").contains("Run folder: " + folder.resolve("run"));
        Ran again = MainTest.run("train", recipe.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--resume");
    }

    @Test
    void a_machine_reads_each_step_and_how_it_ended_as_a_line_of_json() throws IOException {
        Path recipe =
                Files.writeString(folder.resolve("j.yaml"), "{method: more, output: " + folder.resolve("j") + "}");
        Ran ran = MainTest.run("train", recipe.toString(), "--json", "--set", TINY, "--set", SIMULATED, "--set", SHORT);
        assertThat(ran.code()).isZero();
        List<JsonNode> lines = ran.out()
                .lines()
                .map(line -> JsonMapper.builder().build().readTree(line))
                .toList();
        assertThat(lines).filteredOn(line -> line.has("loss")).hasSize(4);
        assertThat(lines.getLast().get("end").asString()).isEqualTo("completed");
        assertThat(lines.getLast().get("steps").asInt()).isEqualTo(4);
        Ran changed = MainTest.run(
                "train",
                folder.resolve("j/recipe.yaml").toString(),
                "--resume",
                "--accept-changes",
                "--set",
                "training.max-steps=5");
        assertThat(changed.code()).isZero();
        assertThat(folder.resolve("j/assay.log")).content().contains("training.max-steps was 4");
    }

    @Test
    void everything_wrong_with_a_recipe_is_said_at_once_with_its_place() throws IOException {
        Path recipe = Files.writeString(folder.resolve("wrong.yaml"), """
                method: {name: mroe}
                data: {simulated: {sources: 0}}
                training: {batch-size: none, colour: red}
                output: x
                """);
        Ran ran = MainTest.run("train", recipe.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("wrong.yaml")
                .contains("mroe")
                .contains("sources")
                .contains("batch-size")
                .contains("colour");
    }
}
