package dev.assay.report;

import dev.assay.math.Estimate;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.BarPlot;
import dev.assay.report.figure.Figure;
import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Explanations of mixtures as bars, the longest on top. */
public final class ExplanationFigures {
    private ExplanationFigures() {}

    /** The contributions to one reward, each with one standard error to both sides where it is known. */
    public static Figure of(Explanation.Mixture mixture, TopObjectives top) {
        List<ObjectivePart> parts = top.of(mixture);
        return new BarPlot(
                String.format(Locale.ROOT, "Reward %.4f", mixture.value()),
                Axis.of("contribution to the reward"),
                parts.stream().map(part -> part.objective().name()).toList(),
                parts.stream().map(ExplanationFigures::amount).toList());
    }

    /** What each objective adds to the difference of two rewards, each with one standard error to both sides where it is known. */
    public static Figure of(PairExplanation pair, int top) {
        List<PairExplanation.Difference> differences = pair.differences().stream()
                .sorted(Comparator.comparingDouble(difference -> -Math.abs(difference.value())))
                .limit(top)
                .toList();
        return new BarPlot(
                String.format(Locale.ROOT, "Reward of the chosen minus the rejected answer %+.4f", pair.value()),
                Axis.of("contribution to the difference"),
                differences.stream().map(one -> one.objective().name()).toList(),
                differences.stream()
                        .map(one -> amount(one.value(), one.standardError()))
                        .toList());
    }

    private static Estimate amount(ObjectivePart part) {
        return amount(part.contribution(), Math.abs(part.coefficient()) * part.standardError());
    }

    private static Estimate amount(double value, double error) {
        return new Estimate(value, value - error, value + error);
    }
}
