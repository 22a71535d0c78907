package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay evaluate} on pairs, and its ways to bin, to look at lengths and to hold a bar. */
class EvaluateVerbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static String model;
    private static String pairs;

    @BeforeAll
    static void modelAndPairs() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1).toString();
        pairs = TinyModels.pairs(folder.resolve("pairs.jsonl"), 40).toString();
    }

    private static Ran evaluate(String... more) {
        return MainTest.run(new String[] {"evaluate", "--model", model, "--data", "toy=" + pairs}, more);
    }

    @Test
    void evaluate_prints_a_table_and_writes_the_json_contract() throws IOException {
        Path json = folder.resolve("result.json");
        Ran ran = evaluate("--json", json.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("toy").contains("accuracy").contains("%");
        JsonNode result = JSON.readTree(Files.readString(json));
        assertThat(result.get("model").asString()).isEqualTo(model);
        assertThat(result.get("sources").get("toy").get("n").asInt()).isEqualTo(40);
        assertThat(result.get("sources").get("toy").get("ece").has("high")).isTrue();
    }

    @Test
    void evaluate_says_how_far_rewards_follow_length_when_asked() {
        assertThat(evaluate("--lengths").out()).contains("the better answer is").contains("Spearman");
        JsonNode length =
                JSON.readTree(evaluate("--lengths", "--json", "-").out()).at("/length/toy");
        assertThat(length.get("rows").asInt()).isEqualTo(40);
        assertThat(length.get("prefersLonger").has("low")).isTrue();
        int inBuckets = 0;
        for (JsonNode bucket : length.get("buckets")) {
            inBuckets += bucket.get("rows").asInt();
        }
        assertThat(inBuckets).isEqualTo(40);
        assertThat(evaluate().out()).doesNotContain("the better answer is");
    }

    @Test
    void evaluate_bins_as_asked_and_warns_where_the_middle_bin_hides_its_gap() {
        Ran odd = binned("5");
        JsonNode result = JSON.readTree(odd.out());
        assertThat(result.get("binning").asString()).isEqualTo("equal-mass");
        assertThat(result.get("form").asString()).isEqualTo("both-orders");
        assertThat(result.get("pooled").get("reliability")).hasSize(5);
        assertThat(odd.err()).contains("odd number of bins (5)").contains("even number");
        assertThat(binned("6").err()).isEmpty();
        Ran wrong = evaluate("--binning", "wide");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--binning wide").contains("equal-width, equal-mass");
    }

    private static Ran binned(String bins) {
        return evaluate("--json", "-", "--binning", "equal-mass", "--form", "both-orders", "--bins", bins);
    }

    @Test
    void evaluate_says_by_its_code_when_the_bar_is_missed() {
        assertThat(evaluate("--min-accuracy", "1.1").code()).isEqualTo(1);
        assertThat(evaluate("--min-accuracy", "0").code()).isZero();
    }

    @Test
    void evaluate_counts_the_pairs_that_the_model_could_not_read_whole() throws IOException {
        String rows = "{\"prompt\":\"q\",\"chosen\":\"yes\",\"rejected\":\"no\"}\n".repeat(3)
                + "{\"prompt\":\"q\",\"chosen\":\"yes\",\"rejected\":\"%s\"}\n".formatted("n".repeat(200));
        Path file = Files.writeString(folder.resolve("long.jsonl"), rows);
        Ran ran = MainTest.run("evaluate", "--model", model, "--data", "toy=" + file, "--json", "-");

        JsonNode toy = JSON.readTree(ran.out()).get("sources").get("toy");
        assertThat(toy.get("n").asInt()).isEqualTo(4);
        assertThat(toy.get("truncated").asInt()).isEqualTo(1);
    }

    @Test
    void evaluate_names_the_row_that_the_template_refuses() throws IOException {
        String rows = "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n".repeat(2)
                + "{\"prompt\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"}],"
                + "\"chosen\":\"b\",\"rejected\":\"c\"}\n";
        Path file = Files.writeString(folder.resolve("system.jsonl"), rows);
        Path refusing = TinyModels.refusingSystem(folder.resolve("refusing"));
        Ran ran = MainTest.run("evaluate", "--model", refusing.toString(), "--data", "toy=" + file + ":pairs");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(file + ":3: ").contains("System role not supported");
    }
}
