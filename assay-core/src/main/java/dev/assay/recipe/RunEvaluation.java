package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.RecalibrationFit;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.report.EvaluationJson;
import dev.assay.report.SteeringJson;
import dev.assay.reward.RewardModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The measurement at the end of a run: scores.json, evaluation.json and report.html. */
final class RunEvaluation {
    private RunEvaluation() {}

    /**
     * Measures the run's best checkpoint on the test sources, or on the validation pairs where there are none.
     *
     * @param cautions is told what a reader of the result must be warned of
     */
    static Optional<EvaluationResult> of(
            Recipe recipe, Path run, RunData data, String dataFingerprint, Consumer<String> cautions) {
        List<PreferenceSource> sources = data.measured();
        if (sources.isEmpty()) {
            RunReports.write(List.of(run), run.resolve("report.html"), RunAudit.atTheEnd(data));
            return Optional.empty();
        }
        try (RewardModel model =
                RewardModels.load(run.toString(), recipe.evaluation().steered())) {
            List<PairScores> scores = sources.stream()
                    .map(source -> PairScoring.of(model, source, done -> {}))
                    .toList();
            new RunScores(dataFingerprint, RunData.fingerprintOf(sources), scores).write(run);
            EvaluationResult result = new Evaluator(recipe.evaluation().options()).evaluate(scores);
            Optional<String> unfit =
                    recipe.evaluation().recalibration().flatMap(kind -> recalibrate(kind, recipe, run, data, model));
            unfit.ifPresent(cautions);
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("model", run.toString());
            about.put("seed", Long.toString(recipe.training().seed()));
            about.put("dataFingerprint", dataFingerprint);
            about.putAll(SteeringJson.about(recipe.evaluation().steered()));
            unfit.ifPresent(why -> about.put("recalibration", why));
            AtomicFile.write(run.resolve("evaluation.json"), EvaluationJson.text(about, result));
            RunReports.write(List.of(run), run.resolve("report.html"), RunAudit.atTheEnd(data));
            return Optional.of(result);
        }
    }

    /** Stores a map that the validation pairs can tell; otherwise says why none is stored, and the run goes on. */
    private static Optional<String> recalibrate(
            RecalibrationKind kind, Recipe recipe, Path run, RunData data, RewardModel model) {
        List<PairScores> scores = data.validation().stream()
                .map(source -> PairScoring.of(model, source, done -> {}))
                .toList();
        Optional<String> caution;
        try {
            RecalibrationFit fit = RecalibrationFit.of(kind, scores);
            caution = fit.caution();
            if (caution.isEmpty()) {
                List<String> names = scores.stream().map(PairScores::source).toList();
                ModelCalibration.store(
                        run.toString(),
                        fit.map(),
                        fit.pairs(),
                        names,
                        recipe.training().seed());
            }
        } catch (AssayException e) {
            if (e.kind() != ErrorKind.DATA) {
                throw e;
            }
            caution = Optional.of(String.valueOf(e.getMessage()));
        }
        return caution.map(why -> "no recalibration is stored: " + why
                + "; give more validation pairs, or run assay calibrate on others");
    }
}
