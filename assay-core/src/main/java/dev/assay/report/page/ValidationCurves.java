package dev.assay.report.page;

import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import dev.assay.report.figure.Series.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What the held-out rows said over time, with how many they were. */
final class ValidationCurves {
    private ValidationCurves() {}

    static void write(Page page, List<RunFacts> runs) {
        List<RunFacts> judged = runs.stream()
                .filter(run -> !run.history().validations().isEmpty())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        boolean accuracy = judged.stream().allMatch(run -> first(run).isAccuracy());
        String measured = accuracy ? "Accuracy on the validation pairs" : "R² on the held-out ratings";
        String of = accuracy ? "source" : "objective";
        page.figure(
                List.of(new LinePlot(
                        accuracy ? "Validation accuracy" : "Validation R²",
                        Axis.of("step"),
                        Axis.of(accuracy ? "accuracy (share of pairs)" : "R² (share of variance)"),
                        runs.size() == 1 ? bySource(judged.getFirst()) : byRun(judged))),
                (runs.size() == 1 ? measured + " of each " + of : measured + ", mean over the " + of + "s")
                        + ", which chooses the best checkpoint. " + best(judged));
    }

    private static Validation first(RunFacts run) {
        return run.history().validations().getFirst();
    }

    private static List<Series> bySource(RunFacts run) {
        Map<String, Integer> counts = first(run).counts();
        return first(run).values().keySet().stream()
                .map(name -> curve(
                        counts.containsKey(name) ? name + " (n = " + counts.get(name) + ")" : name,
                        run,
                        each -> Objects.requireNonNullElse(each.values().get(name), Double.NaN)))
                .toList();
    }

    private static List<Series> byRun(List<RunFacts> runs) {
        return runs.stream()
                .map(run -> curve(
                        first(run).n() > 0 ? run.name() + " (n = " + first(run).n() + ")" : run.name(),
                        run,
                        Validation::mean))
                .toList();
    }

    private static Series curve(String name, RunFacts run, Function<Validation, Double> value) {
        return new Series(
                name,
                run.history().validations().stream()
                        .map(each -> new Point(each.step(), value.apply(each)))
                        .toList());
    }

    /** The best of several looks at the same rows is a little too good; the interval is that of one look. */
    private static String best(List<RunFacts> runs) {
        return "Best mean: "
                + Words.list(runs.stream()
                        .map(run -> {
                            Validation best = run.history().validations().stream()
                                    .max(Comparator.comparingDouble(Validation::mean))
                                    .orElseThrow();
                            return (runs.size() > 1 ? run.name() + " " : "") + value(best) + " at step "
                                    + Words.count(best.step());
                        })
                        .toList())
                + ".";
    }

    private static String value(Validation look) {
        String n = look.n() > 0 ? " (n = " + look.n() + ")" : "";
        return look.meanAccuracy()
                .map(mean -> Words.percent(mean) + n)
                .orElseGet(() -> (look.isAccuracy() ? Words.percent(look.mean()) : Words.fixed(look.mean(), 3)) + n);
    }
}
