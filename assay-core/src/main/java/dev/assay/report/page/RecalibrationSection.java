package dev.assay.report.page;

import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import dev.assay.report.page.RunFacts.Recalibrated;
import java.util.ArrayList;
import java.util.List;

/** What the calibration in a model's manifest makes of its probabilities; its ranking stays. */
final class RecalibrationSection {
    private static final List<String> KEYS = List.of("ece", "brier", "nll");

    private RecalibrationSection() {}

    static void write(Page page, List<RunFacts> runs) {
        for (RunFacts run : runs) {
            if (run.recalibrated().isEmpty()) {
                run.evaluation().map(raw -> raw.about().get("recalibration")).ifPresent(why -> {
                    page.subheading(heading(run, runs));
                    page.paragraph("Mind: " + why + ".");
                });
            }
            run.recalibrated()
                    .ifPresent(recalibrated -> run.evaluation().ifPresent(raw -> {
                        page.subheading(heading(run, runs));
                        table(page, raw, recalibrated);
                    }));
        }
    }

    private static String heading(RunFacts run, List<RunFacts> runs) {
        return "Recalibrated" + (runs.size() > 1 ? ": " + run.name() : "");
    }

    /** Two rows a source, one above the other, so that the table stays as narrow as its three metrics. */
    private static void table(Page page, StoredEvaluation raw, Recalibrated recalibrated) {
        List<String> headings = new ArrayList<>(List.of("source", "n", "rewards"));
        KEYS.forEach(key -> headings.add(Words.metric(key)));
        List<Row> rows = new ArrayList<>();
        for (StoredEvaluation.Row row : raw.rows()) {
            recalibrated.evaluation().rows().stream()
                    .filter(each -> each.name().equals(row.name()))
                    .forEach(each -> {
                        long n = row.count("n") > 0 ? row.count("n") : raw.n();
                        rows.add(row(row.name(), Words.count(n), "raw", row, !rows.isEmpty()));
                        rows.add(row("", "", "calibrated", each, false));
                    });
        }
        page.table(
                headings,
                rows,
                "Calibration as the rewards come and by the map in the model's manifest (" + recalibrated.kind()
                        + ", fitted on " + Words.count(recalibrated.pairs()) + " pairs of "
                        + Words.list(recalibrated.sources()) + "), with "
                        + Words.level(raw.options().bootstrap().level()) + " intervals. ECE over "
                        + raw.options().words()
                        + ". The map keeps every ranking, so that accuracies stay; --rewards calibrated applies it.");
    }

    private static Row row(String name, String n, String rewards, StoredEvaluation.Row numbers, boolean apart) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(name), Cell.of(n), Cell.of(rewards)));
        for (String key : KEYS) {
            cells.add(Cell.of(Words.fixed(numbers.estimate(key).value(), 3))
                    .below(Words.interval(numbers.estimate(key), 1, 3)));
        }
        return new Row(cells, apart);
    }
}
