package dev.assay.study;

import dev.assay.recipe.Recipe;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.Radar;
import dev.assay.report.figure.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What each way of learning is worth on each source: a row a model, a column a test source (arXiv 2312.07401, version 1
 * Table 1, version 2 Table 3 and Figure 1).
 */
public final class CrossSource {
    /** The study's name on the command line. */
    public static final String NAME = "cross-source";

    /** Per cent of a coin's accuracy: the centre of the radars, unless some model is worse. */
    private static final double COIN = 50;
    /** Per cent between two round values. */
    private static final double ROUND = 5;

    private static final double ROUNDING = 1e-9;

    private CrossSource() {}

    /**
     * A row for each source and scheme.
     *
     * @throws dev.assay.AssayException where the recipe has one source alone, on which nothing is cross
     */
    public static StudyPlan plan(Recipe base, Path folder, List<Long> seeds, List<Scheme> schemes) {
        StudyPlan.requireSeveral(NAME, StudyPlan.sources(base));
        return StudyPlan.crossSource(base, folder, seeds, schemes);
    }

    /** Tables, JSON and the radars of a study's scores. */
    public static StudyResult of(StudyScores scores) {
        Measured measured = new Measured(scores);
        List<Measure> calibration = measured.known(
                Measure.ECE,
                Measure.POOLED_ECE,
                Measure.TRUE_ECE,
                Measure.POOLED_TRUE_ECE,
                Measure.PROBABILITY_ERROR,
                Measure.BRIER,
                Measure.NLL,
                Measure.ABSOLUTE_DIFFERENCE);
        List<Measure> all = new ArrayList<>(List.of(Measure.AVERAGE, Measure.WEIGHTED_AVERAGE));
        all.addAll(calibration);
        List<Differences> differences = Differences.among(measured, all);
        List<Measure> matrix = new ArrayList<>(measured.accuracies());
        matrix.addAll(List.of(Measure.AVERAGE, Measure.WEIGHTED_AVERAGE, Measure.ECE));
        List<StudyTable> tables = new ArrayList<>();
        // A recalibration leaves accuracies as they are; its ECE stands in the next table.
        StudyTable accuracies = measured.table(
                "Accuracy in % on each test source, and ECE as the mean over them",
                measured.plan().models().stream().filter(Model::isPlain).toList(), matrix);
        Optional<Top> top = Top.of(measured);
        tables.add(top.map(own -> accuracies.with(own.row(matrix))).orElse(accuracies));
        tables.add(measured.table("Calibration and size of the reward differences d", calibration));
        tables.addAll(FittedMaps.tables(measured));
        tables.addAll(Differences.tables(measured, differences));
        List<String> about =
                new ArrayList<>(About.withCalibration(measured, "What each way of learning is worth on each source."));
        about.addAll(FittedMaps.words(measured, measured.plan().comparedWith().map(Model::name)));
        about.addAll(Differences.words(differences));
        top.ifPresent(any -> about.add(Top.WORDS));
        Map<String, Object> json = StudyJson.of(NAME, measured, all, differences);
        top.ifPresent(own -> json.put("top", own.json(matrix)));
        return new StudyResult(
                NAME, about, tables, json, pictures(measured), Map.of(), StudyCommandLine.of(NAME, measured.plan()));
    }

    private static Map<String, StudyPicture> pictures(Measured measured) {
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        if (measured.testSources().size() < Radar.FEWEST) {
            return pictures;
        }
        List<Model> singles = measured.plan().singles();
        List<Model> others = measured.plan().notSingles();
        StudyColours colours = new StudyColours(measured);
        if (!measured.plan().mixed().isEmpty()) {
            pictures.put("radar", radar("Accuracy of " + measured.plan().notSinglesWords(), measured, others, colours));
        }
        if (!singles.isEmpty()) {
            pictures.put("radar-singles", radar("Accuracy of the models of one source", measured, singles, colours));
        }
        return pictures;
    }

    private static StudyPicture radar(String title, Measured measured, List<Model> models, StudyColours colours) {
        return new StudyPicture(
                new Radar(
                        title,
                        measured.testSourcesWithN("\n"),
                        axis(measured),
                        models.stream()
                                .map(model -> new Sample(model.name(), accuracies(measured, model), colours.of(model)))
                                .toList()),
                title + " on each test source: " + measured.sample()
                        + "; the axes have the n of each source, the first table the intervals. " + centre(measured));
    }

    /** One range for all radars of the study, so that one can be laid over the other. */
    private static Axis axis(Measured measured) {
        double highest = all(measured).max().orElse(100);
        return Axis.of(
                "accuracy on each test source (%)" + measured.overSeedsWords(),
                lowest(measured),
                Math.max(COIN + ROUND, Math.ceil(highest / ROUND - ROUNDING) * ROUND));
    }

    private static double lowest(Measured measured) {
        return Math.min(COIN, Math.floor(all(measured).min().orElse(COIN) / ROUND + ROUNDING) * ROUND);
    }

    private static String centre(Measured measured) {
        double lowest = lowest(measured);
        return String.format(Locale.ROOT, "The centre is %.0f %%", lowest)
                + (lowest < COIN ? ", below the 50 % of a coin," : ", a coin's accuracy,")
                + " and all radars of this study have one range.";
    }

    private static DoubleStream all(Measured measured) {
        return measured.plan().models().stream()
                .flatMapToDouble(model -> Arrays.stream(accuracies(measured, model)))
                .filter(Double::isFinite);
    }

    /** In percent, a test source each. */
    private static double[] accuracies(Measured measured, Model model) {
        return measured.accuracies().stream()
                .mapToDouble(measure -> 100 * measured.estimate(model, measure).value())
                .toArray();
    }
}
