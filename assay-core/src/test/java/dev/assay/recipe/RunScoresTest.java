package dev.assay.recipe;

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
import dev.assay.report.EvaluationJson;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunScoresTest {
    @TempDir
    Path folder;

    @Test
    void the_scores_of_a_finished_run_give_its_evaluation_again() {
        Recipe recipe = TinyRecipe.in(folder, "run");
        EvaluationResult direct = new TrainingRun(recipe)
                .execute(false, TrainingListener.silent())
                .evaluation()
                .orElseThrow();
        RunScores stored = RunScores.read(folder.resolve("run"));
        EvaluationResult again = new Evaluator(EvaluationOptions.DEFAULT).evaluate(stored.sources());
        assertThat(EvaluationJson.text(Map.of(), again)).isEqualTo(EvaluationJson.text(Map.of(), direct));
        assertThat(stored.sources())
                .allSatisfy(source -> assertThat(source.pairs())
                        .hasSize(30)
                        .allMatch(pair -> pair.strength().trueProbability().isPresent()));
    }

    @Test
    void soft_labels_ties_and_cut_pairs_survive_the_file_to_the_bit() {
        Strength soft = new Strength(0.75, OptionalDouble.empty(), OptionalDouble.empty());
        PairScores scores = new PairScores(
                "a",
                List.of(
                        new PairScore(1.0 / 3, -1e-300, soft, Origin.of("a", "a (test)", 1)),
                        new PairScore(-0.1f, 0, Strength.TIE, Origin.of("a", "a (test)", 2))),
                1);
        new RunScores("train", "test", List.of(scores)).write(folder);
        assertThat(RunScores.read(folder)).isEqualTo(new RunScores("train", "test", List.of(scores)));
    }

    @Test
    void a_run_without_scores_and_a_damaged_file_name_the_way_out() throws IOException {
        assertThatThrownBy(() -> RunScores.read(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("not finished")
                .hasMessageContaining("--resume");
        Files.writeString(folder.resolve(RunScores.FILE), "{\"sources\": {\"a\": {\"chosen\": [1]}}}");
        assertThatThrownBy(() -> RunScores.read(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("cannot be read");
    }

    /** Each of these was a reward, label or probability of 0 to Jackson. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"chosen": [1, null], "rejected": [0, 0]}                       | sources.a.chosen, row 2: null
            {"chosen": [1, 1], "rejected": ["-0.5", 0]}                     | sources.a.rejected, row 1: "-0.5"
            {"chosen": [1e999, 1], "rejected": [0, 0]}                      | sources.a.chosen, row 1
            {"chosen": [1, 1], "rejected": [0]}                             | sources.a.rejected has 1 rows
            {"chosen": [1, 1]}                                              | sources.a.rejected is missing
            {"rejected": [1, 1]}                                            | sources.a.chosen is missing
            {"chosen": [1], "rejected": [0], "truth": [null]}               | sources.a.truth, row 1: null
            {"chosen": [1], "rejected": [0], "label": 1}                    | sources.a.label is no list
            """)
    void a_cell_that_is_no_number_is_refused_with_its_row(String columns, String message) throws IOException {
        Files.writeString(
                folder.resolve(RunScores.FILE),
                "{\"dataFingerprint\": \"d\", \"testFingerprint\": \"t\", \"sources\": {\"a\": " + columns + "}}");
        assertThatThrownBy(() -> RunScores.read(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining(RunScores.FILE)
                .hasMessageContaining(message)
                .hasMessageContaining("resume the run to score again");
    }
}
