package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay compare} on two models and the same pairs. */
class CompareVerbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static String model;
    private static String other;
    private static String pairs;

    @BeforeAll
    static void modelsAndPairs() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1).toString();
        other = TinyModels.write(folder.resolve("other"), 2).toString();
        pairs = TinyModels.pairs(folder.resolve("pairs.jsonl"), 40).toString();
    }

    private static Ran compare(String... more) {
        return MainTest.run(new String[] {"compare", model, other, "--data", "toy=" + pairs}, more);
    }

    private static JsonNode json(String... more) {
        return JSON.readTree(
                MainTest.run(new String[] {"compare", model, other, "--data", "toy=" + pairs, "--json"}, more)
                        .out());
    }

    @Test
    void a_model_does_not_differ_from_itself_and_compare_says_which_way_it_goes() {
        Ran same = MainTest.run("compare", model, model, "--data", "toy=" + pairs, "--json");
        JsonNode tree = JSON.readTree(same.out());
        assertThat(tree.get("sources").get("toy").get("mcnemar").get("midP").asDouble())
                .isEqualTo(1);
        JsonNode about = tree.get("about");
        assertThat(about.get("models").get(1).asString()).isEqualTo(model);
        assertThat(about.get("data").get(0).asString()).isEqualTo("toy=" + pairs);
        assertThat(about.get("level").asDouble()).isEqualTo(0.95);
        assertThat(about.get("seed").asLong()).isZero();
        assertThat(tree.get("average").get("n"))
                .isEqualTo(tree.get("sources").get("toy").get("n"));
        assertThat(tree.get("average").get("ece").get("estimate").has("low")).isTrue();
        Ran text = compare();
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains(other + " minus " + model)
                .contains("p: McNemar's mid-p for the accuracy of a source, the paired bootstrap's for all else");
        Ran named = MainTest.run("compare", "--model", model, "--model", other, "--data", "toy=" + pairs);
        assertThat(named).isEqualTo(text);
        Ran one = MainTest.run("compare", model, "--data", "toy=" + pairs);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("1 are given").contains("compare MODEL MODEL");
        Ran nobody = compare("--steered", "first");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("--steered first says which model is steered, and no steering is given");
    }

    @Test
    void compare_bins_as_asked_says_so_and_warns_as_evaluate_does() {
        JsonNode about = json("--binning", "equal-mass", "--form", "both-orders", "--bins", "6")
                .get("about");
        assertThat(about.get("bins").asInt()).isEqualTo(6);
        assertThat(about.get("binning").asString()).isEqualTo("equal-mass");
        assertThat(about.get("form").asString()).isEqualTo("both-orders");
        assertThat(about.get("rewards").asString()).isEqualTo("raw");
        Ran odd = compare("--binning", "equal-mass", "--form", "both-orders", "--bins", "5");
        assertThat(odd.out()).contains("ECE over 5 bins of equal mass").contains("raw rewards");
        assertThat(odd.err()).contains("odd number of bins (5)");
        assertThat(ece(json("--bins", "3"))).as("3 bins against 10").isNotEqualTo(ece(json()));
    }

    private static double ece(JsonNode comparison) {
        return comparison.at("/average/ece/estimate/value").asDouble();
    }
}
