package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.recipe.Recipe;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What becomes of a source that is learnt early or late in sequential training (arXiv 2312.07401, version 1 Table 2). */
public final class Sequence {
    /** The study's name on the command line. */
    public static final String NAME = "sequence";

    /** More sources have too many orders to train: 6 have 720. */
    private static final int MOST_PERMUTED = 5;

    private Sequence() {}

    /** One training for each place of a source among the others, which keep the recipe's order. */
    public static StudyPlan positions(Recipe base, Path folder, List<Long> seeds, String source) {
        List<String> all = StudyPlan.sources(base);
        StudyPlan.requireSeveral(NAME, all);
        requireKnown(source, all);
        List<Model> models = new ArrayList<>();
        for (int place = 0; place < all.size(); place++) {
            List<String> order = new ArrayList<>(all);
            order.remove(source);
            order.add(place, source);
            models.add(model(source + " " + (place + 1) + " of " + all.size(), order, all));
        }
        return new StudyPlan(base, folder, seeds, models);
    }

    /** One training for each order of the sources; of at most five. */
    public static StudyPlan allOrders(Recipe base, Path folder, List<Long> seeds) {
        List<String> all = StudyPlan.sources(base);
        StudyPlan.requireSeveral(NAME, all);
        if (all.size() > MOST_PERMUTED) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--all-orders: " + all.size() + " sources have too many orders; give the recipe at most "
                            + MOST_PERMUTED + " by data.only, or study one source's place with --source NAME");
        }
        List<Model> models = permutations(all).stream()
                .map(order -> model(String.join(" > ", order), order, all))
                .toList();
        return new StudyPlan(base, folder, seeds, models);
    }

    /** The source that takes every place in turn; none where the plan has all orders. */
    static Optional<String> moved(StudyPlan plan) {
        List<List<String>> orders = plan.models().stream()
                .map(model -> model.sources().isEmpty() ? StudyPlan.sources(plan.base()) : model.sources())
                .toList();
        return orders.getFirst().stream()
                .filter(source -> orders.size() == orders.getFirst().size()
                        && IntStream.range(0, orders.size())
                                .allMatch(place -> orders.get(place).get(place).equals(source)))
                .findFirst();
    }

    private static Model model(String name, List<String> order, List<String> all) {
        // The recipe's own order is the Sequential of other studies, and is trained once for all.
        return order.equals(all)
                ? new Model(name, Model.mixed(Scheme.SEQUENTIAL).id(), Scheme.SEQUENTIAL, List.of())
                : Model.mixed(Scheme.SEQUENTIAL, name, order);
    }

    private static List<List<String>> permutations(List<String> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : items) {
            List<String> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<String> order : permutations(rest)) {
                List<String> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }

    private static void requireKnown(String source, List<String> all) {
        if (!all.contains(source)) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--source " + source + " is no training source"
                            + NearestName.of(source, all)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(";")
                            + " Sources: " + String.join(", ", all));
        }
    }

    /** Tables, JSON and, for the places of one source, the picture. */
    public static StudyResult of(StudyScores scores) {
        Measured measured = new Measured(scores);
        List<Measure> columns = new ArrayList<>(measured.accuracies());
        List<Measure> more = measured.known(
                Measure.AVERAGE, Measure.WEIGHTED_AVERAGE, Measure.ECE, Measure.TRUE_ECE, Measure.ABSOLUTE_DIFFERENCE);
        columns.addAll(more);
        List<Differences> differences = differences(measured, columns);
        List<StudyTable> tables = new ArrayList<>();
        tables.add(measured.table("Accuracy in % on each test source by order of training", columns));
        tables.addAll(Differences.tables(measured, differences));
        List<String> about = new ArrayList<>(
                About.withCalibration(measured, "What the order of the sources does in sequential training."));
        about.addAll(Differences.words(differences));
        return new StudyResult(
                NAME,
                about,
                tables,
                StudyJson.of(NAME, measured, more, differences),
                pictures(measured),
                Map.of(),
                StudyCommandLine.of(NAME, measured.plan()));
    }

    /** The last place of a source against its first by every column; of all orders each against the first row's by the means. */
    private static List<Differences> differences(Measured measured, List<Measure> columns) {
        List<Model> models = measured.plan().models();
        Model first = models.getFirst();
        boolean places = moved(measured.plan()).isPresent();
        List<Model> others = places ? List.of(models.getLast()) : models.subList(1, models.size());
        return List.of(Differences.of(
                measured,
                places ? columns : List.of(Measure.AVERAGE, Measure.ECE),
                first.name(),
                others.stream().map(model -> new Versus(model, first)).toList()));
    }

    /** A line for each test source over the orders, in the order of the table. */
    private static Map<String, StudyPicture> pictures(Measured measured) {
        List<Series> lines = new ArrayList<>();
        for (Measure measure : measured.accuracies()) {
            List<Series.Point> points = new ArrayList<>();
            for (Model model : measured.plan().models()) {
                points.add(Points.percent(points.size() + 1, measured.estimate(model, measure)));
            }
            lines.add(new Series(measured.testSourcesWithN(", ").get(lines.size()), points));
        }
        String across = moved(measured.plan())
                .map(source -> "place of " + source + " in the order of training")
                .orElse("order of training, by the row of the table");
        LinePlot plot = new LinePlot(
                "Accuracy on each test source by order of training",
                Axis.whole(across + measured.overSeedsWords()),
                Axis.of("accuracy (%)"),
                lines,
                LinePlot.Uncertainty.BARS);
        return Map.of(
                "accuracy-by-order",
                new StudyPicture(
                        plot,
                        "Accuracy on each test source by order of training" + measured.overSeedsWords() + "; "
                                + Points.BARS));
    }
}
