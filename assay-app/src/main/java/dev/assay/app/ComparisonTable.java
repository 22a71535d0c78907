package dev.assay.app;

import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.report.EvaluationTable;
import dev.assay.report.TextTable;
import java.util.List;
import java.util.Locale;

/** A comparison as a table for people: a row a source, then the average; differences with intervals and p-values. */
final class ComparisonTable {
    private ComparisonTable() {}

    static String of(ModelComparison comparison) {
        TextTable table = new TextTable("source", "n", "accuracy", "p", "ECE", "p", "NLL", "p");
        for (ModelComparison.SourceComparison source : comparison.sources()) {
            table.row(List.of(
                    source.source(),
                    Integer.toString(source.n()),
                    points(source.differences().get(Metric.ACCURACY)),
                    probability(source.accuracyTest().midP()),
                    plain(source.differences().get(Metric.ECE)),
                    probability(source.differences().get(Metric.ECE).pValue()),
                    plain(source.differences().get(Metric.NLL)),
                    probability(source.differences().get(Metric.NLL).pValue())));
        }
        table.row(List.of(
                "Avg",
                Integer.toString(comparison.n()),
                points(comparison.average().get(Metric.ACCURACY)),
                probability(comparison.average().get(Metric.ACCURACY).pValue()),
                plain(comparison.average().get(Metric.ECE)),
                probability(comparison.average().get(Metric.ECE).pValue()),
                plain(comparison.average().get(Metric.NLL)),
                probability(comparison.average().get(Metric.NLL).pValue())));
        return table.text()
                + "p: McNemar's mid-p for the accuracy of a source, the paired bootstrap's for all else; none is"
                + " corrected for the number of sources\n";
    }

    private static String points(Difference difference) {
        return EvaluationTable.number("%+.1f", difference.estimate(), 100);
    }

    private static String plain(Difference difference) {
        return EvaluationTable.number("%+.3f", difference.estimate(), 1);
    }

    private static String probability(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
