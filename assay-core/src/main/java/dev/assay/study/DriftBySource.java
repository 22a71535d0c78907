package dev.assay.study;

import dev.assay.evaluation.drift.RewardDrift;
import dev.assay.math.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The size of the reward differences on each test source, with the outliers (arXiv 2312.07401, version 2 Tables 5 and 6). */
final class DriftBySource {
    private final Measured measured;
    /** Of each source, of each model, seed by seed. */
    private final Map<String, Map<Model, List<RewardDrift>>> drifts = new LinkedHashMap<>();

    DriftBySource(Measured measured) {
        this.measured = measured;
        List<String> sources = measured.testSources();
        for (int s = 0; s < sources.size(); s++) {
            Map<Model, List<RewardDrift>> models = new LinkedHashMap<>();
            for (Model model : measured.plan().models()) {
                int source = s;
                models.put(
                        model,
                        measured.plan().seeds().stream()
                                .map(seed -> RewardDrift.of(
                                        measured.scores().of(model, seed).get(source),
                                        measured.options().bootstrap()))
                                .toList());
            }
            drifts.put(sources.get(s), models);
        }
    }

    private SeedMean over(List<RewardDrift> seeds, Function<RewardDrift, Estimate> number) {
        return measured.over(seeds.stream().map(number).toList());
    }

    /** A row a source and model. */
    StudyTable table() {
        List<List<String>> rows = new ArrayList<>();
        drifts.forEach((source, models) -> models.forEach((model, seeds) -> rows.add(List.of(
                model.name() + " on " + source,
                String.valueOf(seeds.getFirst().n()),
                text(Measure.Unit.PLAIN, over(seeds, RewardDrift::absoluteDifference)),
                text(Measure.Unit.COUNT, over(seeds, drift -> drift.positive().count())),
                text(Measure.Unit.PLAIN, over(seeds, drift -> drift.positive().mean())),
                text(Measure.Unit.COUNT, over(seeds, drift -> drift.negative().count())),
                text(Measure.Unit.PLAIN, over(seeds, drift -> drift.negative().mean()))))));
        return new StudyTable(
                "Outliers on each test source" + (measured.overSeeds() ? ", n pairs with each seed" : ""),
                List.of(
                        "model",
                        "n",
                        "mean |d|",
                        "positive outliers",
                        "positive, mean d",
                        "negative outliers",
                        "negative, mean d"),
                rows);
    }

    private String text(Measure.Unit unit, SeedMean mean) {
        return measured.text(unit, mean);
    }

    /** The same for machines. */
    Map<String, Object> json() {
        Map<String, Object> sources = new LinkedHashMap<>();
        drifts.forEach((source, models) -> {
            Map<String, Object> own = new LinkedHashMap<>();
            models.forEach((model, seeds) -> own.put(model.name(), numbers(seeds)));
            sources.put(source, own);
        });
        return sources;
    }

    private Map<String, Object> numbers(List<RewardDrift> seeds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", seeds.getFirst().n());
        json.put("absoluteDifference", StudyJson.mean(over(seeds, RewardDrift::absoluteDifference)));
        json.put(
                "positiveOutliers",
                StudyJson.mean(over(seeds, drift -> drift.positive().count())));
        json.put(
                "positiveOutlierMean",
                StudyJson.mean(over(seeds, drift -> drift.positive().mean())));
        json.put(
                "negativeOutliers",
                StudyJson.mean(over(seeds, drift -> drift.negative().count())));
        json.put(
                "negativeOutlierMean",
                StudyJson.mean(over(seeds, drift -> drift.negative().mean())));
        return json;
    }
}
