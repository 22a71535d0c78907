package dev.assay.study;

import dev.assay.math.Estimate;
import dev.assay.report.EvaluationJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of a study for machines; every one carries its interval, and its value with each seed. */
final class StudyJson {
    private StudyJson() {}

    /** What every study states: its name, what it was made of, and each measure of each model. */
    static Map<String, Object> of(
            String study, Measured measured, List<Measure> measures, List<Differences> differences) {
        StudyPlan plan = measured.plan();
        Map<String, Object> json = head(study, measured);
        Map<String, Object> models = new LinkedHashMap<>();
        plan.models().forEach(model -> models.put(model.name(), model(measured, model, measures)));
        json.put("models", models);
        json.put("differences", differences(differences));
        return json;
    }

    /** What every study states first. */
    static Map<String, Object> head(String study, Measured measured) {
        StudyPlan plan = measured.plan();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("study", study);
        json.put("seeds", plan.seeds());
        json.put("testSources", measured.testSources());
        json.put("n", measured.n());
        json.putAll(EvaluationJson.options(plan.base().evaluation().options()));
        json.put("intervals", measured.overSeeds() ? "Student t over seeds" : "test pairs of one seed");
        json.put("recipe", plan.base().values());
        return json;
    }

    private static Map<String, Object> model(Measured measured, Model model, List<Measure> measures) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scheme", model.scheme().key());
        if (!model.sources().isEmpty()) {
            json.put("learntFrom", model.sources());
        }
        if (model.scheme() != Scheme.ENSEMBLE) {
            json.put(
                    "runs",
                    measured.plan().members().stream()
                            .filter(member -> member.model().id().equals(model.id()))
                            .map(member -> "runs/" + member.id())
                            .toList());
        }
        model.recalibration().ifPresent(kind -> json.put("recalibration", FittedMaps.json(measured, model)));
        json.put("accuracyBySource", measures(measured, model, measured.accuracies()));
        json.putAll(measures(measured, model, measures));
        return json;
    }

    private static Map<String, Object> measures(Measured measured, Model model, List<Measure> measures) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Measure measure : measures) {
            Map<String, @Nullable Object> value = mean(measured.mean(model, measure));
            value.put("perSeed", list(measured.values(model, measure)));
            json.put(measure.key(), value);
        }
        return json;
    }

    /** With how many seeds the number is defined, which are those it is over. */
    static Map<String, @Nullable Object> mean(SeedMean mean) {
        Map<String, @Nullable Object> json = estimate(mean.estimate());
        json.put("seeds", mean.seeds());
        return json;
    }

    /** Null where there is no value, or no interval. */
    static Map<String, @Nullable Object> estimate(Estimate estimate) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", number(estimate.value()));
        json.put("low", number(estimate.low()));
        json.put("high", number(estimate.high()));
        return json;
    }

    /** A line a comparison. */
    static List<Map<String, @Nullable Object>> differences(List<Differences> differences) {
        return differences.stream()
                .flatMap(each -> each.rows().stream())
                .map(StudyJson::difference)
                .toList();
    }

    private static Map<String, @Nullable Object> difference(SchemeDifference difference) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", difference.model().name());
        json.put("baseline", difference.baseline().name());
        json.put("measure", difference.measure().key());
        json.put("difference", estimate(difference.difference()));
        json.put("seeds", difference.seeds());
        json.put("pValue", number(difference.pValue()));
        json.put("pValueHolm", number(difference.corrected()));
        difference.ratio().ifPresent(ratio -> json.put("ratio", estimate(ratio)));
        return json;
    }

    /** A value for each seed. */
    static List<@Nullable Double> list(double[] values) {
        List<@Nullable Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(number(value));
        }
        return list;
    }

    /** JSON has no NaN: a number that is not defined is null. */
    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
