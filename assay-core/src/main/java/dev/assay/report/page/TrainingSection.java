package dev.assay.report.page;

import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import dev.assay.report.figure.Series.Point;
import dev.assay.report.page.RunHistory.Step;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** How learning went: loss and validation over time, then what the method did with the sources. */
final class TrainingSection {
    private static final int STRETCHES = 60;

    private TrainingSection() {}

    static void write(Page page, List<RunFacts> runs) {
        page.heading("Training");
        List<RunFacts> trained =
                runs.stream().filter(run -> !run.history().steps().isEmpty()).toList();
        if (trained.isEmpty()) {
            page.paragraph("No training step is recorded.");
            return;
        }
        trained.forEach(run -> effort(page, run));
        loss(page, runs, trained);
        ValidationCurves.write(page, runs);
        SourcesOverTime.write(page, runs);
    }

    private static void effort(Page page, RunFacts run) {
        List<Step> steps = run.history().steps();
        double seconds = steps.stream()
                .mapToDouble(Step::seconds)
                .filter(Double::isFinite)
                .sum();
        List<String> stages = steps.stream().map(Step::stage).distinct().toList();
        page.paragraph(run.name() + ": " + Words.count(steps.size(), "step")
                + (stages.size() > 1 ? " in the stages " + Words.list(stages) : "") + ", "
                + Words.fixed(seconds, seconds < 10 ? 1 : 0) + " seconds of computing.");
    }

    private static void loss(Page page, List<RunFacts> all, List<RunFacts> runs) {
        boolean alone = runs.size() == 1;
        String whose = Words.whose(all, runs.stream().map(RunFacts::name).toList());
        List<Series> series = alone
                ? bySource(page, runs.getFirst())
                : runs.stream()
                        .map(run -> series(run.name(), run.history(), measure(run))
                                .withColour(page.models().of(run.name())))
                        .toList();
        boolean pairs = runs.stream()
                .noneMatch(run -> "objectives".equals(run.settings().get("method.name")));
        page.figure(
                List.of(new LinePlot(
                        "Training loss" + whose,
                        Axis.of("step"),
                        Axis.of(pairs ? "loss (nats a pair)" : "loss (squared error of a scaled rating)"),
                        series)),
                "Training loss" + (alone ? " of each source" : " of each run") + " before each step, " + smoothing(runs)
                        + (alone ? "" : measured(runs)) + (pairs ? ". A coin has ln 2 = 0.693." : "."));
    }

    /** A method minimises a sum with weights of its own; runs are only to be compared by one that all have in common. */
    private static ToDoubleFunction<Step> measure(RunFacts run) {
        return knowsSources(run) ? TrainingSection::unweighted : Step::loss;
    }

    private static boolean knowsSources(RunFacts run) {
        return run.history().steps().stream().anyMatch(step -> Double.isFinite(unweighted(step)));
    }

    /** The mean of the losses of the sources in a batch, each counting alike. */
    private static double unweighted(Step step) {
        return step.losses().values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static String measured(List<RunFacts> runs) {
        List<String> without = runs.stream()
                .filter(run -> !knowsSources(run))
                .map(RunFacts::name)
                .toList();
        String own = "the loss it minimises itself, which weighs sources in its own way and is not to be compared";
        if (without.size() == runs.size()) {
            return "; for each run " + own;
        }
        return "; the plain mean of the losses of the sources in a batch, whatever weights a run learns by"
                + (without.isEmpty() ? "" : ", but for " + Words.list(without) + " " + own);
    }

    private static String smoothing(List<RunFacts> runs) {
        long width = runs.stream()
                .flatMap(run -> run.history().stretches(STRETCHES).stream())
                .mapToInt(List::size)
                .max()
                .orElse(1);
        return width == 1 ? "step by step" : "in means of " + width + " steps";
    }

    private static List<Series> bySource(Page page, RunFacts run) {
        return run.history().sources().stream()
                .map(source -> series(
                                source,
                                run.history(),
                                step -> Objects.requireNonNullElse(step.losses().get(source), Double.NaN))
                        .withColour(page.sources().of(source)))
                .toList();
    }

    private static Series series(String name, RunHistory history, ToDoubleFunction<Step> value) {
        List<Point> points = history.stretches(STRETCHES).stream()
                .map(stretch -> new Point(mean(stretch, Step::step), mean(stretch, value)))
                .filter(point -> Double.isFinite(point.y()))
                .toList();
        return new Series(name, points);
    }

    /** The mean over the steps that have the value. */
    static double mean(List<Step> steps, ToDoubleFunction<Step> value) {
        return steps.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
