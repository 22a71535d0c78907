package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.recipe.RunReports.Audit;
import dev.assay.report.EvaluationJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunReportsTest {
    private static final List<String> SOURCES = List.of("help<ful> & kind", "harmless");

    @TempDir
    Path folder;

    private Path weak = Path.of("");
    private Path strong = Path.of("");

    @BeforeEach
    void two_finished_runs() throws IOException {
        weak = run("weak", 0.1, "same pairs");
        strong = run("strong", 1.5, "same pairs");
    }

    private Path run(String name, double skill, String testFingerprint) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                run.resolve("recipe.yaml"),
                TinyRecipe.in(folder, name, "training.seed=" + name.length()).toYaml());
        Random random = new Random(3);
        List<PairScores> scores = new ArrayList<>();
        for (String source : SOURCES) {
            List<PairScore> pairs = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                double noise = random.nextGaussian();
                pairs.add(
                        new PairScore(skill + noise, 0, Strength.HARD, Origin.of(source, source + " (test)", i + 1L)));
            }
            scores.add(new PairScores(source, pairs));
        }
        new RunScores("rows", testFingerprint, scores).write(run);
        Files.writeString(
                run.resolve("evaluation.json"),
                EvaluationJson.text(
                        Map.of("model", name, "dataFingerprint", "rows"),
                        new Evaluator(EvaluationOptions.DEFAULT).evaluate(scores)));
        Files.writeString(run.resolve("events.jsonl"), events(name.equals("strong")));
        return run;
    }

    private static String events(boolean moving) {
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 20; step++) {
            double lambda = moving ? 0.5 + 0.02 * step : 0.5;
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"stage\":\"train\",\"step\":%d,\"loss\":0.7,\"losses\":{\"help<ful> & kind\":0.6,\"harmless\":0.8},"
                            + "\"weights\":{\"help<ful> & kind\":%.3f,\"harmless\":%.3f},"
                            + "\"cosines\":[[1.0,-0.25],[-0.25,null]],\"seconds\":0.5}%n",
                    step,
                    lambda,
                    1 - lambda));
        }
        return lines + "{\"step\":20,\"validation\":{\"help<ful> & kind\":0.625,\"harmless\":0.5},"
                + "\"measure\":\"accuracy\",\"n\":{\"help<ful> & kind\":24,\"harmless\":16}}\n{\"step\":21,\"lo";
    }

    @Test
    void validation_says_how_many_pairs_and_how_sure() throws IOException {
        assertThat(page(weak))
                .contains("help&lt;ful&gt; &amp; kind (n = 24)", "harmless (n = 16)")
                .contains("Best mean: 56.3 % [42.0, 70.5] (n = 40) at step 20");
        assertThat(page(weak, strong)).contains("weak (n = 40)", "strong 56.3 % [42.0, 70.5] (n = 40) at step 20");
    }

    @Test
    void events_of_before_n_was_written_still_give_a_curve() throws IOException {
        Path events = weak.resolve("events.jsonl");
        Files.writeString(events, Files.readString(events).replaceAll(",\"measure\".*}}", "}"));
        assertThat(page(weak)).contains("Best mean: 56.3 % at step 20").doesNotContain("(n = 24)");
    }

    @Test
    void held_out_ratings_are_no_pairs() throws IOException {
        Path events = weak.resolve("events.jsonl");
        Files.writeString(events, Files.readString(events).replace("\"accuracy\"", "\"R2\""));
        assertThat(page(weak))
                .contains("Validation R²", "R² on the held-out ratings of each objective", "Best mean: 0.563 (n = 40)")
                .doesNotContain("Validation accuracy");
    }

    private String page(Path... runs) throws IOException {
        String page = Files.readString(RunReports.write(List.of(runs), folder.resolve("page.html"), Audit.NO));
        // Where lines may end is BreaksTest's matter.
        return page.replace('\u00a0', ' ').replace("<wbr/>", "");
    }

    @Test
    void the_page_of_two_runs_holds_every_number_of_their_evaluations() throws IOException {
        String page = page(weak, strong);
        for (Path run : List.of(weak, strong)) {
            List<String> numbers = new ArrayList<>();
            JsonNode json = JsonMapper.shared().readTree(Files.readString(run.resolve("evaluation.json")));
            Stream.of("sources", "average", "weightedAverage", "pooled")
                    .forEach(key -> collect(json.path(key), numbers));
            assertThat(numbers).hasSizeGreaterThan(100);
            numbers.forEach(number -> assertThat(page).contains(number));
        }
    }

    /** Whole numbers as they are, others with four digits and a true minus sign. */
    private static void collect(JsonNode node, List<String> numbers) {
        if (node.isNumber()) {
            double value = node.asDouble();
            numbers.add(
                    node.isIntegralNumber()
                            ? Long.toString(Math.round(value))
                            : String.format(Locale.ROOT, "%.4f", value)
                                    .replace('-', '−')
                                    .replace("−0.0000", "0.0000"));
        }
        node.forEach(child -> collect(child, numbers));
    }

    @Test
    void nothing_is_loaded_from_outside() throws IOException {
        String page = page(weak, strong);
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("@import")
                .doesNotContain("url(");
        assertThat(page).doesNotContainPattern("(src|href)\\s*=");
        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http");
    }

    @Test
    void names_and_recipes_are_text_and_never_markup() throws IOException {
        String page = page(weak, strong);
        assertThat(page).contains("help&lt;ful&gt; &amp; kind").doesNotContain("help<ful>");
    }

    @Test
    void the_page_and_every_picture_are_well_formed() throws Exception {
        String page = page(weak, strong);
        assertThat(page.split("<svg ", -1)).hasSizeGreaterThan(10);
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
    }

    @Test
    void the_summary_says_who_wins_and_whether_it_is_more_than_noise() throws IOException {
        assertThat(page(weak, strong))
                .contains("Most accurate on average over the sources is strong with")
                .contains("strong against weak: accuracy +")
                .contains("more accurate by more than noise (p = 0.002)");
        assertThat(page(weak, run("copy", 0.1, "same pairs"))).contains("within noise (p = 1.000)");
    }

    @Test
    void three_runs_are_corrected_for_two_comparisons() throws IOException {
        assertThat(page(weak, strong, run("copy", 0.1, "same pairs")))
                .contains("corrected for 2 comparisons after Holm");
    }

    @Test
    void runs_measured_on_different_pairs_are_shown_but_not_tested() throws IOException {
        Path other = run("other", 1, "other pairs");
        assertThat(page(weak, other))
                .contains("other is not tested against weak: they were measured on different pairs")
                .doesNotContain("Differences between runs");
    }

    @Test
    void settings_in_which_runs_differ_are_marked() throws IOException {
        assertThat(page(weak, strong))
                .contains("<td>training.seed</td><td>4</td><td class=\"strong\">6</td>")
                .doesNotContain("<td>output</td>");
    }

    @Test
    void weights_that_move_are_drawn_and_those_that_do_not_are_told() throws IOException {
        assertThat(page(weak, strong))
                .contains(
                        "The weights of the sources in weak do not move: help&lt;ful&gt; &amp; kind 0.500 and harmless 0.500.")
                .contains("Weights of the sources, strong")
                .contains("harmless agree least (mean −0.25)");
    }

    @Test
    void a_run_alone_has_a_page_too_with_its_audit() throws IOException {
        Path page = RunReports.write(List.of(strong), RunReports.usualPlace(List.of(strong)), Audit.YES);
        assertThat(page).isEqualTo(strong.resolve("report.html"));
        assertThat(Files.readString(page))
                .contains("Run strong")
                .contains("The model prefers the better response in")
                .contains("Audited: ")
                .doesNotContain("Differences between runs");
    }

    @Test
    void a_run_that_is_not_finished_is_reported_as_far_as_it_came() throws IOException {
        Files.delete(strong.resolve("evaluation.json"));
        Files.delete(strong.resolve("scores.json"));
        assertThat(page(strong))
                .contains("strong was not measured")
                .contains("Training loss")
                .doesNotContain("NaN");
        Files.delete(strong.resolve("events.jsonl"));
        assertThat(page(strong, weak)).contains("strong was not measured").contains("strong stored no rewards");
        assertThat(page(strong)).contains("No training step is recorded");
    }

    @Test
    void runs_of_one_name_are_told_apart_by_their_folders() throws IOException {
        Path first = Files.createDirectories(folder.resolve("a/seed-1"));
        Path second = Files.createDirectories(folder.resolve("b/seed-1"));
        for (Path run : List.of(first, second)) {
            Files.copy(weak.resolve("recipe.yaml"), run.resolve("recipe.yaml"));
        }
        assertThat(page(first, second)).contains("b/seed-1 against a/seed-1");
    }

    @Test
    void a_report_is_the_same_bytes_each_time() throws IOException {
        assertThat(page(weak, strong)).isEqualTo(page(weak, strong));
    }

    @Test
    void a_folder_that_is_no_run_is_told_apart() {
        assertThatThrownBy(() -> page(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("is neither a run folder");
    }
}
