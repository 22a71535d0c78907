package dev.assay.report.page;

import dev.assay.data.audit.Check;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.math.Estimate;
import dev.assay.report.AuditVerdict;
import dev.assay.report.page.Comparisons.Versus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What came out, in words: who wins, by how much, and whether that is more than noise. */
final class SummarySection {
    /** The level below which a difference is called more than noise. */
    static final double NOISE = 0.05;

    private SummarySection() {}

    static void write(Page page, List<RunFacts> runs, Comparisons comparisons) {
        page.heading("Summary");
        List<RunFacts> measured =
                runs.stream().filter(run -> run.evaluation().isPresent()).toList();
        for (RunFacts run : runs) {
            if (run.evaluation().isEmpty()) {
                page.paragraph(run.name()
                        + (run.scores().isPresent()
                                ? " stored rewards of its test pairs, but what was measured on them is not there"
                                        + " (evaluation.json in the run folder)."
                                : " was not measured: it is not finished, or had no test and no validation pairs."));
            }
        }
        if (runs.size() == 1) {
            measured.forEach(run -> run.evaluation().ifPresent(evaluation -> alone(page, evaluation)));
        } else if (!measured.isEmpty()) {
            page.paragraph(ranking(measured));
            verdicts(page, comparisons);
        }
        warnings(page, runs);
    }

    private static void alone(Page page, StoredEvaluation evaluation) {
        StoredEvaluation.Row average = evaluation.average();
        boolean several = evaluation.sources().size() > 1;
        page.paragraph("The model prefers the better response in " + Words.percent(average.estimate("accuracy"))
                + " of "
                + Words.count(evaluation.n(), "pair") + " from "
                + Words.count(evaluation.sources().size(), "source")
                + (several ? " (each source counting alike)" : "")
                + ". Its confidence is off by " + Words.plain(average.estimate("ece"))
                + " on average (expected calibration error), and its Brier score is "
                + Words.plain(average.estimate("brier"))
                + ", against 0.250 of a coin.");
        if (several) {
            ToDoubleFunction<StoredEvaluation.Row> accuracy =
                    row -> row.estimate("accuracy").value();
            Comparator<StoredEvaluation.Row> order = Comparator.comparingDouble(accuracy);
            StoredEvaluation.Row best = evaluation.sources().stream().max(order).orElseThrow();
            StoredEvaluation.Row worst =
                    evaluation.sources().stream().min(order).orElseThrow();
            page.paragraph("It is right most often on " + best.name() + ", " + Words.percent(best.estimate("accuracy"))
                    + ", and least often on " + worst.name() + ", " + Words.percent(worst.estimate("accuracy")) + "."
                    + coins(evaluation));
        }
    }

    /** Sources on which the model may as well toss a coin. */
    private static String coins(StoredEvaluation evaluation) {
        List<String> coins = evaluation.sources().stream()
                .filter(row -> row.estimate("accuracy").covers(0.5))
                .map(StoredEvaluation.Row::name)
                .toList();
        return coins.isEmpty() ? "" : " On " + Words.list(coins) + " it cannot be told from a coin.";
    }

    private static String ranking(List<RunFacts> measured) {
        if (!CommonGround.samePairs(measured)) {
            return "The runs are not ranked: not all of them are known to be measured on the same pairs.";
        }
        boolean sameBins = CommonGround.sameBins(
                measured.stream().map(CommonGround::options).toList());
        return "Most accurate on average over the sources is "
                + best(measured, "accuracy", true)
                + (sameBins
                        ? "; best calibrated, by expected calibration error, is " + best(measured, "ece", false) + "."
                        : ". Which is best calibrated is not said: their calibration errors were measured over different bins.");
    }

    private static String best(List<RunFacts> measured, String key, boolean larger) {
        Comparator<RunFacts> order =
                Comparator.comparingDouble(run -> average(run, key).value());
        RunFacts best = measured.stream().min(larger ? order.reversed() : order).orElseThrow();
        Estimate estimate = average(best, key);
        return best.name() + " with " + (larger ? Words.percent(estimate) : Words.plain(estimate));
    }

    private static Estimate average(RunFacts run, String key) {
        return run.evaluation().orElseThrow().average().estimate(key);
    }

    private static void verdicts(Page page, Comparisons comparisons) {
        double[] accuracy = comparisons.adjusted(Metric.ACCURACY);
        double[] ece = comparisons.adjusted(Metric.ECE);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < comparisons.others().size(); i++) {
            Versus versus = comparisons.others().get(i);
            Difference right = versus.average(Metric.ACCURACY);
            Difference sure = versus.average(Metric.ECE);
            lines.add(versus.run().name() + " against " + comparisons.first().name() + ": accuracy "
                    + Words.points(right.estimate()) + ", "
                    + verdict(right.estimate().value(), accuracy[i], "more accurate", "less accurate")
                    + (versus.sharesBins()
                            ? "; ECE " + Words.change(sure.estimate()) + ", "
                                    + verdict(sure.estimate().value(), ece[i], "worse calibrated", "better calibrated")
                            : "")
                    + ".");
        }
        lines.addAll(comparisons.leftOut());
        page.list(lines);
        if (!comparisons.others().isEmpty()) {
            page.paragraph("Differences are means over the sources on the same pairs, with "
                    + Words.level(comparisons.options().bootstrap().level())
                    + " intervals and p-values of a paired bootstrap" + comparisons.correction()
                    + ". They tell about these trained models; whether a method is better takes several seeds.");
        }
    }

    /** The studies behind the runs, each by what came out of it. */
    static void studies(Page page, List<StudyFacts> studies) {
        page.list(studies.stream()
                .map(study -> StudySection.title(study)
                        + (study.findings().isEmpty() ? ", below." : ". " + String.join(" ", study.findings())))
                .toList());
    }

    static String verdict(double difference, double p, String up, String down) {
        if (Double.isNaN(p)) {
            return "not tested, on too little data";
        }
        String chance = " (p " + (p < 0.001 ? "" : "= ") + Words.probability(p) + ")";
        return p < NOISE ? (difference > 0 ? up : down) + " by more than noise" + chance : "within noise" + chance;
    }

    private static void warnings(Page page, List<RunFacts> runs) {
        List<String> lines = runs.stream()
                .map(run -> warning(run, runs.size() > 1))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (!lines.isEmpty()) {
            page.list(lines);
        }
    }

    private static Optional<String> warning(RunFacts run, boolean named) {
        List<String> errors = run.data().verdicts().stream()
                .filter(AuditVerdict::isError)
                .map(AuditVerdict::finding)
                .map(finding -> finding.check() == Check.SHARED_PROMPT
                        ? Words.count(finding.count(), "test row") + " of " + finding.source()
                                + " share a prompt with the training rows"
                        : finding.check().meaning() + " in " + Words.count(finding.count(), "row") + " of "
                                + finding.source())
                .toList();
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of((named ? run.name() + ": m" : "M") + "ind the data: " + String.join("; ", errors) + ".");
    }
}
