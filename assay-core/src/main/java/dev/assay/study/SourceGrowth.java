package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.math.Estimate;
import dev.assay.recipe.Recipe;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each further source is worth: the first K = 2..S sources of the recipe (arXiv 2312.07401, version 2 Figure 6). */
public final class SourceGrowth {
    /** The study's name on the command line. */
    public static final String NAME = "sources";

    /** The schemes the paper draws. */
    public static final List<Scheme> USUAL = List.of(Scheme.MULTITASK, Scheme.MORE);

    private SourceGrowth() {}

    /**
     * One training for each scheme and number of sources.
     *
     * @throws AssayException where the recipe has one source alone, or is fine-tuned to one: that training would not be one
     *     on its first K sources
     */
    public static StudyPlan plan(Recipe base, Path folder, List<Long> seeds, List<Scheme> schemes) {
        List<String> all = StudyPlan.sources(base);
        StudyPlan.requireSeveral(NAME, all);
        if (base.fineTune().isPresent()) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "fine-tune: study " + NAME
                            + " compares trainings on the first K sources alone; take the section out of"
                            + " the recipe");
        }
        List<Model> models = new ArrayList<>();
        for (Scheme scheme : schemes) {
            if (scheme == Scheme.SINGLE || scheme == Scheme.ENSEMBLE || scheme == Scheme.RAW) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "--schemes " + scheme.key()
                                + ": only multitask, sequential and more learn from K sources at once");
            }
            for (int k = 2; k <= all.size(); k++) {
                String name = scheme.title() + ", K = " + k;
                models.add(
                        k == all.size()
                                ? new Model(name, Model.mixed(scheme).id(), scheme, List.of())
                                : Model.mixed(scheme, name, all.subList(0, k)));
            }
        }
        return new StudyPlan(base, folder, seeds, models);
    }

    /** Tables, JSON and the two pictures. */
    public static StudyResult of(StudyScores scores) {
        Measured measured = new Measured(scores);
        List<Measure> measures = measured.known(
                Measure.AVERAGE,
                Measure.LEARNT_ACCURACY,
                Measure.ECE,
                Measure.LEARNT_ECE,
                Measure.TRUE_ECE,
                Measure.LEARNT_TRUE_ECE,
                Measure.ABSOLUTE_DIFFERENCE);
        List<Differences> differences = new ArrayList<>();
        differences.add(Differences.of(
                measured,
                measures,
                usual(measured.plan()).title() + " on the same K sources",
                compared(measured.plan())));
        differences.add(Differences.of(
                measured,
                measured.known(Measure.AVERAGE, Measure.ECE, Measure.TRUE_ECE, Measure.ABSOLUTE_DIFFERENCE),
                "the same with K = 2",
                lastAgainstFirst(measured.plan())));
        List<StudyTable> tables = new ArrayList<>();
        tables.add(measured.table("Accuracy in % and calibration with the first K sources", measures));
        tables.addAll(Differences.tables(measured, differences));
        List<String> about = new ArrayList<>(about(measured));
        about.addAll(Differences.words(differences));
        return new StudyResult(
                NAME,
                about,
                tables,
                StudyJson.of(NAME, measured, measures, differences),
                pictures(measured),
                Map.of(),
                StudyCommandLine.of(NAME, measured.plan()));
    }

    /** The scheme that others are compared with. */
    private static Scheme usual(StudyPlan plan) {
        return plan.models().stream().anyMatch(model -> model.scheme() == Scheme.MULTITASK)
                ? Scheme.MULTITASK
                : plan.models().getFirst().scheme();
    }

    /** For each model of another scheme that of the usual one which learnt from the same sources. */
    private static List<Versus> compared(StudyPlan plan) {
        Scheme usual = usual(plan);
        List<Versus> compared = new ArrayList<>();
        for (Model model : plan.models()) {
            plan.models().stream()
                    .filter(other -> other.scheme() == usual && model.scheme() != usual)
                    .filter(other -> other.sources().equals(model.sources()))
                    .forEach(other -> compared.add(new Versus(model, other)));
        }
        return compared;
    }

    /** Of each scheme the model of all sources against that of two; none where two are all. */
    private static List<Versus> lastAgainstFirst(StudyPlan plan) {
        return plan.models().stream()
                .map(Model::scheme)
                .distinct()
                .map(scheme -> plan.models().stream()
                        .filter(model -> model.scheme() == scheme)
                        .toList())
                .filter(models -> models.size() > 1)
                .map(models -> new Versus(models.getLast(), models.getFirst()))
                .toList();
    }

    private static List<String> about(Measured measured) {
        List<String> lines = new ArrayList<>(
                About.withCalibration(measured, "What each further source is worth, in the recipe's order."));
        lines.add(
                "\"learnt\" is the mean over the test sources that the model learnt from, the other columns over all.");
        lines.add(batches(measured.plan()));
        return lines;
    }

    /** A step of another size is another training: what K is compared with has to be said. */
    private static String batches(StudyPlan plan) {
        Recipe base = plan.base();
        int asked = base.training().batchSize();
        int[] sizes = IntStream.rangeClosed(2, StudyPlan.sources(base).size())
                .map(base::batchSize)
                .toArray();
        if (IntStream.of(sizes).allMatch(size -> size == asked)) {
            return "A step of MultiTask and MORE has " + asked + " pairs at every K.";
        }
        String each = IntStream.range(0, sizes.length)
                .mapToObj(i -> sizes[i] + " at K = " + (i + 2))
                .collect(Collectors.joining(", "));
        return "Mind the pairs of a step of MultiTask and MORE: " + each + ", not the " + asked
                + " of training.batch-size, since mixing: equal draws whole numbers of pairs from each source; a batch-size"
                + " that every K divides compares like with like.";
    }

    private static Map<String, StudyPicture> pictures(Measured measured) {
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        String ece = "ECE, mean over all test sources";
        pictures.put("ece", lines("Calibration error", ece, measured, Measure.ECE, Points::plain));
        String accuracy = "accuracy (%), mean over all test sources";
        pictures.put("accuracy", lines("Accuracy", accuracy, measured, Measure.AVERAGE, Points::percent));
        return pictures;
    }

    private static StudyPicture lines(
            String title,
            String label,
            Measured measured,
            Measure measure,
            BiFunction<Double, Estimate, Series.Point> point) {
        Map<Scheme, List<Series.Point>> points = new LinkedHashMap<>();
        for (Model model : measured.plan().models()) {
            List<Series.Point> own = points.computeIfAbsent(model.scheme(), any -> new ArrayList<>());
            own.add(point.apply(own.size() + 2.0, measured.estimate(model, measure)));
        }
        StudyColours colours = new StudyColours(measured);
        LinePlot plot = new LinePlot(
                title + " as sources are added",
                Axis.whole("K, sources learnt from (" + measured.sample() + ")"),
                Axis.of(label),
                points.entrySet().stream()
                        .map(entry -> new Series(entry.getKey().title(), entry.getValue(), colours.of(entry.getKey())))
                        .toList(),
                LinePlot.Uncertainty.BARS);
        return new StudyPicture(plot, title + " as sources are added, " + measured.sample() + "; " + Points.BARS);
    }
}
