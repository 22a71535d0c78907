package dev.assay.reward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why one answer has a higher reward than another: the difference of the two rewards, objective by objective.
 *
 * <p>Standard errors are those of estimates of expected ratings, as {@link ObjectivePart#standardError} is: what is not known of an
 * objective's weights, without the spread of single ratings, and with the gate taken as it is.
 *
 * @param first the reasons of one answer
 * @param second those of the other, by the same model
 * @param rewardErrors the standard error of the difference between an objective's two rewards, on the scale the model mixes on;
 *     objectives are absent, or NaN, where it is unknown. It does not follow from the errors of the two: one model rates
 *     both answers, and errs alike on both
 */
public record PairExplanation(
        Explanation.Mixture first, Explanation.Mixture second, Map<Objective, Double> rewardErrors) {
    public PairExplanation {
        rewardErrors = Map.copyOf(rewardErrors);
    }

    /** Where nothing is known of errors of differences. */
    public PairExplanation(Explanation.Mixture first, Explanation.Mixture second) {
        this(first, second, Map.of());
    }

    /**
     * What one objective has to do with the difference.
     *
     * @param objective the objective
     * @param first its contribution to the first reward
     * @param second its contribution to the second
     * @param standardError of {@link #value}; 0 where it is exact, NaN where it is unknown
     */
    public record Difference(Objective objective, double first, double second, double standardError) {
        /** Positive where it speaks for the first answer. */
        public double value() {
            return first - second;
        }
    }

    /** The differences of all objectives, in the model's order. */
    public List<Difference> differences() {
        Map<Objective, ObjectivePart> others = new LinkedHashMap<>();
        second.parts().forEach(part -> others.put(part.objective(), part));
        List<Difference> differences = new ArrayList<>();
        for (ObjectivePart part : first.parts()) {
            differences.add(difference(part.objective(), part, others.remove(part.objective())));
        }
        others.forEach((objective, part) -> differences.add(difference(objective, null, part)));
        return differences;
    }

    private Difference difference(Objective objective, @Nullable ObjectivePart one, @Nullable ObjectivePart other) {
        return new Difference(
                objective,
                one == null ? 0 : one.contribution(),
                other == null ? 0 : other.contribution(),
                standardError(objective, one, other));
    }

    /**
     * Of {@code c r - d q}: with the variances v of r, w of q and u of {@code r - q}, the variance is {@code c d u + (c - d)(c v - d w)},
     * since {@code 2 Cov(r, q) = v + w - u}. Answers to one prompt have {@code c = d}, and it is {@code c^2 u}.
     */
    private double standardError(Objective objective, @Nullable ObjectivePart one, @Nullable ObjectivePart other) {
        double c = one == null ? 0 : one.coefficient();
        double d = other == null ? 0 : other.coefficient();
        double v = c == 0 ? 0 : variance(one);
        double w = d == 0 ? 0 : variance(other);
        if (v == 0 || w == 0) {
            return Math.sqrt(c * c * v + d * d * w);
        }
        double apart = rewardErrors.getOrDefault(objective, Double.NaN);
        double variance = c * d * apart * apart + (c - d) * (c * v - d * w);
        // Not below 0 but for rounding.
        return Math.sqrt(Math.max(0, variance));
    }

    private static double variance(@Nullable ObjectivePart part) {
        return part == null ? 0 : part.standardError() * part.standardError();
    }

    /** The first reward minus the second. */
    public double value() {
        return first.value() - second.value();
    }

    /**
     * No standard error of {@link #value} exceeds this, however the errors of the objectives hang together: the sum of the
     * differences' standard errors. NaN where one of them is unknown.
     */
    public double standardErrorBound() {
        double bound = 0;
        for (Difference difference : differences()) {
            bound += difference.standardError();
        }
        return bound;
    }

    /** The objective that speaks most for the answer with the higher reward; empty for equal rewards. */
    public Optional<Difference> decisive() {
        double sign = Math.signum(value());
        return sign == 0
                ? Optional.empty()
                : differences().stream().max(Comparator.comparingDouble(difference -> sign * difference.value()));
    }

    /** Whether the other answer would have the higher reward, or an equal one, if the decisive objective said nothing. */
    public boolean turnsWithoutDecisive() {
        return decisive()
                .map(difference -> Math.signum(value()) * (value() - difference.value()) <= 0)
                .orElse(false);
    }
}
