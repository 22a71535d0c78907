package dev.assay.report.page;

import dev.assay.math.Estimate;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Accuracy and calibration by source as tables: all metrics of one run, or one metric of several runs. */
final class ResultTables {
    private static final List<String> METRICS = List.of("accuracy", "ece", "brier", "nll");
    /** Runs that fit beside each other on paper. */
    private static final int ABREAST = 5;
    /** Runs that do so in print of the usual size. */
    private static final int ROOMY = 3;

    /** What is to be known of intervals of calibration errors: docs/calibration.md. */
    private static final String BIAS =
            " Few pairs make a calibration error come out too large; the bootstrap's own share of that is taken out of"
                    + " the intervals, not of the numbers.";

    private final List<Measured> runs;
    private final boolean samePairs;
    private final List<String> sources;
    private final String level;

    /**
     * Tables of these runs.
     *
     * @param samePairs whether all runs were measured on the same pairs
     * @param level of the intervals, as text
     */
    ResultTables(List<Measured> runs, boolean samePairs, List<String> sources, String level) {
        this.runs = runs;
        this.samePairs = samePairs;
        this.sources = sources;
        this.level = level;
    }

    void write(Page page) {
        if (runs.size() == 1) {
            alone(page, runs.getFirst());
            return;
        }
        for (int from = 0; from < runs.size(); from += ABREAST) {
            List<Measured> shown = runs.subList(from, Math.min(runs.size(), from + ABREAST));
            sideBySide(page, shown, "accuracy", "Accuracy by source and run, ");
            sideBySide(
                    page,
                    shown,
                    "ece",
                    "Expected calibration error by source and run, smaller is better. " + bins() + BIAS + " ");
        }
    }

    private void alone(Page page, Measured run) {
        List<String> headings = new ArrayList<>(List.of("source", "n"));
        METRICS.forEach(key -> headings.add(Words.metric(key)));
        List<Row> rows = new ArrayList<>();
        for (StoredEvaluation.Row row : run.evaluation().rows()) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(row.name()), Cell.of(n(row.name()))));
            METRICS.forEach(key -> cells.add(cell(row.estimate(key), key)));
            rows.add(new Row(cells, isFirstAverage(row.name())));
        }
        page.table(
                headings,
                rows,
                "Results by source with " + level + " intervals. " + bins() + BIAS
                        + " Avg: each source alike; W.Avg: by pairs; Pooled: all pairs as one source.");
    }

    private void sideBySide(Page page, List<Measured> shown, String key, String what) {
        List<String> headings = new ArrayList<>(List.of("source", "n"));
        shown.forEach(run -> headings.add(run.name()));
        List<Row> rows = new ArrayList<>();
        for (String source :
                Stream.concat(sources.stream(), averages().stream()).toList()) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(source), Cell.of(n(source))));
            double best = best(source, key);
            for (Measured run : shown) {
                Estimate estimate = run.estimate(source, key);
                cells.add(cell(estimate, key).strong(isRanked(key) && estimate.value() == best));
            }
            rows.add(new Row(cells, isFirstAverage(source)));
        }
        String caption = what + level + " intervals below. "
                + (isRanked(key)
                        ? "The best of each row" + (shown.size() < runs.size() ? ", over all runs," : "")
                                + " is bold, whether or not the difference is more than noise."
                        : "No run is marked as the best: they were not measured alike.");
        if (shown.size() > ROOMY) {
            page.numbers(headings, rows, caption);
        } else {
            page.table(headings, rows, caption);
        }
    }

    private boolean isRanked(String key) {
        return samePairs && (key.equals("accuracy") || sameBins());
    }

    private boolean sameBins() {
        return CommonGround.sameBins(
                runs.stream().map(run -> run.evaluation().options()).toList());
    }

    private List<String> averages() {
        return sources.size() < 2
                ? List.of()
                : runs.getFirst().evaluation().averages().stream()
                        .map(StoredEvaluation.Row::name)
                        .toList();
    }

    private boolean isFirstAverage(String row) {
        return !averages().isEmpty() && averages().getFirst().equals(row);
    }

    private String n(String row) {
        return sources.contains(row) ? Measured.n(runs, row) : Measured.n(runs);
    }

    private static Cell cell(Estimate estimate, String key) {
        if (Double.isNaN(estimate.value())) {
            return Cell.of("–");
        }
        return key.equals("accuracy")
                ? Cell.of(Words.percent(estimate.value())).below(Words.interval(estimate, 100, 1))
                : Cell.of(Words.fixed(estimate.value(), 3)).below(Words.interval(estimate, 1, 3));
    }

    private double best(String source, String key) {
        var values = runs.stream()
                .mapToDouble(run -> run.estimate(source, key).value())
                .filter(Double::isFinite)
                .summaryStatistics();
        return key.equals("accuracy") ? values.getMax() : values.getMin();
    }

    /** What the calibration errors were measured over, and what is wrong with that. */
    private String bins() {
        String over = sameBins()
                ? "Calibration errors over "
                        + runs.getFirst().evaluation().options().words() + "."
                : "Calibration errors over different bins, so not to be compared: "
                        + runs.stream()
                                .map(run -> run.name() + " over "
                                        + run.evaluation().options().words())
                                .collect(Collectors.joining("; "))
                        + ".";
        return over
                + runs.stream()
                        .flatMap(run -> run.evaluation().options().caution().stream())
                        .distinct()
                        .map(caution -> " Mind: " + caution + ".")
                        .collect(Collectors.joining());
    }
}
