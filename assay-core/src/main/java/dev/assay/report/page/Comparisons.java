package dev.assay.report.page;

import dev.assay.evaluation.ByMetric;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.math.Estimate;
import dev.assay.math.HolmCorrection;
import dev.assay.report.page.RunFacts.TestScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every run against the first, pair by pair.
 *
 * @param first what the others are compared with
 * @param others those that scored the same pairs, in the order of the page
 * @param leftOut what cannot be compared, each with the reason
 */
record Comparisons(RunFacts first, List<Versus> others, List<String> leftOut) {
    private static final Difference NONE = new Difference(new Estimate(Double.NaN, Double.NaN, Double.NaN), Double.NaN);

    Comparisons {
        others = List.copyOf(others);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One run against the first: differences are its numbers minus those of the first.
     *
     * @param sharesBins whether both had their calibration errors measured alike; without, none of ECE is told
     */
    record Versus(RunFacts run, ModelComparison result, boolean sharesBins) {
        /** One of the differences; NaN where the two runs' numbers mean different things. */
        Difference of(ByMetric<Difference> differences, Metric metric) {
            return metric == Metric.ECE && !sharesBins ? NONE : differences.get(metric);
        }

        /** The difference of the mean over sources. */
        Difference average(Metric metric) {
            return of(result.average(), metric);
        }
    }

    static Comparisons of(List<RunFacts> runs) {
        RunFacts first = runs.getFirst();
        EvaluationOptions options = CommonGround.options(first);
        List<Versus> others = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Map<String, List<String>> namesByBins = new LinkedHashMap<>();
        for (RunFacts run : runs.subList(1, runs.size())) {
            Optional<String> obstacle = CommonGround.obstacle(first, run);
            if (obstacle.isPresent()) {
                leftOut.add(run.name() + " is not tested against " + first.name() + ": " + obstacle.get());
                continue;
            }
            EvaluationOptions own = CommonGround.options(run);
            boolean sharesBins = CommonGround.sameBins(List.of(options, own));
            if (!sharesBins) {
                namesByBins
                        .computeIfAbsent(own.words(), any -> new ArrayList<>())
                        .add(run.name());
            }
            others.add(new Versus(run, compare(first, run, options), sharesBins));
        }
        namesByBins.forEach((bins, names) -> leftOut.add(Words.list(names) + (names.size() == 1 ? " is" : " are")
                + " not compared with " + first.name() + " on ECE: it was measured over " + bins + ", that of "
                + first.name() + " over " + options.words() + "."));
        return new Comparisons(first, others, leftOut);
    }

    private static ModelComparison compare(RunFacts first, RunFacts other, EvaluationOptions options) {
        return ModelComparison.of(
                first.scores().map(TestScores::sources).orElseThrow(),
                other.scores().map(TestScores::sources).orElseThrow(),
                options);
    }

    /** What the differences were computed with. */
    EvaluationOptions options() {
        return CommonGround.options(first);
    }

    /** The p-values of one metric's averages, all runs together corrected after Holm; NaN where there is no test. */
    double[] adjusted(Metric metric) {
        return HolmCorrection.adjust(others.stream()
                .mapToDouble(versus -> versus.average(metric).pValue())
                .toArray());
    }

    /** What {@link #adjusted} did, to be said beside it; empty where there was nothing to correct. */
    String correction() {
        long withEce = others.stream().filter(Versus::sharesBins).count();
        String compared = Words.count(others.size(), "comparison")
                + (withEce == others.size() ? "" : " of accuracy and " + Words.count(withEce) + " of ECE");
        return others.size() < 2 ? "" : ", corrected for " + compared + " after Holm";
    }
}
