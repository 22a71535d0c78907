package dev.assay.report.page;

import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.ModelComparison.SourceComparison;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.HolmCorrection;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.DotPlot;
import dev.assay.report.page.Comparisons.Versus;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.List;

/** Differences between runs, each with its test. */
final class ComparisonSection {
    private ComparisonSection() {}

    static void write(Page page, Comparisons comparisons) {
        if (comparisons.others().isEmpty()) {
            return;
        }
        page.heading("Differences between runs");
        picture(page, comparisons);
        comparisons.others().forEach(versus -> table(page, comparisons, versus));
        DriftDifferences.write(page, comparisons);
    }

    private static void picture(Page page, Comparisons comparisons) {
        List<SourceComparison> sources =
                comparisons.others().getFirst().result().sources();
        List<String> rows = new ArrayList<>(sources.stream()
                .map(source -> source.source() + " (n = " + Words.count(source.n()) + ")")
                .toList());
        rows.add("Avg");
        List<DotPlot.Group> groups = comparisons.others().stream()
                .map(versus -> group(versus, page.models().of(versus.run().name())))
                .toList();
        String first = comparisons.first().name();
        Bootstrap bootstrap = comparisons.options().bootstrap();
        page.figure(
                List.of(new DotPlot(
                        "Accuracy minus that of " + first,
                        Axis.of("difference of accuracy (" + Words.level(bootstrap.level()) + " interval)"),
                        rows,
                        groups)),
                "Difference of accuracy on the same pairs, minus " + first + ": right of zero is better than " + first
                        + ". Paired bootstrap intervals, " + bootstrap.resamples() + " resamples, seed "
                        + bootstrap.seed() + ".");
    }

    private static DotPlot.Group group(Versus versus, int colour) {
        List<Estimate> estimates = new ArrayList<>(versus.result().sources().stream()
                .map(source -> source.differences().get(Metric.ACCURACY).estimate())
                .toList());
        estimates.add(versus.average(Metric.ACCURACY).estimate());
        return new DotPlot.Group(versus.run().name(), estimates, colour);
    }

    private static void table(Page page, Comparisons comparisons, Versus versus) {
        List<SourceComparison> sources = versus.result().sources();
        double[] mcNemar = HolmCorrection.adjust(sources.stream()
                .mapToDouble(source -> source.accuracyTest().midP())
                .toArray());
        double[] ece = adjusted(versus, Metric.ECE);
        double[] nll = adjusted(versus, Metric.NLL);
        List<Row> rows = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            SourceComparison source = sources.get(s);
            rows.add(new Row(
                    List.of(
                            Cell.of(source.source()),
                            Cell.of(Words.count(source.n())),
                            accuracy(source.differences().get(Metric.ACCURACY)),
                            test(mcNemar[s])
                                    .below(source.accuracyTest().onlySecond() + " : "
                                            + source.accuracyTest().onlyFirst()),
                            change(versus.of(source.differences(), Metric.ECE)),
                            test(ece[s]),
                            change(source.differences().get(Metric.NLL)),
                            test(nll[s])),
                    false));
        }
        if (sources.size() > 1) {
            rows.add(average(comparisons, versus, sources));
        }
        page.numbers(
                List.of("source", "n", "accuracy (points)", "p", "ECE", "p", "NLL (nats)", "p"),
                rows,
                caption(comparisons, versus));
    }

    private static String caption(Comparisons comparisons, Versus versus) {
        String first = comparisons.first().name();
        String other = versus.run().name();
        return other + " minus " + first + ", with "
                + Words.level(comparisons.options().bootstrap().level())
                + " intervals of a paired bootstrap. "
                + (versus.sharesBins()
                        ? "ECE over " + comparisons.options().words() + ". "
                        : "No ECE: the two were measured over different bins. ")
                + "Tests: McNemar's mid-p for the accuracy of a source (below it the pairs that only " + other
                + " and only " + first + " gets right), else the bootstrap's. P-values of sources are corrected"
                + " after Holm within their column"
                + (comparisons.others().size() > 1
                        ? ", that of Avg for the " + comparisons.others().size()
                                + " comparisons of this page, as in the summary"
                        : "")
                + "; those below " + SummarySection.NOISE + " are bold.";
    }

    /** The means over the sources, with the p-values of the summary. */
    private static Row average(Comparisons comparisons, Versus versus, List<SourceComparison> sources) {
        int place = comparisons.others().indexOf(versus);
        return new Row(
                List.of(
                        Cell.of("Avg"),
                        Cell.of(Words.count(
                                sources.stream().mapToLong(SourceComparison::n).sum())),
                        accuracy(versus.average(Metric.ACCURACY)),
                        test(comparisons.adjusted(Metric.ACCURACY)[place]),
                        change(versus.average(Metric.ECE)),
                        test(comparisons.adjusted(Metric.ECE)[place]),
                        change(versus.average(Metric.NLL)),
                        test(comparisons.adjusted(Metric.NLL)[place])),
                true);
    }

    private static double[] adjusted(Versus versus, Metric metric) {
        return HolmCorrection.adjust(versus.result().sources().stream()
                .mapToDouble(source -> versus.of(source.differences(), metric).pValue())
                .toArray());
    }

    private static Cell accuracy(Difference difference) {
        return split(difference, Words.points(difference.estimate()).replace(" points", ""));
    }

    private static Cell change(Difference difference) {
        return split(difference, Words.change(difference.estimate()));
    }

    /** The value above, its interval below. */
    static Cell split(Difference difference, String text) {
        if (Double.isNaN(difference.estimate().value())) {
            return Cell.of("–");
        }
        int space = text.indexOf(' ');
        return Cell.of(text.substring(0, space)).below(text.substring(space + 1));
    }

    static Cell test(double p) {
        return Cell.of(Words.probability(p)).strong(p < SummarySection.NOISE);
    }
}
