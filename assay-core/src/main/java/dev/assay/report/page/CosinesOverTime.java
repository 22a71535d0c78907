package dev.assay.report.page;

import dev.assay.report.figure.Axis;
import dev.assay.report.figure.HeatMap;
import dev.assay.report.page.RunHistory.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the sources pulled together: cosines of their gradients over time, and over which parameters. */
final class CosinesOverTime {
    private static final int CELLS = 48;
    /** More pairs of sources than a picture has room for. */
    private static final int MOST_PAIRS = 28;

    private CosinesOverTime() {}

    private record Pair(String first, String second) {}

    /**
     * The figure.
     *
     * @param all the runs of the page
     * @param several those that learnt from more than one source
     */
    static void write(Page page, List<RunFacts> all, List<RunFacts> several) {
        List<RunFacts> known =
                several.stream().filter(run -> run.history().hasCosines()).toList();
        if (!known.isEmpty()) {
            page.figure(known.stream().map(run -> map(run, all.size() > 1)).toList(), caption(known, all.size() > 1));
        }
    }

    private static double cosine(Step step, Pair pair) {
        List<String> present = List.copyOf(step.weights().keySet());
        int i = present.indexOf(pair.first);
        int j = present.indexOf(pair.second);
        return i < 0 || j < 0 || i >= step.cosines().length || j >= step.cosines()[i].length
                ? Double.NaN
                : step.cosines()[i][j];
    }

    /** The stages in which two sources met, stretch by stretch. */
    private static List<List<Step>> stretches(RunHistory history) {
        RunHistory met = new RunHistory(
                history.stages().stream()
                        .filter(stage -> stage.stream().anyMatch(RunHistory::hasCosines))
                        .flatMap(List::stream)
                        .toList(),
                List.of());
        return met.stretches(CELLS);
    }

    private static HeatMap map(RunFacts run, boolean named) {
        List<Pair> pairs = shown(run.history());
        List<List<Step>> stretches = stretches(run.history());
        return new HeatMap(
                "Gradient cosines" + (named ? ", " + run.name() : ""),
                "step",
                stretches.stream()
                        .map(stretch -> Long.toString(stretch.getFirst().step()))
                        .toList(),
                pairs.stream().map(pair -> pair.first + " – " + pair.second).toList(),
                values(run.history()),
                Axis.of("cosine of two sources' gradients", -1, 1),
                HeatMap.Form.DIVERGING);
    }

    /** Means of the cosines, {@code [pairs][stretches]}; NaN where no step had both sources. */
    private static double[][] values(RunHistory history) {
        List<List<Step>> stretches = stretches(history);
        return shown(history).stream()
                .map(pair -> stretches.stream()
                        .mapToDouble(stretch -> TrainingSection.mean(stretch, step -> cosine(step, pair)))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static boolean hasGaps(RunHistory history) {
        return Arrays.stream(values(history)).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN);
    }

    private static String caption(List<RunFacts> runs, boolean named) {
        int width = runs.stream()
                .flatMap(run -> stretches(run.history()).stream())
                .mapToInt(List::size)
                .max()
                .orElse(1);
        return "Cosines of the sources' gradients over time, " + parameters(runs)
                + (width > 1 ? ", in means of " + width + " steps" : "")
                + ": vermilion where two sources pull against each other, blue where together"
                + (runs.stream().anyMatch(run -> hasGaps(run.history()))
                        ? ", struck out where no step had both. "
                        : ". ")
                + String.join(
                        " ", runs.stream().map(run -> extremes(run, named)).toList());
    }

    /** Over which parameters; said run by run where they differ. */
    private static String parameters(List<RunFacts> runs) {
        List<String> different =
                runs.stream().map(CosinesOverTime::parameters).distinct().toList();
        return different.size() == 1
                ? different.getFirst()
                : runs.stream()
                        .map(run -> "in " + run.name() + " " + parameters(run))
                        .collect(Collectors.joining(", "));
    }

    /** The trainer compares the gradients of the head where the method does not look further. */
    private static String parameters(RunFacts run) {
        String reach = run.settings().getOrDefault("method.reach", "head");
        return "with respect to "
                + switch (reach) {
                    case "head" -> "the reward head";
                    case "last-block" -> "the reward head and the last block";
                    case "adapter" -> "the adapter";
                    case "all" -> "all trainable parameters";
                    default -> "parameters within the reach " + reach;
                };
    }

    private static String extremes(RunFacts run, boolean named) {
        RunHistory history = run.history();
        Comparator<Pair> order = Comparator.comparingDouble(pair -> overall(pair, history));
        List<Pair> pairs = pairs(history);
        Pair worst = pairs.stream().min(order).orElseThrow();
        Pair best = pairs.stream().max(order).orElseThrow();
        long known = history.steps().stream().filter(RunHistory::hasCosines).count();
        return (named ? "In " + run.name() + ", over " : "Over ") + Words.count(known, "step") + ", " + worst.first
                + " and " + worst.second + " agree least (mean " + Words.fixed(overall(worst, history), 2) + ")"
                + (pairs.size() > 1
                        ? ", " + best.first + " and " + best.second + " most (" + Words.fixed(overall(best, history), 2)
                                + ")"
                        : "")
                + "."
                + (pairs.size() > MOST_PAIRS
                        ? " Of " + pairs.size() + " pairs the " + MOST_PAIRS + " furthest from zero are shown."
                        : "");
    }

    private static double overall(Pair pair, RunHistory history) {
        return TrainingSection.mean(history.steps(), step -> cosine(step, pair));
    }

    /** All pairs of sources that ever had a cosine. */
    private static List<Pair> pairs(RunHistory history) {
        List<String> sources = history.sources();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            for (int j = i + 1; j < sources.size(); j++) {
                pairs.add(new Pair(sources.get(i), sources.get(j)));
            }
        }
        return pairs.stream()
                .filter(pair -> Double.isFinite(overall(pair, history)))
                .toList();
    }

    /** All pairs, or those whose mean cosine is furthest from zero. */
    private static List<Pair> shown(RunHistory history) {
        List<Pair> pairs = pairs(history);
        if (pairs.size() <= MOST_PAIRS) {
            return pairs;
        }
        return pairs.stream()
                .sorted(Comparator.comparingDouble(pair -> -Math.abs(overall(pair, history))))
                .limit(MOST_PAIRS)
                .sorted(Comparator.comparingInt(pairs::indexOf))
                .toList();
    }
}
