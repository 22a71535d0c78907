package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunReportTest {
    @TempDir
    Path run;

    private static EvaluationResult result() {
        Random random = new Random(3);
        List<PairScores> sources = new ArrayList<>();
        for (String name : List.of("help<ful>", "harmless")) {
            List<PairScore> pairs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                pairs.add(new PairScore(
                        random.nextGaussian() + 0.5, random.nextGaussian(), Strength.HARD, Origin.of(name, "t", i)));
            }
            sources.add(new PairScores(name, pairs));
        }
        return new Evaluator(EvaluationOptions.DEFAULT).evaluate(sources);
    }

    private void runFolder() throws IOException {
        Files.writeString(run.resolve("recipe.yaml"), "output: <here> & there\n");
        Files.writeString(run.resolve("events.jsonl"), """
                {"step":1,"loss":0.7,"losses":{"helpful":0.6},"weights":{"helpful":0.4}}
                {"step":2,"loss":0.5,"losses":{"helpful":0.4},"weights":{"helpful":0.9}}
                {"step":3,"lo""");
        Files.writeString(run.resolve("evaluation.json"), EvaluationJson.text(Map.of("model", "m"), result()));
    }

    @Test
    void the_page_holds_charts_table_and_recipe_and_needs_nothing_from_outside() throws IOException {
        runFolder();
        String page = Files.readString(RunReport.write(run));
        assertThat(page)
                .contains("Training loss")
                .contains("Weight of each source")
                .contains("Reliability: harmless");
        assertThat(page)
                .contains("&lt;here&gt; &amp; there")
                .contains("help&lt;ful&gt;")
                .doesNotContain("help<ful>");
        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http");
    }

    @Test
    void every_chart_is_well_formed_xml() throws Exception {
        runFolder();
        String page = Files.readString(RunReport.write(run));
        String[] parts = page.split("<svg ", -1);
        assertThat(parts.length - 1).isEqualTo(4);
        for (int i = 1; i < parts.length; i++) {
            String svg = "<svg " + parts[i].substring(0, parts[i].indexOf("</svg>") + 6);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        }
    }

    @Test
    void a_folder_that_is_no_run_is_told_apart() {
        assertThatThrownBy(() -> RunReport.write(run))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("is not a run folder");
    }

    @Test
    void the_json_keeps_the_contract_of_scripts() {
        EvaluationResult result = result();
        JsonNode json = JsonMapper.shared().readTree(EvaluationJson.text(Map.of("model", "runs/x"), result));
        assertThat(json.get("model").asString()).isEqualTo("runs/x");
        JsonNode source = json.get("sources").get("harmless");
        assertThat(source.get("n").asInt()).isEqualTo(60);
        for (String metric : List.of("accuracy", "ece", "mce", "ace", "brier", "nll")) {
            double value = source.get(metric).get("value").asDouble();
            assertThat(value).isBetween(source.get(metric).get("low").asDouble(), 10.0);
        }
        assertThat(json.get("average").get("accuracy").get("value").asDouble()).isBetween(0.0, 1.0);
        assertThat(source.has("trueEce")).isFalse();
    }

    @Test
    void evaluation_tables_end_with_the_averages() {
        String table = EvaluationTable.of(result());
        assertThat(table).contains("Avg").contains("W.Avg").contains("%");
        Map<String, EvaluationResult> models = new LinkedHashMap<>();
        models.put("MultiTask", result());
        models.put("MORE", result());
        assertThat(EvaluationTable.sideBySide(models))
                .contains("MultiTask accuracy")
                .contains("MORE ECE");
    }

    @Test
    void the_first_column_is_left_aligned_and_the_others_right() {
        assertThat(new TextTable("source", "n")
                        .row(List.of("a", "10"))
                        .row(List.of("longest", "7"))
                        .text())
                .isEqualTo("""
                        source    n
                        -------  --
                        a        10
                        longest   7
                        """);
    }
}
