package dev.assay.report;

import dev.assay.evaluation.BrierDecomposition;
import dev.assay.evaluation.ByMetric;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ReliabilityCurve;
import dev.assay.evaluation.SourceEvaluation;
import dev.assay.evaluation.length.LengthBias;
import dev.assay.math.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An evaluation as the JSON that scripts rely on: {@code {"model", "bins", "sources": {NAME: {"n", "accuracy": {"value",
 * "low", "high"}, "ece": ...}}, "average": {"n", ...}, "weightedAverage": {"n", ...},
 * "pooled": {"n", ...}}}. A metric that is not defined is left out.
 */
public final class EvaluationJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private EvaluationJson() {}

    /** The JSON of an evaluation; {@code about} comes first, such as model, seed, data fingerprint and steering. */
    public static String text(Map<String, ?> about, EvaluationResult result) {
        return text(about, result, Map.of());
    }

    /** The same with what answer lengths have to do with the result, by source, as {@code "length"}. */
    public static String text(Map<String, ?> about, EvaluationResult result, Map<String, LengthBias> lengths) {
        Map<String, Object> json = new LinkedHashMap<>(about);
        json.putAll(options(result.options()));
        Map<String, Object> sources = new LinkedHashMap<>();
        result.sources().forEach(source -> sources.put(source.source(), source(source)));
        json.put("sources", sources);
        json.put("average", average(result.n(), result.average()));
        json.put("weightedAverage", average(result.n(), result.weightedAverage()));
        json.put("pooled", source(result.pooled()));
        if (!lengths.isEmpty()) {
            Map<String, Object> byLength = new LinkedHashMap<>();
            lengths.forEach((name, bias) -> byLength.put(name, LengthJson.of(bias)));
            json.put("length", byLength);
        }
        return JSON.writeValueAsString(json);
    }

    /** What calibration errors were measured with: {@code {"bins", "binning", "form", "level"}}. */
    public static Map<String, Object> options(EvaluationOptions options) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bins", options.bins());
        json.put("binning", wireName(options.binning()));
        json.put("form", wireName(options.form()));
        json.put("level", options.bootstrap().level());
        return json;
    }

    private static Map<String, Object> average(int n, ByMetric<Estimate> metrics) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", n);
        json.putAll(metrics(metrics));
        return json;
    }

    private static String wireName(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> source(SourceEvaluation source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", source.n());
        json.put("tiedLabels", source.tiedLabels());
        json.put("tiedRewards", source.tiedRewards());
        json.put("truncated", source.truncated());
        json.putAll(metrics(source.metrics()));
        json.put("brierParts", brier(source.brier()));
        json.put("reliability", curve(source.curve()));
        return json;
    }

    /** Every metric that is defined, by its key. */
    public static Map<String, Object> metrics(ByMetric<Estimate> metrics) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            if (Double.isFinite(metrics.get(metric).value())) {
                json.put(metric.key(), estimate(metrics.get(metric)));
            }
        }
        return json;
    }

    private static Map<String, Double> brier(BrierDecomposition brier) {
        Map<String, Double> json = new LinkedHashMap<>();
        json.put("reliability", brier.reliability());
        json.put("resolution", brier.resolution());
        json.put("uncertainty", brier.uncertainty());
        json.put("withinBins", brier.withinBins());
        return json;
    }

    /** {@code {"value", "low", "high"}}, null where there is no interval: JSON has no NaN. */
    public static Map<String, @Nullable Double> estimate(Estimate estimate) {
        Map<String, @Nullable Double> json = new LinkedHashMap<>();
        json.put("value", finite(estimate.value()));
        json.put("low", finite(estimate.low()));
        json.put("high", finite(estimate.high()));
        return json;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static List<Map<String, Object>> curve(ReliabilityCurve curve) {
        return curve.bins().stream()
                .map(bin -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("low", bin.low());
                    json.put("high", bin.high());
                    json.put("n", bin.n());
                    json.put("confidence", bin.confidence());
                    json.put("accuracy", estimate(bin.accuracy()));
                    json.put("band", estimate(bin.band()));
                    json.put("consistency", estimate(bin.consistency()));
                    return json;
                })
                .toList();
    }
}
