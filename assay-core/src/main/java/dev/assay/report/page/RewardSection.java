package dev.assay.report.page;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.drift.Outliers;
import dev.assay.evaluation.drift.RewardDrift;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.BoxPlot;
import dev.assay.report.figure.DensityPlot;
import dev.assay.report.figure.DifferencePlot;
import dev.assay.report.figure.Sample;
import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import dev.assay.report.page.RunFacts.TestScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far the rewards of a pair lie apart: over-rewarding at a glance. */
final class RewardSection {
    private static final Axis DIFFERENCE = Axis.of("reward of the chosen minus reward of the rejected response (nats)");
    private static final int FIRST = 50;

    private RewardSection() {}

    static void write(Page page, List<RunFacts> runs) {
        List<RunFacts> scored =
                runs.stream().filter(run -> run.scores().isPresent()).toList();
        List<String> unknown = runs.stream()
                .filter(run -> run.scores().isEmpty() && run.evaluation().isPresent())
                .map(RunFacts::name)
                .toList();
        if (scored.isEmpty() && unknown.isEmpty()) {
            return;
        }
        page.heading("Reward differences");
        if (!unknown.isEmpty()) {
            page.paragraph(missing(unknown));
        }
        if (scored.isEmpty()) {
            return;
        }
        List<Sample> pooled = scored.stream()
                .map(run -> new Sample(
                        run.name(), differences(sources(run)), page.models().of(run.name())))
                .toList();
        String whose = Words.whose(runs, scored.stream().map(RunFacts::name).toList());
        page.figure(
                List.of(new DensityPlot("Reward differences, all sources" + whose, DIFFERENCE, pooled)),
                "Density of the reward differences over the test pairs of all sources (Gaussian kernels). Above zero the"
                        + " model is right. The further from zero, the surer the model says it is.");
        page.figure(
                boxes(scored, whose),
                "Reward differences of right (solid) and wrong (hollow) predictions: quartiles, whiskers"
                        + " to the furthest value within 1.5 times the box, dots beyond; in brackets how many are right and wrong.");
        drift(page, scored);
        if (scored.size() > 1) {
            firstPairs(page, scored);
        }
    }

    /** A measured run has rewards; where their file is gone, what is not shown must not look as if it had never been. */
    private static String missing(List<String> names) {
        boolean one = names.size() == 1;
        return Words.list(names) + (one ? " was" : " were")
                + " measured, but the rewards of the test pairs are not there (scores.json in the run folder): "
                + (one ? "its" : "their")
                + " reward differences, outliers and tests against other runs cannot be shown.";
    }

    private static List<PairScores> sources(RunFacts run) {
        return run.scores().map(TestScores::sources).orElse(List.of());
    }

    private static double[] differences(List<PairScores> sources) {
        return sources.stream()
                .flatMapToDouble(source -> Arrays.stream(source.differences()))
                .toArray();
    }

    /** Of one run a row a source; of several a row a run. */
    private static List<BoxPlot> boxes(List<RunFacts> runs, String whose) {
        List<Sample> rows = runs.size() > 1
                ? runs.stream()
                        .map(run -> new Sample(run.name(), differences(sources(run))))
                        .toList()
                : sources(runs.getFirst()).stream()
                        .map(source -> new Sample(source.source(), source.differences()))
                        .toList();
        return List.of(new BoxPlot(
                "Reward differences, right and wrong" + whose, DIFFERENCE, runs.size() > 1 ? "run" : "source", rows));
    }

    private static void drift(Page page, List<RunFacts> runs) {
        List<RewardDrift> drifts = runs.stream()
                .flatMap(run -> drifts(run, runs.size() > 1).stream())
                .toList();
        String first = runs.size() > 1 ? "run" : "source";
        page.table(
                List.of(first, "n", "mean reward", "variance of the reward"),
                drifts.stream()
                        .map(drift -> spread(drift, drift.rewardMean(), drift.rewardVariance()))
                        .toList(),
                "Rewards of both responses of n pairs, with 95 % bootstrap intervals. Bradley and Terry's model fixes rewards"
                        + " up to a constant for each prompt, so mean rewards of different models are not to be compared;"
                        + " differences d within a pair can be.");
        page.table(
                List.of(first, "n", "mean |d|", "variance of d", "overconfidence"),
                drifts.stream()
                        .map(drift -> spread(
                                drift, drift.absoluteDifference(), drift.differenceVariance(), drift.overconfidence()))
                        .toList(),
                "Differences d of the rewards within a pair, with 95 % bootstrap intervals."
                        + " Overconfidence: mean confidence minus share of right predictions; above zero the differences"
                        + " are larger than the accuracy supports.");
        page.table(
                List.of(
                        first,
                        "right pairs",
                        "outliers above",
                        "their mean",
                        "wrong pairs",
                        "outliers below",
                        "their mean"),
                drifts.stream().map(RewardSection::outliers).toList(),
                "Outliers: reward differences beyond 1.5 times the box, of right predictions above and of wrong ones below,"
                        + " with 95 % bootstrap intervals, Wilson's where there is none. " + Outliers.NOTE);
    }

    /** Of a run alone its sources too. */
    private static List<RewardDrift> drifts(RunFacts run, boolean isOneOfSeveral) {
        List<PairScores> sources = sources(run).stream()
                .filter(source -> source.differences().length > 0)
                .toList();
        if (sources.isEmpty()) {
            return List.of();
        }
        Bootstrap bootstrap = EvaluationOptions.DEFAULT.bootstrap();
        List<RewardDrift> drifts = new ArrayList<>();
        drifts.add(RewardDrift.pooled(isOneOfSeveral ? run.name() : "all sources", sources, bootstrap));
        if (!isOneOfSeveral && sources.size() > 1) {
            sources.forEach(source -> drifts.add(RewardDrift.of(source, bootstrap)));
        }
        return drifts;
    }

    private static Row spread(RewardDrift drift, Estimate... estimates) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(drift.name()), Cell.of(Words.count(drift.n()))));
        for (Estimate estimate : estimates) {
            cells.add(cell(estimate, Words.digits(estimate, 2)));
        }
        return new Row(cells, false);
    }

    private static Row outliers(RewardDrift drift) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(drift.name())));
        for (Outliers outliers : List.of(drift.positive(), drift.negative())) {
            cells.add(Cell.of(Words.count(outliers.n())));
            cells.add(cell(outliers.count(), 0));
            cells.add(cell(outliers.mean(), Words.digits(outliers.mean(), 2)));
        }
        return new Row(cells, false);
    }

    private static Cell cell(Estimate estimate, int digits) {
        return Double.isFinite(estimate.value())
                ? Cell.of(Words.fixed(estimate.value(), digits)).below(Words.interval(estimate, 1, digits))
                : Cell.of("–");
    }

    private static void firstPairs(Page page, List<RunFacts> runs) {
        String source = sources(runs.getFirst()).getFirst().source();
        List<Sample> rows = runs.stream()
                .map(run -> new Sample(
                        run.name(),
                        sources(run).stream()
                                .filter(each -> each.source().equals(source))
                                .findFirst()
                                .map(PairScores::differences)
                                .orElse(new double[0])))
                .toList();
        page.figure(
                List.of(new DifferencePlot("The first pairs of " + source, rows, FIRST)),
                "Reward differences of the first " + FIRST + " test pairs of " + source
                        + ", upwards and solid where the model is right, downwards and hollow where it is wrong.");
    }
}
