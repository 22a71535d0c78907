package dev.assay.study;

import dev.assay.recipe.Recipe;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.Radar;
import dev.assay.report.figure.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each way of learning is worth on each source: a row a model, a column a test source (arXiv 2312.07401, version 1
 * Table 1, version 2 Table 3 and Figure 1).
 */
public final class CrossSource {
    /** The study's name on the command line. */
    public static final String NAME = "cross-source";

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
        List<SchemeDifference> differences = SchemeDifference.among(measured, all);
        List<Measure> matrix = new ArrayList<>(measured.accuracies());
        matrix.addAll(List.of(Measure.AVERAGE, Measure.WEIGHTED_AVERAGE, Measure.ECE));
        List<StudyTable> tables = new ArrayList<>();
        tables.add(measured.table("Accuracy in % on each test source, and ECE as the mean over them", matrix));
        tables.add(measured.table("Calibration and size of the reward differences d", calibration));
        tables.addAll(SchemeDifference.tables(measured, differences));
        List<String> about =
                new ArrayList<>(About.withCalibration(measured, "What each way of learning is worth on each source."));
        about.addAll(SchemeDifference.words(differences));
        return new StudyResult(
                NAME,
                about,
                tables,
                StudyJson.of(NAME, measured, all, differences),
                pictures(measured),
                Map.of(),
                StudyCommandLine.of(NAME, measured.plan()));
    }

    private static Map<String, StudyPicture> pictures(Measured measured) {
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        List<Model> singles = measured.plan().singles();
        List<Model> mixed = measured.plan().mixed();
        if (!mixed.isEmpty()) {
            pictures.put("radar", radar("Accuracy of the mixed models", measured, mixed));
        }
        if (!singles.isEmpty()) {
            pictures.put("radar-singles", radar("Accuracy of the models of one source", measured, singles));
        }
        return pictures;
    }

    private static StudyPicture radar(String title, Measured measured, List<Model> models) {
        return new StudyPicture(
                new Radar(
                        title,
                        measured.testSourcesWithN("\n"),
                        Axis.of("accuracy on each test source (%)" + measured.overSeedsWords()),
                        models.stream()
                                .map(model -> new Sample(model.name(), accuracies(measured, model)))
                                .toList()),
                title + " on each test source: " + measured.sample()
                        + "; the axes have the n of each source, the first table the intervals.");
    }

    /** In percent, a test source each. */
    private static double[] accuracies(Measured measured, Model model) {
        return measured.accuracies().stream()
                .mapToDouble(measure -> 100 * measured.estimate(model, measure).value())
                .toArray();
    }
}
