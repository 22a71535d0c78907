package dev.assay.report;

import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Why a reward has its value, as a tree to read in a terminal. */
public final class ExplanationText {
    private static final String BRANCH = "├─ ";
    private static final String LAST = "└─ ";

    private ExplanationText() {}

    /** One reward, the objectives with the largest contributions first. */
    public static String of(Reward reward, int top) {
        return of(reward, TopObjectives.byContribution(top));
    }

    /**
     * One reward.
     *
     * @param top objectives shown by name; the others are added up in one line
     */
    public static String of(Reward reward, TopObjectives top) {
        StringBuilder text = new StringBuilder();
        text.append("reward ").append(number(reward.value())).append(bound(reward.explanation()));
        text.append("  (").append(reward.tokens()).append(" tokens");
        text.append(reward.truncated() ? ", cut to the model's length)\n" : ")\n");
        write(text, "", reward.explanation(), top);
        return text.toString();
    }

    /** The difference of two rewards, objective by objective, and which of them decided. */
    public static String of(PairExplanation pair, int top) {
        StringBuilder text = new StringBuilder();
        text.append("difference ")
                .append(signed(pair.value()))
                .append(bound(pair.standardErrorBound()))
                .append("  ")
                .append(verdict(pair))
                .append('\n');
        List<PairExplanation.Difference> sorted = pair.differences().stream()
                .sorted(Comparator.comparingDouble(difference -> -Math.abs(difference.value())))
                .toList();
        List<String> lines = new ArrayList<>();
        for (PairExplanation.Difference one : sorted.subList(0, Math.min(top, sorted.size()))) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%10s%s  %s  (%s against %s)",
                    signed(one.value()),
                    isShown(one.standardError()) ? " +- " + number(one.standardError()) : "",
                    one.objective().name(),
                    signed(one.first()),
                    signed(one.second())));
        }
        if (sorted.size() > top) {
            double others = sorted.subList(top, sorted.size()).stream()
                    .mapToDouble(PairExplanation.Difference::value)
                    .sum();
            lines.add(others(sorted.size() - top, others));
        }
        return branches(text, "", lines).toString();
    }

    /** Which answer is preferred and what decided it, in words. */
    public static String verdict(PairExplanation pair) {
        return pair.decisive()
                .map(one ->
                        (pair.value() > 0 ? "the chosen answer" : "the rejected answer") + " has the higher reward; "
                                + one.objective().name()
                                + (pair.turnsWithoutDecisive()
                                        ? " decided it: without it the order would turn"
                                        : " speaks for it most, and it would be ahead without it too"))
                .orElse("both answers have the same reward");
    }

    private static void write(StringBuilder text, String indent, Explanation explanation, TopObjectives top) {
        text.append(indent).append(explanation.label()).append('\n');
        switch (explanation) {
            case Explanation.Leaf leaf -> branches(text, indent, List.of(number(leaf.value())));
            case Explanation.Mixture mixture -> branches(text, indent, parts(mixture, top));
            case Explanation.WeightedSum sum -> {
                for (Explanation.Term term : sum.terms()) {
                    text.append(indent)
                            .append(BRANCH)
                            .append(signed(term.contribution()))
                            .append(" = ");
                    text.append(number(term.weight())).append(" x\n");
                    write(text, indent + "│  ", term.part(), top);
                }
            }
            case Explanation.Affine affine -> {
                text.append(indent).append(LAST).append(number(affine.scale())).append(" x ... ");
                text.append(signed(affine.shift())).append('\n');
                write(text, indent + "   ", affine.input(), top);
            }
            case Explanation.Opaque opaque -> {
                text.append(indent).append(LAST).append(number(opaque.value())).append(", by\n");
                opaque.evidence().forEach(evidence -> write(text, indent + "   ", evidence, top));
            }
        }
    }

    private static List<String> parts(Explanation.Mixture mixture, TopObjectives top) {
        List<String> lines = new ArrayList<>();
        double shown = 0;
        int names = mixture.parts().stream()
                .mapToInt(part -> part.objective().name().length())
                .max()
                .orElse(0);
        for (ObjectivePart part : top.of(mixture)) {
            shown += part.contribution();
            lines.add(String.format(
                    Locale.ROOT,
                    "%10s  %-" + names + "s  %s on its scale%s, coefficient %s, gate %s",
                    signed(part.contribution()),
                    part.objective().name(),
                    number(part.original()),
                    isShown(part.standardError())
                            ? " (" + number(part.reward()) + " +- " + number(part.standardError()) + " of 1)"
                            : "",
                    number(part.coefficient()),
                    number(part.gate())));
        }
        if (mixture.parts().size() > top.count()) {
            lines.add(others(mixture.parts().size() - top.count(), mixture.value() - shown));
        }
        return lines;
    }

    private static String others(int count, double sum) {
        return String.format(Locale.ROOT, "%10s  %d more together", signed(sum), count);
    }

    private static StringBuilder branches(StringBuilder text, String indent, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            text.append(indent)
                    .append(i == lines.size() - 1 ? LAST : BRANCH)
                    .append(lines.get(i))
                    .append('\n');
        }
        return text;
    }

    private static String bound(Explanation explanation) {
        return explanation instanceof Explanation.Mixture mixture ? bound(mixture.standardErrorBound()) : "";
    }

    private static String bound(double error) {
        return Double.isFinite(error) ? " (standard error at most " + number(error) + ")" : "";
    }

    /** Not where the number is exact, nor where nothing is known of its error. */
    private static boolean isShown(double error) {
        return error > 0;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }
}
