package dev.assay.report.page;

import dev.assay.math.RegressionQuality;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.DotPlot;
import dev.assay.report.figure.HeatMap;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import dev.assay.report.page.StoredObjectives.Accuracy;
import dev.assay.report.page.StoredObjectives.Freed;
import dev.assay.report.page.StoredObjectives.Mixture;
import dev.assay.report.page.StoredObjectives.Probe;
import java.util.List;
import java.util.stream.IntStream;

/** Objectives learnt from ratings: how well each is predicted, what it was freed of, and how a gate mixes them. */
final class ObjectivesSection {
    private ObjectivesSection() {}

    static void write(Page page, List<RunFacts> runs) {
        for (RunFacts run : runs) {
            run.objectives().ifPresent(stored -> {
                page.heading("Objectives" + (runs.size() > 1 ? " of " + run.name() : ""));
                probes(page, stored);
                if (!stored.freed().isEmpty()) {
                    freed(page, stored.freed());
                }
                if (!stored.warnings().isEmpty()) {
                    page.list(stored.warnings().stream()
                            .map(warning -> "Warning: " + warning + ".")
                            .toList());
                }
                if (!stored.rewards().isEmpty()) {
                    rewards(page, stored.rewards(), stored.pairs());
                }
                if (!stored.mixtures().isEmpty()) {
                    mixtures(page, stored);
                }
                if (!stored.unpublished().isEmpty()) {
                    page.paragraph("Other readers of the model's folder, which know the published layout alone, miss:");
                    page.list(stored.unpublished());
                }
            });
        }
    }

    private static void probes(Page page, StoredObjectives stored) {
        List<Row> rows = stored.probes().stream()
                .map(probe -> new Row(
                        List.of(
                                Cell.of(probe.name()),
                                Cell.of(Words.count(probe.rated())),
                                Cell.of(Words.count(probe.n())),
                                Cell.of(Words.count(probe.prompts())),
                                Cell.of(Words.fixed(probe.rSquared().value(), 3))
                                        .below(Words.interval(probe.rSquared(), 1, 3)),
                                Cell.of(Words.fixed(probe.spearman().value(), 3))
                                        .below(Words.interval(probe.spearman(), 1, 3)),
                                Cell.of(Words.fixed(probe.error().value(), 4))
                                        .below(Words.interval(probe.error(), 1, 4))),
                        false))
                .toList();
        page.table(
                List.of("objective", "rated", "n", "prompts", "R2", "Spearman", "MSE"),
                rows,
                "Each objective, scaled to 0 to 1, on " + stored.measuredOn() + ". 95 % intervals over"
                        + " prompts; none below " + RegressionQuality.FEWEST + " of them.");
    }

    private static void freed(Page page, List<Freed> freed) {
        List<String> names = freed.stream().map(Freed::name).toList();
        page.figure(
                List.of(new DotPlot(
                        "Correlation with the nuisance",
                        Axis.of("correlation (95 % interval)"),
                        names,
                        List.of(
                                new DotPlot.Group(
                                        "before",
                                        freed.stream().map(Freed::before).toList()),
                                new DotPlot.Group(
                                        "after",
                                        freed.stream().map(Freed::after).toList())))),
                "Correlation of each objective with the nuisance before and after it was taken out, on n = "
                        + Words.count(freed.getFirst().n()) + " responses.");
        page.table(
                List.of("objective", "penalty", "before", "after"),
                freed.stream()
                        .map(each -> new Row(
                                List.of(
                                        Cell.of(each.name()),
                                        Cell.of(Words.fixed(each.penalty(), 4)),
                                        Cell.of(Words.fixed(each.before().value(), 3))
                                                .below(Words.interval(each.before(), 1, 3)),
                                        Cell.of(Words.fixed(each.after().value(), 3))
                                                .below(Words.interval(each.after(), 1, 3))),
                                false))
                        .toList(),
                "The penalties, and the numbers of the figure.");
    }

    private static void rewards(Page page, List<Accuracy> rewards, long pairs) {
        page.figure(
                List.of(new DotPlot(
                        "Ways to make one reward of the objectives",
                        Axis.of("accuracy (95 % interval)"),
                        rewards.stream().map(Accuracy::name).toList(),
                        List.of(new DotPlot.Group(
                                "", rewards.stream().map(Accuracy::accuracy).toList())))),
                "The gate, the best fixed mixture, a linear head on the states, the mean, and each objective alone, on n = "
                        + Words.count(pairs) + " measured pairs.");
        List<Row> rows = rewards.stream()
                .filter(each -> Double.isFinite(each.gateAhead().value()))
                .map(each -> new Row(
                        List.of(
                                Cell.of(each.name()),
                                Cell.of(Words.percent(each.accuracy())),
                                Cell.of(Words.points(each.gateAhead())),
                                Cell.of(Words.probability(each.pValue()))),
                        false))
                .toList();
        if (!rows.isEmpty()) {
            page.table(
                    List.of("reward", "accuracy", "the gate's minus this", "p"),
                    rows,
                    "The gate beside each of them on the same n = " + Words.count(pairs)
                            + " pairs; intervals and p-values are over prompts.");
        }
    }

    private static void mixtures(Page page, StoredObjectives stored) {
        List<Mixture> mixtures = stored.mixtures();
        double[][] shares = IntStream.range(0, stored.probes().size())
                .mapToObj(k -> mixtures.stream()
                        .mapToDouble(mixture -> mixture.shares().get(k))
                        .toArray())
                .toArray(double[][]::new);
        page.figure(
                List.of(new HeatMap(
                        "What the gate makes of each category",
                        "category",
                        mixtures.stream()
                                .map(mixture -> mixture.category() + " (" + Words.count(mixture.n()) + ")")
                                .toList(),
                        stored.probes().stream().map(Probe::name).toList(),
                        shares,
                        Axis.of("mean share"),
                        HeatMap.Form.NUMBERS)),
                "Mean share of each objective in the categories of the measured prompts (how many in brackets), of which the"
                        + " gate was not told.");
    }
}
