package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.app.MainTest.Ran;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay calibrate}, and the verbs that use what it stores, on a tiny model. */
class CalibrateVerbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private String pairs = "";

    @BeforeEach
    void modelAndPairs() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1);
        pairs = "toy=" + TinyModels.pairs(folder.resolve("pairs.jsonl"), 60);
    }

    private JsonNode calibrate(String kind) {
        Ran ran = run(model, "--kind", kind, "--json", "-", "--seed", "4");
        assertThat(ran.code()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    private Ran run(Path which, String... more) {
        return MainTest.run(new String[] {"calibrate", "--model", which.toString(), "--data", pairs}, more);
    }

    private double nll(String rewards) {
        return nll(model, rewards);
    }

    private double nll(Path which, String rewards) {
        Ran ran = MainTest.run(
                "evaluate", "--model", which.toString(), "--data", pairs, "--rewards", rewards, "--json", "-");
        return JSON.readTree(ran.out()).get("pooled").get("nll").get("value").asDouble();
    }

    private double score(Path which, String rewards) throws IOException {
        Path line = Files.writeString(folder.resolve("line.jsonl"), "{\"prompt\":\"hi\",\"response\":\"ho\"}\n");
        Ran ran = MainTest.run("score", "--model", which.toString(), "--rewards", rewards, line.toString());
        return JSON.readTree(ran.out()).get("reward").asDouble();
    }

    @Test
    void a_temperature_is_stored_shown_on_held_out_pairs_and_used_on_request() throws IOException {
        ModelManifest before = ModelFolder.manifest(model).orElseThrow();
        double raw = nll("raw");
        JsonNode fitted = calibrate("temperature");
        assertThat(fitted.get("fittedPairs").asInt()
                        + fitted.get("heldOutPairs").asInt())
                .isEqualTo(60);
        assertThat(fitted.get("pooled").get("ece").get("raw").has("high")).isTrue();

        double temperature = fitted.get("numbers").get("temperature").get(0).asDouble();
        assertThat(score(model, "calibrated")).isCloseTo(score(model, "raw") / temperature, within(1e-12));
        assertThat(nll("raw")).isEqualTo(raw);
        assertThat(nll("calibrated")).isNotEqualTo(raw);
        ModelManifest after = ModelFolder.manifest(model).orElseThrow();
        assertThat(after.golden()).isEqualTo(before.golden());
        assertThat(after.calibration().orElseThrow().sources()).isEqualTo(List.of("toy"));
        assertThat(after.withGolden(List.of()).calibration()).isEqualTo(after.calibration());
    }

    @Test
    void export_keeps_the_calibration() throws IOException {
        calibrate("temperature");
        Path exported = folder.resolve("exported");
        assertThat(MainTest.run("export", "--model", model.toString(), "--to", exported.toString())
                        .code())
                .isZero();
        assertThat(score(exported, "calibrated")).isEqualTo(score(model, "calibrated"));
    }

    @Test
    void an_isotonic_map_serves_pairs_and_refuses_single_rewards() throws IOException {
        calibrate("isotonic");
        assertThat(nll("calibrated")).isFinite();
        Path line = Files.writeString(folder.resolve("one.jsonl"), "{\"prompt\":\"hi\",\"response\":\"ho\"}\n");
        Ran ran = MainTest.run("score", "--model", model.toString(), "--rewards", "calibrated", line.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("of kind isotonic").contains("--kind temperature");
    }

    @Test
    void a_dry_run_stores_nothing_and_what_is_missing_is_named_with_the_next_step() throws IOException {
        String before = Files.readString(model.resolve("assay.json"));
        Ran dry = run(model, "--kind", "platt", "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("ECE raw").contains("fitted on 30 pairs").contains("not stored");
        assertThat(Files.readString(model.resolve("assay.json"))).isEqualTo(before);
        Ran none = MainTest.run("evaluate", "--model", model.toString(), "--data", pairs, "--rewards", "calibrated");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("has no calibration").contains("assay calibrate --model");
        assertThat(run(model, "--kind", "spline").err()).contains("[temperature, platt, isotonic]");
    }

    @Test
    void too_few_pairs_store_nothing_show_no_intervals_and_may_be_forced() throws IOException {
        String few = "few="
                + Files.writeString(
                        folder.resolve("few.jsonl"),
                        String.join(
                                "\n",
                                Files.readAllLines(folder.resolve("pairs.jsonl"))
                                        .subList(0, 12)));
        String before = Files.readString(model.resolve("assay.json"));
        Ran refused = MainTest.run("calibrate", "--model", model.toString(), "--data", few);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("nothing is stored")
                .contains("fitted on 6 pairs")
                .contains("at least 30")
                .contains("--force");
        assertThat(Files.readString(model.resolve("assay.json"))).isEqualTo(before);

        Ran dry = MainTest.run("calibrate", "--model", model.toString(), "--data", few, "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("few").doesNotContain("[").contains("a dash: no interval");
        Ran json = MainTest.run("calibrate", "--model", model.toString(), "--data", few, "--dry-run", "--json", "-");
        assertThat(JSON.readTree(json.out()).at("/pooled/ece/raw/low").isNull()).isTrue();

        Ran both = MainTest.run("calibrate", "--model", model.toString(), "--data", few, "--force", "--dry-run");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--dry-run stores nothing and --force stores the map");
        Ran forced = MainTest.run("calibrate", "--model", model.toString(), "--data", few, "--force");
        assertThat(forced.code()).as(forced.err()).isZero();
        assertThat(forced.err()).contains("note: ").contains("at least 30");
        assertThat(ModelFolder.manifest(model)
                        .orElseThrow()
                        .calibration()
                        .orElseThrow()
                        .pairs())
                .isEqualTo(6);
    }

    @Test
    void sources_that_share_prompts_hold_out_the_same_and_a_source_of_one_prompt_is_refused() throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("pairs.jsonl"));
        Path again = Files.write(folder.resolve("again.jsonl"), rows.reversed());
        Ran ran = run(model, "--data", "again=" + again, "--dry-run", "--json", "-");
        JsonNode sources = JSON.readTree(ran.out()).get("sources");
        assertThat(sources.at("/toy/n").asInt()).isEqualTo(30);
        assertThat(sources.at("/again/n").asInt()).isEqualTo(30);
        // The same pairs, scored in another order: rounded otherwise in fp32, and the halves of other pairs differ by
        // more.
        assertThat(sources.at("/again/nll/raw/value").asDouble())
                .isCloseTo(sources.at("/toy/nll/raw/value").asDouble(), within(1e-5));

        Path one = Files.writeString(folder.resolve("one.jsonl"), rows.getFirst() + "\n" + rows.getFirst() + "\n");
        Ran refused = run(model, "--data", "one=" + one);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("of \"one\" (2 pairs) all pairs lie in one half");
        assertThat(ModelFolder.manifest(model).orElseThrow().calibration()).isEmpty();
    }

    @Test
    void compare_takes_each_models_own_calibration_and_names_the_one_without() throws IOException {
        Path other = TinyModels.write(folder.resolve("other"), 2);
        String[] arguments = {"compare", model.toString(), other.toString(), "--data", pairs, "--json", "--rewards"};
        calibrate("temperature");
        Ran without = MainTest.run(arguments, "calibrated");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains(other + " has no calibration").contains("assay calibrate --model " + other);
        Ran fitted = run(other, "--kind", "platt", "--seed", "4");
        assertThat(fitted.code()).as(fitted.err()).isZero();

        JsonNode calibrated =
                JSON.readTree(MainTest.run(arguments, "calibrated").out());
        assertThat(calibrated.at("/about/rewards").asString()).isEqualTo("calibrated");
        double difference = calibrated.at("/average/nll/estimate/value").asDouble();
        assertThat(difference).isCloseTo(nll(other, "calibrated") - nll(model, "calibrated"), within(1e-12));
        assertThat(difference)
                .isNotEqualTo(JSON.readTree(MainTest.run(arguments, "raw").out())
                        .at("/average/nll/estimate/value")
                        .asDouble());
    }

    @Test
    void the_effect_is_measured_with_the_bins_asked_for() {
        Ran ran = run(
                model, "--dry-run", "--json", "-", "--bins", "7", "--binning", "equal-mass", "--form", "both-orders");
        JsonNode json = JSON.readTree(ran.out());
        assertThat(json.get("bins").asInt()).isEqualTo(7);
        assertThat(json.get("binning").asString()).isEqualTo("equal-mass");
        assertThat(json.get("form").asString()).isEqualTo("both-orders");
        assertThat(ran.err()).contains("odd number of bins (7)");
    }
}
