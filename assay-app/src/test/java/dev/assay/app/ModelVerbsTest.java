package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import dev.assay.recipe.RewardModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs that take a model refuse alike. */
class ModelVerbsTest {
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

    @Test
    void wrong_models_and_data_are_the_users_error_with_the_next_step() throws IOException {
        Ran absent = MainTest.run("score", "--model", "absent");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("absent is not there");
        Path run = Files.createDirectories(folder.resolve("run"));
        assertThat(MainTest.run("score", "--model", run.toString()).err()).contains("no config.json");
        Files.writeString(run.resolve("recipe.yaml"), "");
        assertThat(MainTest.run("score", "--model", run.toString()).err()).contains("no checkpoint yet");
        assertThat(MainTest.run("evaluate", "--model", model, "--data", "toy").err())
                .contains("NAME=PATH");
        assertThat(MainTest.run("evaluate", "--model", model, "--data", "toy=absent.jsonl")
                        .err())
                .contains("absent.jsonl is not a file");
        Ran one = MainTest.run("compare", model, "--data", "toy=" + pairs);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("MODEL");
        assertThat(MainTest.run("report", run.resolve("nothing").toString()).code())
                .isEqualTo(2);
    }

    @Test
    void a_file_without_pairs_is_named_with_what_was_expected_and_not_taken_for_ties() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        for (String[] verb : new String[][] {
            {"evaluate", "--model", model}, {"compare", model, other}, {"calibrate", "--model", model}
        }) {
            Ran ran = MainTest.run(verb, "--data", "toy=" + empty);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("--data toy=" + empty)
                    .contains("holds no pairs")
                    .contains("\"rejected\"")
                    .contains("assay data audit")
                    .doesNotContain("labelled as ties");
        }
    }

    @Test
    void numbers_out_of_range_are_the_users_error_with_the_rule() {
        for (String verb : List.of("evaluate", "calibrate")) {
            for (String bins : List.of("0", "-3", "1001")) {
                Ran ran = MainTest.run(verb, "--model", model, "--data", "toy=" + pairs, "--bins", bins);
                assertThat(ran.code()).as(verb + bins).isEqualTo(2);
                assertThat(ran.err()).contains("--bins " + bins + ": must lie in [1, 1000]");
            }
        }
        Ran bar = MainTest.run("evaluate", "--model", model, "--data", "toy=" + pairs, "--min-accuracy", "NaN");
        assertThat(bar.code()).isEqualTo(2);
        assertThat(bar.err()).contains("--min-accuracy NaN: must be a finite number");
        assertThat(MainTest.run("doctor", "--seconds", "-1").code()).isEqualTo(2);
    }

    @Test
    void a_run_folder_stands_for_its_best_checkpoint() throws IOException {
        Path run = folder.resolve("finished");
        TinyModels.write(Files.createDirectories(run.resolve("checkpoints")).resolve("best"), 2);
        TinyModels.write(run.resolve("checkpoints").resolve("last"), 1);
        assertThat(RewardModels.folder(run.toString())).isEqualTo(run.resolve("checkpoints/best"));
    }
}
