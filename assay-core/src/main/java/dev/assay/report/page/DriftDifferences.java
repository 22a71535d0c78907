package dev.assay.report.page;

import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.drift.DriftComparison;
import dev.assay.evaluation.drift.DriftStatistic;
import dev.assay.math.Bootstrap;
import dev.assay.math.HolmCorrection;
import dev.assay.report.page.Comparisons.Versus;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import dev.assay.report.page.RunFacts.TestScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether runs spread their rewards differently, each number with its test. */
final class DriftDifferences {
    /** The statistics compared, as the page calls them. */
    private static final Map<DriftStatistic, String> COMPARED = new LinkedHashMap<>();

    static {
        COMPARED.put(DriftStatistic.ABSOLUTE_DIFFERENCE, "mean |d|");
        COMPARED.put(DriftStatistic.DIFFERENCE_VARIANCE, "variance of d");
        COMPARED.put(DriftStatistic.OVERCONFIDENCE, "overconfidence");
        COMPARED.put(DriftStatistic.POSITIVE_SHARE, "outliers above, points of the right pairs");
        COMPARED.put(DriftStatistic.NEGATIVE_SHARE, "outliers below, points of the wrong pairs");
    }

    private DriftDifferences() {}

    /** A table of all runs that scored the pairs of the first. */
    static void write(Page page, Comparisons comparisons) {
        if (scores(comparisons.first()).isEmpty()) {
            return;
        }
        Bootstrap bootstrap = comparisons.options().bootstrap();
        List<DriftComparison> drifts = comparisons.others().stream()
                .map(versus -> DriftComparison.of(scores(comparisons.first()), scores(versus.run()), bootstrap))
                .toList();
        List<Row> rows = new ArrayList<>();
        COMPARED.forEach((statistic, name) -> {
            double[] p = HolmCorrection.adjust(drifts.stream()
                    .mapToDouble(drift -> drift.get(statistic).pValue())
                    .toArray());
            for (int i = 0; i < p.length; i++) {
                Versus versus = comparisons.others().get(i);
                rows.add(new Row(
                        List.of(
                                Cell.of(name),
                                Cell.of(versus.run().name()),
                                change(statistic, drifts.get(i).get(statistic)),
                                ComparisonSection.test(p[i])),
                        false));
            }
        });
        page.table(
                List.of(
                        "of the reward differences d",
                        "run",
                        "minus " + comparisons.first().name(),
                        "p"),
                rows,
                "Spread of the reward differences of all sources together, minus that of "
                        + comparisons.first().name() + ", with " + Words.level(bootstrap.level())
                        + " intervals and p-values of a paired bootstrap in which both runs have the same resamples"
                        + (drifts.size() > 1 ? ", corrected after Holm for the " + drifts.size() + " runs" : "")
                        + "; those below "
                        + SummarySection.NOISE + " are bold. A dash: too few outliers to tell.");
    }

    /** The sources that have a pair which counts: one of ties alone has no differences to be spread. */
    private static List<PairScores> scores(RunFacts run) {
        return run.scores().map(TestScores::sources).orElseThrow().stream()
                .filter(source -> source.differences().length > 0)
                .toList();
    }

    private static Cell change(DriftStatistic statistic, Difference difference) {
        boolean isShare = statistic == DriftStatistic.POSITIVE_SHARE || statistic == DriftStatistic.NEGATIVE_SHARE;
        return ComparisonSection.split(
                difference,
                isShare
                        ? Words.points(difference.estimate()).replace(" points", "")
                        : Words.change(difference.estimate()));
    }
}
