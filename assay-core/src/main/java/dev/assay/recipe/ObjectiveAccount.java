package dev.assay.recipe;

import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.RatingScale;
import dev.assay.math.Estimate;
import dev.assay.math.RegressionQuality;
import dev.assay.report.EvaluationTable;
import dev.assay.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well a trained head of objectives predicts held-out ratings: {@code objectives.txt} for people, {@code objectives.json} for
 * scripts.
 *
 * @param rows what was learnt from
 * @param qualities of the objectives that were measured
 */
record ObjectiveAccount(ObjectiveRows rows, Map<String, RegressionQuality> qualities) {
    private static final String MEASURED_ON =
            "ratings of held-out prompts; they also chose the best checkpoint, which flatters a little";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    void write(RunFolder folder) {
        AtomicFile.write(folder.path().resolve(MixtureAccount.JSON_FILE), json());
        AtomicFile.write(folder.path().resolve(MixtureAccount.TEXT_FILE), text());
    }

    private String text() {
        TextTable table = new TextTable("objective", "rated", "n", "prompts", "R2", "Spearman", "MSE");
        rows.names().forEach(name -> {
            RegressionQuality quality = qualities.get(name);
            String rated = Integer.toString(rows.rated(name));
            table.row(
                    quality == null
                            ? List.of(name, rated, "0", "0", "none", "none", "none")
                            : List.of(
                                    name,
                                    rated,
                                    Integer.toString(quality.rows()),
                                    Integer.toString(quality.clusters()),
                                    EvaluationTable.plain(quality.rSquared()),
                                    EvaluationTable.plain(quality.spearman()),
                                    EvaluationTable.plain(quality.meanSquaredError())));
        });
        return "Objectives, measured on " + MEASURED_ON + ", mapped to 0 to 1\n\n" + table.text() + MixtureTables.FEW;
    }

    private String json() {
        List<Map<String, Object>> objectives = new ArrayList<>();
        for (Map.Entry<String, RatingScale> each : rows.objectives().entrySet()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", each.getKey());
            json.put("low", each.getValue().low());
            json.put("high", each.getValue().high());
            json.put("rated", rows.rated(each.getKey()));
            RegressionQuality quality = qualities.get(each.getKey());
            if (quality != null) {
                json.put("n", quality.rows());
                json.put("prompts", quality.clusters());
                json.put("rSquared", estimate(quality.rSquared()));
                json.put("spearman", estimate(quality.spearman()));
                json.put("meanSquaredError", estimate(quality.meanSquaredError()));
            }
            objectives.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", ObjectiveJudge.LEVEL);
        json.put("measuredOn", MEASURED_ON);
        json.put("objectives", objectives);
        return JSON.writeValueAsString(json) + "\n";
    }

    private static Map<String, @Nullable Object> estimate(Estimate estimate) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", finite(estimate.value()));
        json.put("low", finite(estimate.low()));
        json.put("high", finite(estimate.high()));
        return json;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
