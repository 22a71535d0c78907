package dev.assay.report.page;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.math.Estimate;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All numbers of the evaluations, as they are stored, with four digits. */
final class NumbersSection {
    /** Columns that fit beside each other. */
    private static final int ABREAST = 4;

    private static final int DIGITS = 4;
    private static final Set<String> COUNTS = Set.of("n", "tiedLabels", "tiedRewards", "truncated");

    private NumbersSection() {}

    static void write(Page page, List<RunFacts> runs) {
        if (runs.stream().allMatch(run -> run.evaluation().isEmpty())) {
            return;
        }
        page.heading("All numbers");
        for (RunFacts run : runs) {
            run.evaluation().ifPresent(evaluation -> {
                List<StoredEvaluation.Row> rows = evaluation.rows();
                for (int from = 0; from < rows.size(); from += ABREAST) {
                    metrics(
                            page,
                            run.name(),
                            rows.subList(from, Math.min(rows.size(), from + ABREAST)),
                            evaluation.options());
                }
                bins(page, run.name(), rows);
            });
        }
    }

    private static void metrics(Page page, String run, List<StoredEvaluation.Row> columns, EvaluationOptions options) {
        List<String> headings = new ArrayList<>(List.of(""));
        Set<String> counts = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        for (StoredEvaluation.Row column : columns) {
            headings.add(column.name());
            counts.addAll(column.numbers().keySet());
            metrics.addAll(column.estimates().keySet());
        }
        List<Row> rows = new ArrayList<>();
        for (String key : counts) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(Words.metric(key))));
            columns.forEach(column -> cells.add(Cell.of(number(column, key))));
            rows.add(new Row(cells, false));
        }
        for (String key : metrics) {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(Words.metric(key))));
            columns.forEach(column -> cells.add(estimate(column.estimate(key))));
            rows.add(new Row(cells, key.equals(metrics.iterator().next())));
        }
        page.numbers(
                headings,
                rows,
                "Every metric of " + run + " on " + Words.list(headings.subList(1, headings.size()))
                        + ", intervals below. ECE and MCE over " + options.words() + ".");
    }

    private static Cell estimate(Estimate estimate) {
        return Double.isFinite(estimate.value())
                ? Cell.of(Words.fixed(estimate.value(), DIGITS)).below(Words.interval(estimate, 1, DIGITS))
                : Cell.of("–");
    }

    private static String number(StoredEvaluation.Row row, String key) {
        Double value = row.numbers().get(key);
        if (value == null) {
            return "–";
        }
        return COUNTS.contains(key) ? Words.count(Math.round(value)) : Words.fixed(value, DIGITS);
    }

    private static void bins(Page page, String run, List<StoredEvaluation.Row> sources) {
        List<StoredEvaluation.Row> binned =
                sources.stream().filter(source -> !source.bins().isEmpty()).toList();
        if (binned.isEmpty()) {
            return;
        }
        StoredEvaluation.Row first = binned.getFirst().bins().getFirst();
        List<String> numbers = List.copyOf(first.numbers().keySet());
        List<String> estimates = List.copyOf(first.estimates().keySet());
        List<String> headings = new ArrayList<>(List.of("source"));
        headings.addAll(numbers);
        headings.addAll(estimates);
        List<Row> rows = new ArrayList<>();
        for (StoredEvaluation.Row source : binned) {
            for (StoredEvaluation.Row bin : source.bins()) {
                boolean isFirst = bin.equals(source.bins().getFirst());
                List<Cell> cells = new ArrayList<>(List.of(Cell.of(isFirst ? source.name() : "")));
                numbers.forEach(key -> cells.add(Cell.of(number(bin, key))));
                estimates.forEach(key -> cells.add(estimate(bin.estimate(key))));
                rows.add(new Row(cells, isFirst && !rows.isEmpty()));
            }
        }
        page.numbers(headings, rows, "Bins of the reliability diagrams of " + run + ", intervals below.");
    }
}
