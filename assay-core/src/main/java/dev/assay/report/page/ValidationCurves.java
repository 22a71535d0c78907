package dev.assay.report.page;

import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import dev.assay.report.figure.Series.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the held-out rows said over time, with how many they were. */
final class ValidationCurves {
    private ValidationCurves() {}

    static void write(Page page, List<RunFacts> all) {
        List<RunFacts> judged = all.stream()
                .filter(run -> !run.history().validations().isEmpty())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        boolean accuracy = judged.stream().allMatch(run -> looks(run).getFirst().isAccuracy());
        String measured = accuracy ? "Accuracy on the validation pairs" : "R² on the held-out ratings";
        String of = accuracy ? "source" : "objective";
        boolean alone = judged.size() == 1;
        page.figure(
                List.of(new LinePlot(
                        (accuracy ? "Validation accuracy" : "Validation R²")
                                + Words.whose(
                                        all, judged.stream().map(RunFacts::name).toList()),
                        Axis.of("step"),
                        Axis.of(accuracy ? "accuracy (share of pairs)" : "R² (share of variance)"),
                        alone ? bySource(page, judged.getFirst()) : byRun(page, judged))),
                (alone ? measured + " of each " + of : measured + ", mean over " + whichOnes(judged, of))
                        + ", which chooses the best checkpoint. " + best(judged, all.size() > 1));
    }

    private static List<Validation> looks(RunFacts run) {
        return run.history().validations();
    }

    /** A curve each; one of a later stage begins with that stage. */
    private static List<Series> bySource(Page page, RunFacts run) {
        return looks(run).stream()
                .flatMap(look -> look.values().keySet().stream())
                .distinct()
                .map(name -> curve(
                                name + n(run, look -> look.counts().getOrDefault(name, 0)),
                                run,
                                look -> Objects.requireNonNullElse(look.values().get(name), Double.NaN))
                        .withColour(page.sources().of(name)))
                .toList();
    }

    private static List<Series> byRun(Page page, List<RunFacts> runs) {
        return runs.stream()
                .map(run -> curve(run.name() + n(run, Validation::n), run, Validation::mean)
                        .withColour(page.models().of(run.name())))
                .toList();
    }

    /** How many rows; all different numbers, in order, where the stages have different ones. */
    private static String n(RunFacts run, Function<Validation, Integer> count) {
        String counts = looks(run).stream()
                .map(count)
                .filter(n -> n > 0)
                .distinct()
                .map(Words::count)
                .collect(Collectors.joining(", then "));
        return counts.isEmpty() ? "" : " (n = " + counts + ")";
    }

    /** A mean over other sources is another number: no line joins the two. */
    private static Series curve(String name, RunFacts run, Function<Validation, Double> value) {
        List<Validation> looks = looks(run);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Validation look = looks.get(i);
            if (i > 0
                    && !looks.get(i - 1).values().keySet().equals(look.values().keySet())) {
                points.add(new Point(look.step(), Double.NaN));
            }
            points.add(new Point(look.step(), value.apply(look)));
        }
        return new Series(name, points);
    }

    /** The sources the means are over; with the runs they hold for where they are not the same throughout. */
    private static String whichOnes(List<RunFacts> runs, String of) {
        Map<List<Set<String>>, List<String>> runsByStages = new LinkedHashMap<>();
        runs.forEach(run -> runsByStages
                .computeIfAbsent(judgedOn(run), any -> new ArrayList<>())
                .add(run.name()));
        List<Set<String>> first = judgedOn(runs.getFirst());
        if (runsByStages.size() == 1 && first.size() == 1) {
            return "the " + of + "s " + Words.list(List.copyOf(first.getFirst()));
        }
        return "the " + of + "s that a run learns from at the time ("
                + runsByStages.entrySet().stream()
                        .map(same -> Words.list(same.getValue()) + ": "
                                + same.getKey().stream()
                                        .map(names -> Words.list(List.copyOf(names)))
                                        .collect(Collectors.joining(", then ")))
                        .collect(Collectors.joining("; "))
                + ")";
    }

    /** What a run was judged on, one set after the other. */
    private static List<Set<String>> judgedOn(RunFacts run) {
        return looks(run).stream()
                .<Set<String>>map(look -> new LinkedHashSet<>(look.values().keySet()))
                .distinct()
                .toList();
    }

    /** The best of several looks at the same rows is a little too good; the interval is that of one look. */
    private static String best(List<RunFacts> runs, boolean named) {
        List<String> best = runs.stream()
                .flatMap(run -> run.history().lastStage().stream()
                        .max(Comparator.comparingDouble(Validation::mean))
                        .map(look -> (named ? run.name() + " " : "") + value(look) + on(run, look) + " at step "
                                + Words.count(look.step()))
                        .stream())
                .toList();
        return best.isEmpty() ? "" : "Best mean: " + Words.list(best) + ".";
    }

    /** What the last stage of several was judged on. */
    private static String on(RunFacts run, Validation look) {
        return run.history().stages().size() < 2
                ? ""
                : " on " + Words.list(List.copyOf(look.values().keySet())) + " in the last stage";
    }

    private static String value(Validation look) {
        String n = look.n() > 0 ? " (n = " + look.n() + ")" : "";
        return look.meanAccuracy()
                .map(mean -> Words.percent(mean) + n)
                .orElseGet(() -> (look.isAccuracy() ? Words.percent(look.mean()) : Words.fixed(look.mean(), 3)) + n);
    }
}
