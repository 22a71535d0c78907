package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StudyVerbsTest {
    @TempDir
    Path folder;

    private Path recipe;

    @BeforeEach
    void recipe() throws IOException {
        recipe = Files.writeString(folder.resolve("r.yaml"), """
                method: more
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                data: {simulated: {sources: 2, pairs: 60, test-pairs: 30}, mixing: equal}
                training: {batch-size: 12, learning-rate: 1e-2, max-steps: 3}
                output: %s
                """.formatted(folder.resolve("run")));
    }

    private Ran study(String verb, String... more) {
        String[] arguments = new String[more.length + 5];
        arguments[0] = "study";
        arguments[1] = verb;
        arguments[2] = recipe.toString();
        arguments[3] = "--output";
        arguments[4] = folder.resolve("study").toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return MainTest.run(arguments);
    }

    @Test
    void a_cross_source_study_trains_every_scheme_with_every_seed_and_shows_the_matrix() {
        Ran ran = study("cross-source", "--seeds", "1,2", "--schemes", "raw,multitask,more");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("seeds 1, 2 (of world and training)")
                .contains("Raw", "MultiTask", "MORE")
                .contains("paired by seed, n = 2 seeds")
                .contains("Study folder: " + folder.resolve("study/cross-source"));
        assertThat(folder.resolve("study/runs/more-seed-2/scores.json")).exists();
        Ran mended = study("cross-source", "--seeds", "1,2", "--schemes", "multitask,more", "--recalibrate", "platt");
        assertThat(mended.err()).isEmpty();
        assertThat(mended.out()).contains("MORE, platt", "slope A", "Minus MultiTask, platt (paired by seed, n = 2");
        assertThat(study("cross-source", "--recalibrate", "plat").err())
                .contains("--recalibrate plat is not known; choose one of [temperature, platt, isotonic]");
        Ran again = study("cross-source", "--seeds", "1", "--schemes", "more", "--json");
        JsonNode json = JsonMapper.shared().readTree(again.out());
        assertThat(json.get("models").get("MORE").get("ece").get("value").asDouble())
                .isBetween(0.0, 1.0);
    }

    @Test
    void a_wrong_scheme_ends_with_its_nearest_name_and_trains_nothing() {
        Ran ran = study("cross-source", "--schemes", "sequentail");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("did you mean sequential?");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void studies_refuse_what_they_do_not_take() {
        for (String verb : List.of("sources", "sequence")) {
            Ran ran = study(verb, "--baseline", "Nonsense");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("assay study " + verb + ": Unknown options: '--baseline', 'Nonsense'");
        }
        assertThat(study("sources", "--variant", "a: training.max-steps=2").code())
                .isEqualTo(2);
        assertThat(study("cross-source", "--baseline", "Nonsense").err()).contains("is no row of the study");
        assertThat(study("sources", "--order", "helper").err())
                .contains("--order helper has not every training source");
        assertThat(study("sources", "--order", "guard,helper").err()).contains("of two sources K = 2 is all");
        assertThat(study("sources", "--recalibrate", "temprature").err())
                .contains("choose one of [temperature, platt, isotonic]");
        assertThat(study(
                                "cross-source",
                                "--variant",
                                "MORE, temperature: training.max-steps=2",
                                "--recalibrate",
                                "temperature")
                        .err())
                .contains("--variant MORE, temperature: so --recalibrate calls a row of its own");
        assertThat(study("cross-source", "--seeds", "1,1").err()).contains("--seeds: 1 is given 2 times");
        assertThat(MainTest.run("study", "sources", "--help").out())
                .contains("Of multitask, sequential, more")
                .doesNotContain("ensemble");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void the_other_studies_answer_from_the_same_runs() {
        for (String verb : List.of("sources", "agreement", "drift", "sequence")) {
            Ran ran = study(verb);
            assertThat(ran.err()).isEmpty();
            assertThat(ran.code()).isZero();
            assertThat(folder.resolve("study").resolve(verb).resolve("study.md"))
                    .exists();
            assertThat(folder.resolve("study").resolve(verb).resolve("study.json"))
                    .exists();
        }
        Ran report = MainTest.run("report", folder.resolve("study").toString(), "--no-audit");
        assertThat(report.code()).isZero();
        assertThat(folder.resolve("study/report.html"))
                .content()
                .contains("<h1>4 studies</h1>")
                .contains("<h2>Study: agreement</h2>", "<h2>Study: sources</h2>");
        assertThat(folder.resolve("study/agreement/disagreed.jsonl")).exists();
        assertThat(folder.resolve("study/sources/ece.svg")).exists();
        assertThat(study("sources", "--recalibrate", "temperature").out()).contains("MORE, K = 2, temperature");
        assertThat(study("sequence", "--source", "gaurd").err()).contains("did you mean guard?");
        assertThat(study("sequence", "--source", "guard", "--all-orders").code())
                .isEqualTo(2);
    }
}
