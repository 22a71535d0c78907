package dev.assay.study;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers of all models of a study. With one seed an interval is over test pairs; with several it is Student's over
 * seeds, and two models are compared seed by seed. In a simulated world, which each seed draws anew, that holds the spread of
 * training, data and test pairs together; test pairs of files are largely the same with every seed.
 */
final class Measured {
    static final double LEVEL = 0.95;

    private final StudyScores scores;
    private final List<String> trainingSources;
    private final Map<Model, List<SeedResult>> results = new HashMap<>();

    Measured(StudyScores scores) {
        this.scores = scores;
        this.trainingSources = StudyPlan.sources(plan().base());
        for (Model model : plan().models()) {
            results.put(
                    model,
                    plan().seeds().stream()
                            .map(seed -> SeedResult.of(learnt(model), scores.of(model, seed), options()))
                            .toList());
        }
    }

    /** Intervals over pairs are only looked at where there is one seed. */
    EvaluationOptions options() {
        EvaluationOptions options = plan().base().evaluation().options();
        return overSeeds() ? options.withBootstrap(new Bootstrap(1, LEVEL, 0)) : options;
    }

    StudyPlan plan() {
        return scores.plan();
    }

    StudyScores scores() {
        return scores;
    }

    boolean overSeeds() {
        return plan().seeds().size() > 1;
    }

    /** Names of the sources a model learnt from. */
    List<String> learnt(Model model) {
        return model.sources().isEmpty() ? trainingSources : model.sources();
    }

    /** Names of the test sources. */
    List<String> testSources() {
        return of(plan().models().getFirst()).getFirst().result().sources().stream()
                .map(source -> source.source())
                .toList();
    }

    /** Names of the test sources with the pairs that count of each, with one seed. */
    List<String> testSourcesWithN(String between) {
        return of(plan().models().getFirst()).getFirst().result().sources().stream()
                .map(source -> source.source() + between + "n = " + source.n())
                .toList();
    }

    /** What pictures of means add to a label. */
    String overSeedsWords() {
        return overSeeds() ? ", mean of " + plan().seeds().size() + " seeds" : "";
    }

    /** What pictures of single pairs add to a label, whose n counts the pairs of every seed. */
    String ofSeedsWords() {
        return overSeeds() ? "; n counts the pairs of all " + plan().seeds().size() + " seeds" : "";
    }

    /** Test pairs of one seed, ties left out. */
    int n() {
        return of(plan().models().getFirst()).getFirst().result().n();
    }

    /** The sample as a picture's title states it. */
    String sample() {
        int seeds = plan().seeds().size();
        return "n = " + n()
                + (seeds > 1
                        ? " pairs, mean of " + seeds + " seeds"
                        : " pairs, seed " + plan().seeds().getFirst());
    }

    /** The results of a model, in the order of the seeds. */
    List<SeedResult> of(Model model) {
        List<SeedResult> found = results.get(model);
        if (found == null) {
            throw new IllegalArgumentException(model.name() + " is not part of the study");
        }
        return found;
    }

    /** A measure of a model with each seed. */
    double[] values(Model model, Measure measure) {
        return of(model).stream()
                .mapToDouble(result -> measure.of().apply(result).value())
                .toArray();
    }

    /** A measure of a model with its interval. */
    Estimate estimate(Model model, Measure measure) {
        return mean(model, measure).estimate();
    }

    /** The same with the number of seeds it is over. */
    SeedMean mean(Model model, Measure measure) {
        return over(of(model).stream().map(measure.of()).toList());
    }

    /** One seed's own interval, or Student's over the seeds with which the number is defined. */
    SeedMean over(List<Estimate> seeds) {
        return overSeeds()
                ? SeedMean.of(seeds.stream().mapToDouble(Estimate::value).toArray())
                : SeedMean.ofOne(seeds.getFirst());
    }

    /** The cell of a table. */
    String text(Measure.Unit unit, SeedMean mean) {
        return unit.text(mean.estimate(), overSeeds()) + notAll(mean.seeds());
    }

    /** What a number over fewer seeds than the study has says behind it: a mean must not look as if it were over all. */
    String notAll(int seeds) {
        return seeds == 0 || seeds == plan().seeds().size() ? "" : seeds == 1 ? " (1 seed)" : " (" + seeds + " seeds)";
    }

    /** Those that are defined for some model: the true calibration error is for simulated data alone. */
    List<Measure> known(Measure... measures) {
        return Stream.of(measures)
                .filter(measure -> plan().models().stream()
                        .anyMatch(model ->
                                Double.isFinite(estimate(model, measure).value())))
                .toList();
    }

    /** A measure of one model minus that of another, seed by seed; NaN where it is not defined for one of them. */
    double[] differences(Model model, Model baseline, Measure measure) {
        double[] own = values(model, measure);
        double[] other = values(baseline, measure);
        return IntStream.range(0, own.length)
                .mapToDouble(i -> own[i] - other[i])
                .toArray();
    }

    /**
     * The geometric mean of the seeds' ratios, with Student's interval of their logarithms; for positive measures. None
     * where one is 0 or not defined with some seed: leaving that seed out would choose among the trainings.
     */
    Optional<Estimate> ratio(Model model, Model baseline, Measure measure) {
        double[] own = values(model, measure);
        double[] other = values(baseline, measure);
        double[] logs = IntStream.range(0, own.length)
                .mapToDouble(i -> Math.log(own[i] / other[i]))
                .toArray();
        if (!Arrays.stream(logs).allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        Estimate log = StudentInterval.of(logs, LEVEL);
        return Optional.of(new Estimate(Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high())));
    }

    /** Accuracy on each test source. */
    List<Measure> accuracies() {
        List<String> sources = testSources();
        return IntStream.range(0, sources.size())
                .mapToObj(s -> Measure.accuracyOn(sources.get(s), s))
                .toList();
    }

    /** All models as rows, the measures as columns. */
    StudyTable table(String title, List<Measure> measures) {
        return table(title, plan().models(), measures);
    }

    /** Some models as rows, the measures as columns. */
    StudyTable table(String title, List<Model> models, List<Measure> measures) {
        List<String> headings = new ArrayList<>(List.of("model"));
        measures.forEach(measure -> headings.add(measure.title()));
        List<List<String>> rows = new ArrayList<>();
        for (Model model : models) {
            List<String> row = new ArrayList<>(List.of(model.name()));
            measures.forEach(measure -> row.add(text(measure.unit(), mean(model, measure))));
            rows.add(row);
        }
        return new StudyTable(title, headings, rows);
    }

    /** The scores of a model with the first seed, for pictures of single pairs. */
    List<PairScores> firstSeed(Model model) {
        return scores.of(model, plan().seeds().getFirst());
    }
}
