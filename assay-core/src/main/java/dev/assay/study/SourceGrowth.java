package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param order all training sources, in the order in which they are added; empty: the recipe's
     * @throws AssayException where the recipe has one source alone, or is fine-tuned to one: that training would not be one
     *     on its first K sources; or where the order does not have each source once
     */
    public static StudyPlan plan(Recipe base, Path folder, List<Long> seeds, List<Scheme> schemes, List<String> order) {
        List<String> all = StudyPlan.sources(base);
        StudyPlan.requireSeveral(NAME, all);
        if (base.fineTune().isPresent()) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "fine-tune: study " + NAME
                            + " compares trainings on the first K sources alone; take the section out of"
                            + " the recipe");
        }
        List<String> added = order.isEmpty() ? all : order;
        requireEachOnce(added, all);
        requireEffect(order, schemes);
        List<Model> models = new ArrayList<>();
        for (Scheme scheme : schemes) {
            if (scheme == Scheme.SINGLE || scheme == Scheme.ENSEMBLE || scheme == Scheme.RAW) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "--schemes " + scheme.key()
                                + ": only multitask, sequential and more learn from K sources at once");
            }
            for (int k = 2; k <= all.size(); k++) {
                models.add(model(scheme, added.subList(0, k), all));
            }
        }
        return new StudyPlan(base, folder, seeds, models);
    }

    /** What learns from all sources is trained once for all studies; in which order they were added matters to Sequential alone. */
    private static Model model(Scheme scheme, List<String> sources, List<String> all) {
        String name = scheme.title() + ", K = " + sources.size();
        boolean usual = scheme == Scheme.SEQUENTIAL ? sources.equals(all) : sources.size() == all.size();
        return usual
                ? new Model(name, Model.mixed(scheme).id(), scheme, List.of())
                : Model.mixed(scheme, name, sources);
    }

    private static void requireEachOnce(List<String> order, List<String> all) {
        if (!order.stream().sorted().toList().equals(all.stream().sorted().toList())) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--order " + String.join(",", order) + " has not every training source once; they are "
                            + String.join(",", all));
        }
    }

    /** Two sources have one K, and what learns from both at once is the same in either order. */
    private static void requireEffect(List<String> order, List<Scheme> schemes) {
        if (order.size() == 2 && !schemes.contains(Scheme.SEQUENTIAL)) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--order " + String.join(",", order)
                            + " changes nothing: of two sources K = 2 is all; leave it out");
        }
    }

    /** The order in which sources were added, where it is not the recipe's; that of the last two does not show. */
    static Optional<List<String>> order(StudyPlan plan) {
        List<String> all = StudyPlan.sources(plan.base());
        return plan.models().stream()
                .map(Model::sources)
                .filter(sources -> sources.size() >= all.size() - 1)
                .findFirst()
                .map(sources -> {
                    List<String> order = new ArrayList<>(sources);
                    all.stream().filter(source -> !sources.contains(source)).forEach(order::add);
                    return order;
                })
                .filter(order -> !order.equals(all));
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
        List<Differences> differences = GrowthComparisons.of(measured, measures);
        List<StudyTable> tables = new ArrayList<>();
        tables.add(measured.table("Accuracy in % and calibration with the first K sources", measures));
        tables.addAll(FittedMaps.tables(measured));
        tables.addAll(Differences.tables(measured, differences));
        List<String> about = new ArrayList<>(about(measured));
        about.addAll(FittedMaps.words(
                measured, Optional.of(GrowthComparisons.usual(measured.plan()).title())));
        about.addAll(Differences.words(differences));
        return new StudyResult(
                NAME,
                about,
                tables,
                StudyJson.of(NAME, measured, measures, differences),
                GrowthPictures.of(measured),
                Map.of(),
                StudyCommandLine.of(NAME, measured.plan()));
    }

    private static List<String> about(Measured measured) {
        List<String> lines = new ArrayList<>(About.withCalibration(
                measured,
                "What each further source is worth, in "
                        + order(measured.plan())
                                .map(order -> "the order " + String.join(", ", order) + ".")
                                .orElse("the recipe's order.")));
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
}
