package dev.assay.report.page;

import dev.assay.report.figure.Axis;
import dev.assay.report.figure.Series;
import dev.assay.report.figure.StackedArea;
import dev.assay.report.page.RunHistory.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a method that weighs its sources did with them: lambda over time. */
final class SourcesOverTime {
    private static final int STRETCHES = 80;

    private SourcesOverTime() {}

    static void write(Page page, List<RunFacts> runs) {
        List<RunFacts> several =
                runs.stream().filter(run -> run.history().sources().size() > 1).toList();
        List<RunFacts> moving =
                several.stream().filter(run -> run.history().hasMovingWeights()).toList();
        several.stream().filter(run -> !moving.contains(run)).forEach(run -> page.paragraph(still(run)));
        if (!moving.isEmpty()) {
            long width = width(moving, STRETCHES);
            page.figure(
                    moving.stream()
                            .map(run -> weights(page, run, runs.size() > 1))
                            .toList(),
                    "Weight lambda of each source over time" + (width > 1 ? ", in means of " + width + " steps" : "")
                            + ". At each step they sum to 1.");
        }
        CosinesOverTime.write(page, runs, several);
    }

    /** The steps that the widest stretch of a picture takes together. */
    static int width(List<RunFacts> runs, int most) {
        return runs.stream()
                .flatMap(run -> run.history().stretches(most).stream())
                .mapToInt(List::size)
                .max()
                .orElse(1);
    }

    /** The weights of a run in which they stay as they are, stage by stage. */
    private static String still(RunFacts run) {
        List<List<Step>> stages = run.history().stages();
        if (stages.size() == 1) {
            return "The weights of the sources in " + run.name() + " do not move: " + weights(stages.getFirst()) + ".";
        }
        return "The weights of the sources in " + run.name() + " do not move within its "
                + Words.count(stages.size(), "stage") + ": "
                + String.join(
                        "; then ", stages.stream().map(SourcesOverTime::stage).toList())
                + ".";
    }

    private static String stage(List<Step> steps) {
        long first = steps.getFirst().step();
        long last = steps.getLast().step();
        return weights(steps)
                + (first == last
                        ? " (step " + Words.count(first) + ")"
                        : " (steps " + Words.count(first) + " to " + Words.count(last) + ")");
    }

    /** Those of a step with most sources: a batch of few rows may lack some. */
    private static String weights(List<Step> steps) {
        Map<String, Double> weights = steps.stream()
                .map(Step::weights)
                .max(Comparator.comparingInt(Map::size))
                .orElse(Map.of());
        return Words.list(weights.entrySet().stream()
                .map(weight -> weight.getKey() + " " + Words.fixed(weight.getValue(), 3))
                .toList());
    }

    private static StackedArea weights(Page page, RunFacts run, boolean named) {
        List<List<Step>> stretches = run.history().stretches(STRETCHES);
        double[] at = stretches.stream()
                .mapToDouble(stretch -> TrainingSection.mean(stretch, Step::step))
                .toArray();
        List<Series> layers = run.history().sources().stream()
                .map(source -> Series.of(
                                source,
                                at,
                                stretches.stream()
                                        .mapToDouble(stretch -> TrainingSection.mean(
                                                stretch, step -> step.weights().getOrDefault(source, 0.0)))
                                        .toArray())
                        .withColour(page.sources().of(source)))
                .toList();
        return new StackedArea(
                "Weights of the sources" + (named ? ", " + run.name() : ""),
                Axis.of("step"),
                Axis.of("weight lambda", 0, 1),
                layers);
    }
}
