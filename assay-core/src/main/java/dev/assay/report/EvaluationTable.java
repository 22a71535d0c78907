package dev.assay.report;

import dev.assay.evaluation.ByMetric;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.SourceEvaluation;
import dev.assay.math.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Evaluations as tables for people: percent for accuracy, intervals in brackets. */
public final class EvaluationTable {
    private EvaluationTable() {}

    /** One model: a row a source, then the averages; a second table has what is read less often. */
    public static String of(EvaluationResult result) {
        return first(result) + "\n" + second(result);
    }

    private static String first(EvaluationResult result) {
        TextTable table = new TextTable("source", "n", "accuracy", "ECE", "Brier", "NLL", "tied rewards", "truncated");
        for (SourceEvaluation source : result.sources()) {
            table.row(row(
                    source.source(),
                    source.n(),
                    source.metrics(),
                    Integer.toString(source.tiedRewards()),
                    Integer.toString(source.truncated())));
        }
        if (result.sources().size() > 1) {
            table.row(row("Avg", result.n(), result.average(), "", ""));
            table.row(row("W.Avg", result.n(), result.weightedAverage(), "", ""));
            table.row(row("Pooled", result.n(), result.pooled().metrics(), "", ""));
        }
        return table.text();
    }

    private static String second(EvaluationResult result) {
        TextTable table = new TextTable("source", "n", "MCE", "ACE", "mean difference", "spread of differences");
        result.sources().forEach(source -> table.row(further(source.source(), source.n(), source.metrics())));
        if (result.sources().size() > 1) {
            table.row(further("Avg", result.n(), result.average()));
            table.row(further("W.Avg", result.n(), result.weightedAverage()));
            table.row(further("Pooled", result.n(), result.pooled().metrics()));
        }
        return table.text() + "difference = reward of the chosen answer minus that of the rejected one;"
                + " spread = standard deviation\n";
    }

    private static List<String> further(String name, int n, ByMetric<Estimate> metrics) {
        return List.of(
                name,
                Integer.toString(n),
                plain(metrics.get(Metric.MCE)),
                plain(metrics.get(Metric.ACE)),
                plain(metrics.get(Metric.DIFFERENCE_MEAN)),
                plain(metrics.get(Metric.DIFFERENCE_DEVIATION)));
    }

    /** Several models side by side: accuracy and ECE of each on each source. */
    public static String sideBySide(Map<String, EvaluationResult> models) {
        List<String> headings = new ArrayList<>(List.of("source", "n"));
        models.keySet().forEach(model -> {
            headings.add(model + " accuracy");
            headings.add(model + " ECE");
        });
        TextTable table = new TextTable(headings.toArray(String[]::new));
        EvaluationResult first = models.values().iterator().next();
        for (int s = 0; s < first.sources().size(); s++) {
            int index = s;
            SourceEvaluation source = first.sources().get(s);
            List<String> row = new ArrayList<>(List.of(source.source(), Integer.toString(source.n())));
            models.values().forEach(result -> {
                row.add(percent(result.sources().get(index).get(Metric.ACCURACY)));
                row.add(plain(result.sources().get(index).get(Metric.ECE)));
            });
            table.row(row);
        }
        List<String> average = new ArrayList<>(List.of("Avg", Integer.toString(first.n())));
        models.values().forEach(result -> {
            average.add(percent(result.average().get(Metric.ACCURACY)));
            average.add(plain(result.average().get(Metric.ECE)));
        });
        return table.row(average).text();
    }

    private static List<String> row(String name, int n, ByMetric<Estimate> metrics, String tied, String truncated) {
        return List.of(
                name,
                Integer.toString(n),
                percent(metrics.get(Metric.ACCURACY)),
                plain(metrics.get(Metric.ECE)),
                plain(metrics.get(Metric.BRIER)),
                plain(metrics.get(Metric.NLL)),
                tied,
                truncated);
    }

    /** A share with its interval: {@code 62.4 % [59.1, 65.6]}. */
    public static String percent(Estimate estimate) {
        return String.format(Locale.ROOT, "%.1f %% ", 100 * estimate.value()) + interval("%.1f", estimate, 100);
    }

    /** A number with its interval: {@code 0.074 [0.061, 0.090]}; {@code none} where it is not defined. */
    public static String plain(Estimate estimate) {
        if (Double.isNaN(estimate.value())) {
            return "none";
        }
        return number("%.3f", estimate, 1);
    }

    /**
     * A number with its interval in a pattern for each of the three; a dash where a single pair gave no interval.
     *
     * @param scale what all three are multiplied by, such as 100 for percent
     */
    public static String number(String pattern, Estimate estimate, double scale) {
        return String.format(Locale.ROOT, pattern, scale * estimate.value()) + " " + interval(pattern, estimate, scale);
    }

    private static String interval(String pattern, Estimate estimate, double scale) {
        return estimate.hasInterval()
                ? String.format(
                        Locale.ROOT,
                        "[" + pattern + ", " + pattern + "]",
                        scale * estimate.low(),
                        scale * estimate.high())
                : "–";
    }
}
