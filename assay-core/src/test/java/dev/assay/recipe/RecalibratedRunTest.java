package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.report.page.StoredEvaluation;
import dev.assay.testing.Tolerances;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluation.recalibration}: fitted at the end, kept in the manifest, shown in the report. */
class RecalibratedRunTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"{name: more}", "ensemble"})
    void a_run_keeps_its_raw_result_and_the_map_fitted_on_validation_pairs(String method) throws IOException {
        Recipe recipe = TinyRecipe.in(
                folder,
                "run",
                "method=" + method,
                "data.simulated.pairs=300",
                "data.validation.fraction=0.5",
                "training.max-steps=24",
                "evaluation={bins: 6, binning: equal-mass, form: both-orders, recalibration: temperature}");
        EvaluationResult raw = new TrainingRun(recipe)
                .execute(false, TrainingListener.silent())
                .evaluation()
                .orElseThrow();
        Path run = folder.resolve("run");
        Recalibration map = ModelCalibration.of(run.toString());
        assertThat(map.kind()).isEqualTo("temperature");
        StoredEvaluation stored = StoredEvaluation.read(run.resolve("evaluation.json"));
        assertThat(stored.about())
                .containsEntry("bins", "6")
                .containsEntry("binning", "equal-mass")
                .containsEntry("form", "both-orders");
        double ece = JsonMapper.shared()
                .readTree(Files.readString(run.resolve("evaluation.json")))
                .at("/average/ece/value")
                .asDouble();
        assertThat(ece).isCloseTo(raw.average().get(Metric.ECE).value(), within(Tolerances.DOUBLE_ALGEBRA));
        EvaluationResult calibrated = new Evaluator(recipe.evaluation().options())
                .evaluate(RunScores.read(run).sources().stream().map(map::apply).toList());
        assertThat(calibrated.average().get(Metric.ACCURACY))
                .isEqualTo(raw.average().get(Metric.ACCURACY));
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Recalibrated")
                .contains(String.format(
                        Locale.ROOT,
                        "%.3f",
                        calibrated.average().get(Metric.NLL).value()));
    }

    @Test
    void a_map_that_few_pairs_cannot_tell_is_warned_of_and_not_stored() throws IOException {
        new TrainingRun(TinyRecipe.in(folder, "few", "method=raw", "evaluation={recalibration: temperature}"))
                .execute(false, TrainingListener.silent());
        Path run = folder.resolve("few");
        assertThat(ModelCalibration.stored(run.toString())).isEmpty();
        assertThat(Files.readString(run.resolve("assay.log")))
                .contains("no recalibration is stored")
                .contains("at least 30");
        assertThat(Files.readString(run.resolve("report.html"))).contains("Mind: no recalibration is stored");
    }

    @Test
    void a_training_warns_of_bins_that_hide_a_gap_in_its_log_and_its_report() throws IOException {
        List<String> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onMessage(String message) {
                told.add(message);
            }
        };
        new TrainingRun(TinyRecipe.in(folder, "odd", "method=raw", "evaluation={bins: 7, form: both-orders}"))
                .execute(false, listener);
        Path run = folder.resolve("odd");
        assertThat(Files.readString(run.resolve("assay.log")))
                .contains("evaluation: with both-orders and an odd number");
        assertThat(told).anyMatch(message -> message.contains("odd number of bins (7)"));
        assertThat(Files.readString(run.resolve("report.html"))).contains("Mind: with both-orders and an odd number");
        new TrainingRun(TinyRecipe.in(folder, "even", "method=raw", "evaluation={bins: 8, form: both-orders}"))
                .execute(false, listener);
        assertThat(Files.readString(folder.resolve("even").resolve("assay.log")))
                .doesNotContain("odd number");
    }

    @Test
    void a_map_is_not_shown_on_the_pairs_it_was_fitted_on() {
        assertThatThrownBy(() -> Recipe.parse("""
                        method: bradley-terry
                        backbone: {path: b}
                        data: {train: [{name: a, path: a.jsonl}]}
                        evaluation: {recalibration: platt}
                        output: x
                        """, "r", List.of()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("evaluation.recalibration")
                .hasMessageContaining("data.test");
    }
}
