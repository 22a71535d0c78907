package dev.assay.report.page;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.report.EvaluationJson;
import dev.assay.report.page.RunFacts.DataFacts;
import dev.assay.report.page.RunFacts.Recalibrated;
import dev.assay.report.page.RunFacts.TestScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Facts about runs that never were. */
final class PageFacts {
    static final List<String> SOURCES = List.of("helper", "guard", "terse");

    private final String name;
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("method.name", "more"));
    private RunHistory history = RunHistory.none();
    private EvaluationOptions options = EvaluationOptions.DEFAULT;
    private List<String> sources = SOURCES;
    private double skill = 0.5;
    private double scale = 1;
    private String fingerprint = "same pairs";
    private boolean isRecalibrated;
    private boolean hasScores = true;

    private PageFacts(String name) {
        this.name = name;
    }

    static PageFacts run(String name) {
        return new PageFacts(name);
    }

    PageFacts set(String path, String value) {
        settings.put(path, value);
        return this;
    }

    PageFacts history(RunHistory known) {
        history = known;
        return this;
    }

    PageFacts measuredWith(EvaluationOptions other) {
        options = other;
        return this;
    }

    /** Measured on these sources alone. */
    PageFacts on(String... others) {
        sources = List.of(others);
        return this;
    }

    PageFacts skill(double other) {
        skill = other;
        return this;
    }

    /** All rewards times this. */
    PageFacts scale(double other) {
        scale = other;
        return this;
    }

    PageFacts onPairs(String other) {
        fingerprint = other;
        return this;
    }

    PageFacts recalibrated() {
        isRecalibrated = true;
        return this;
    }

    /** The run's scores.json is gone. */
    PageFacts withoutScores() {
        hasScores = false;
        return this;
    }

    List<PairScores> scores() {
        Random random = new Random(3);
        List<PairScores> scores = new ArrayList<>();
        for (String source : sources) {
            List<PairScore> pairs = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                double reward = scale * (skill + random.nextGaussian());
                pairs.add(new PairScore(reward, 0, Strength.HARD, Origin.of(source, source + " (test)", i + 1L)));
            }
            scores.add(new PairScores(source, pairs));
        }
        return scores;
    }

    RunFacts facts() {
        StoredEvaluation evaluation = StoredEvaluation.of(
                EvaluationJson.text(Map.of("model", name), new Evaluator(options).evaluate(scores())));
        return new RunFacts(
                name,
                "runs/" + name,
                "method: more\n",
                settings,
                history,
                Optional.of(evaluation),
                hasScores ? Optional.of(new TestScores(fingerprint, scores())) : Optional.empty(),
                isRecalibrated
                        ? Optional.of(new Recalibrated("temperature", 40, SOURCES, evaluation))
                        : Optional.empty(),
                Optional.empty(),
                new DataFacts(List.of(), List.of(), "Nothing was audited."),
                Map.of());
    }

    /** A step of the sources given, each weighing the same, with cosines of {@code cosine} between any two. */
    static RunHistory.Step step(long step, String stage, double cosine, String... sources) {
        Map<String, Double> weights = new LinkedHashMap<>();
        Map<String, Double> losses = new LinkedHashMap<>();
        double[][] cosines = new double[sources.length][sources.length];
        for (int i = 0; i < sources.length; i++) {
            weights.put(sources[i], 1.0 / sources.length);
            losses.put(sources[i], 0.7);
            Arrays.fill(cosines[i], cosine);
            cosines[i][i] = 1;
        }
        return new RunHistory.Step(step, stage, 0.7, losses, weights, cosines, 0.1);
    }

    static Validation validation(long step, Map<String, Double> accuracies) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        accuracies.keySet().forEach(source -> counts.put(source, 8));
        return new Validation(step, Validation.ACCURACY, accuracies, counts);
    }

    /** The page in which a space is a space. */
    static String page(RunFacts... runs) {
        return ReportPage.html(List.of(runs), List.of(), List.of())
                .replace('\u00a0', ' ')
                .replace("<wbr/>", "");
    }
}
