package dev.assay.recipe;

import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.report.EvaluationJson;
import dev.assay.report.SteeringJson;
import dev.assay.reward.RewardModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The measurement at the end of a run: scores.json, evaluation.json and report.html. */
final class RunEvaluation {
    private RunEvaluation() {}

    /** Measures the run's best checkpoint on the test sources, or on the validation pairs where there are none. */
    static Optional<EvaluationResult> of(Recipe recipe, Path run, RunData data, String dataFingerprint) {
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
            recipe.evaluation().recalibration().ifPresent(kind -> recalibrate(kind, recipe, run, data, model));
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("model", run.toString());
            about.put("seed", Long.toString(recipe.training().seed()));
            about.put("dataFingerprint", dataFingerprint);
            about.putAll(SteeringJson.about(recipe.evaluation().steered()));
            AtomicFile.write(run.resolve("evaluation.json"), EvaluationJson.text(about, result));
            RunReports.write(List.of(run), run.resolve("report.html"), RunAudit.atTheEnd(data));
            return Optional.of(result);
        }
    }

    private static void recalibrate(RecalibrationKind kind, Recipe recipe, Path run, RunData data, RewardModel model) {
        List<PairScores> scores = data.validation().stream()
                .map(source -> PairScoring.of(model, source, done -> {}))
                .toList();
        ModelCalibration.store(
                run.toString(),
                kind.fit(scores),
                scores.stream().mapToInt(source -> source.pairs().size()).sum(),
                scores.stream().map(PairScores::source).toList(),
                recipe.training().seed());
    }
}
