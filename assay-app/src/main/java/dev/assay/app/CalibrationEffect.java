package dev.assay.app;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.SourceEvaluation;
import dev.assay.evaluation.calibration.Isotonic;
import dev.assay.evaluation.calibration.Platt;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.evaluation.calibration.StoredRecalibration;
import dev.assay.evaluation.calibration.Temperature;
import dev.assay.report.EvaluationTable;
import dev.assay.report.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a recalibration does on pairs it was not fitted on. */
record CalibrationEffect(
        Recalibration map,
        int fitted,
        EvaluationResult raw,
        EvaluationResult calibrated,
        ModelComparison change,
        long seed) {
    static CalibrationEffect of(
            Recalibration map,
            List<PairScores> fitting,
            List<PairScores> heldOut,
            EvaluationOptions options,
            long seed) {
        List<PairScores> mapped = heldOut.stream().map(map::apply).toList();
        int fitted = fitting.stream().mapToInt(half -> half.preferred().size()).sum();
        Evaluator evaluator = new Evaluator(options);
        return new CalibrationEffect(
                map,
                fitted,
                evaluator.evaluate(heldOut),
                evaluator.evaluate(mapped),
                ModelComparison.of(heldOut, mapped, options),
                seed);
    }

    String text() {
        TextTable table =
                new TextTable("source", "n", "ECE raw", "ECE calibrated", "change", "p", "NLL raw", "NLL calibrated");
        for (int s = 0; s < raw.sources().size(); s++) {
            SourceEvaluation before = raw.sources().get(s);
            table.row(row(
                    before.source(),
                    before,
                    calibrated.sources().get(s),
                    change.sources().get(s).differences().get(Metric.ECE)));
        }
        if (raw.sources().size() > 1) {
            table.row(row("Pooled", raw.pooled(), calibrated.pooled(), null));
        }
        return "%s, fitted on %d pairs; measured on the %d held-out pairs of other prompts (%d bins, 95 %% intervals, seed %d)%n%s"
                .formatted(describe(), fitted, raw.n(), raw.options().bins(), seed, table.text());
    }

    private String describe() {
        return switch (map) {
            case Temperature known
            when known.isAtBound() ->
                format(
                        "temperature %.4g, the end of its range: these pairs do not tell how bold the model may be",
                        known.temperature());
            case Temperature(double temperature) -> format("temperature %.4g", temperature);
            case Platt(double slope, double offset) -> format("log-odds %.4g |d| + %.4g", slope, offset);
            case Isotonic isotonic ->
                format("isotonic map with %.0f knots", (double) isotonic.gaps().size());
        };
    }

    private static String format(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }

    private static List<String> row(
            String name, SourceEvaluation before, SourceEvaluation after, ModelComparison.@Nullable Difference ece) {
        return List.of(
                name,
                Integer.toString(before.n()),
                EvaluationTable.plain(before.get(Metric.ECE)),
                EvaluationTable.plain(after.get(Metric.ECE)),
                ece == null ? "" : EvaluationTable.number("%+.3f", ece.estimate(), 1),
                ece == null ? "" : Double.isNaN(ece.pValue()) ? "–" : format("%.3f", ece.pValue()),
                EvaluationTable.plain(before.get(Metric.NLL)),
                EvaluationTable.plain(after.get(Metric.NLL)));
    }

    String json(String model, boolean stored) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("kind", map.kind());
        json.put("numbers", StoredRecalibration.numbers(map));
        json.put("fittedPairs", fitted);
        json.put("heldOutPairs", raw.n());
        json.put("bins", raw.options().bins());
        json.put("seed", seed);
        json.put("stored", stored);
        Map<String, Object> sources = new LinkedHashMap<>();
        for (int s = 0; s < raw.sources().size(); s++) {
            sources.put(
                    raw.sources().get(s).source(),
                    effect(raw.sources().get(s), calibrated.sources().get(s)));
        }
        json.put("sources", sources);
        json.put("pooled", effect(raw.pooled(), calibrated.pooled()));
        return ConversationLines.JSON.writeValueAsString(json);
    }

    private static Map<String, Object> effect(SourceEvaluation before, SourceEvaluation after) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", before.n());
        for (Metric metric : List.of(Metric.ECE, Metric.MCE, Metric.ACE, Metric.BRIER, Metric.NLL)) {
            json.put(metric.key(), Map.of("raw", before.get(metric), "calibrated", after.get(metric)));
        }
        return json;
    }
}
