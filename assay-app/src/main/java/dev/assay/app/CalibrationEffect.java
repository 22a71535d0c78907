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
import dev.assay.evaluation.calibration.RecalibrationFit;
import dev.assay.evaluation.calibration.StoredRecalibration;
import dev.assay.evaluation.calibration.Temperature;
import dev.assay.math.Estimate;
import dev.assay.report.EvaluationJson;
import dev.assay.report.EvaluationTable;
import dev.assay.report.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a recalibration does on pairs it was not fitted on. */
record CalibrationEffect(
        RecalibrationFit fit, EvaluationResult raw, EvaluationResult calibrated, ModelComparison change, long seed) {
    static CalibrationEffect of(RecalibrationFit fit, List<PairScores> heldOut, EvaluationOptions options, long seed) {
        List<PairScores> mapped = heldOut.stream().map(fit.map()::apply).toList();
        Evaluator evaluator = new Evaluator(options);
        return new CalibrationEffect(
                fit,
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
        String note = raw.sources().stream().allMatch(source -> isTold(source.n()))
                ? ""
                : "a dash: no interval and no p-value on fewer than " + RecalibrationFit.LEAST_PAIRS
                        + " pairs, nor for a map that the pairs do not tell\n";
        if (raw.sources().size() > 1) {
            note += "p is each source's own, not corrected for their number\n";
        }
        return "%s, fitted on %d pairs; measured on the %d held-out pairs of other prompts (%s; 95 %% intervals, seed %d)%n%s%s"
                .formatted(describe(), fit.pairs(), raw.n(), raw.options().words(), seed, table.text(), note);
    }

    private String describe() {
        return switch (fit.map()) {
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

    private List<String> row(
            String name, SourceEvaluation before, SourceEvaluation after, ModelComparison.@Nullable Difference ece) {
        return List.of(
                name,
                Integer.toString(before.n()),
                EvaluationTable.plain(told(before.get(Metric.ECE), before.n())),
                EvaluationTable.plain(told(after.get(Metric.ECE), before.n())),
                ece == null ? "" : EvaluationTable.number("%+.3f", told(ece.estimate(), before.n()), 1),
                ece == null ? "" : isTold(before.n()) ? format("%.3f", ece.pValue()) : "–",
                EvaluationTable.plain(told(before.get(Metric.NLL), before.n())),
                EvaluationTable.plain(told(after.get(Metric.NLL), before.n())));
    }

    /** Whether intervals and p-values on so many held-out pairs say anything; resamples of a handful all look alike. */
    private boolean isTold(int n) {
        return n >= RecalibrationFit.LEAST_PAIRS && fit.caution().isEmpty();
    }

    private Estimate told(Estimate estimate, int n) {
        return isTold(n) ? estimate : Estimate.withoutInterval(estimate.value());
    }

    String json(String model, boolean stored) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("kind", fit.map().kind());
        json.put("numbers", StoredRecalibration.numbers(fit.map()));
        json.put("fittedPairs", fit.pairs());
        fit.caution().ifPresent(caution -> json.put("caution", caution));
        json.put("heldOutPairs", raw.n());
        json.putAll(EvaluationJson.options(raw.options()));
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

    private Map<String, Object> effect(SourceEvaluation before, SourceEvaluation after) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", before.n());
        for (Metric metric : List.of(Metric.ECE, Metric.MCE, Metric.ACE, Metric.BRIER, Metric.NLL)) {
            json.put(
                    metric.key(),
                    Map.of(
                            "raw", EvaluationJson.estimate(told(before.get(metric), before.n())),
                            "calibrated", EvaluationJson.estimate(told(after.get(metric), before.n()))));
        }
        return json;
    }
}
