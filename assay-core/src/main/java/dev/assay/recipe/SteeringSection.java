package dev.assay.recipe;

import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.reward.Objective;
import dev.assay.reward.Steering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a mixture is steered while it is measured; the stored model stays as it was trained.
 *
 * @param weights of objectives, in place of the gate or beside it
 * @param blend how much of the mixture is theirs, above 0 and at most 1; absent: all of it
 * @param ignore objectives without a share
 * @param atLeast what answers must not fall short of
 * @param strength what falling short by an objective's whole scale costs, in coefficients of the whole mixture; absent: 10
 */
public record SteeringSection(
        @Default("[]") List<Weight> weights,
        Optional<Double> blend,
        @Default("[]") List<String> ignore,
        @Default("[]") List<Minimum> atLeast,
        Optional<Double> strength) {
    public SteeringSection {
        weights = List.copyOf(weights);
        ignore = List.copyOf(ignore);
        atLeast = List.copyOf(atLeast);
        Rules rules = new Rules();
        blend.ifPresent(share -> rules.within("blend", share, 0, 1)
                .that("blend", share != 0, "a blend of 0 leaves the gate as it is; take it and the weights out"));
        strength.ifPresent(value -> rules.positive("strength", value));
        rules.that(
                        "blend",
                        blend.isEmpty() || !weights.isEmpty(),
                        "blend is the share of weights, and there are none; add weights or take it out")
                .that(
                        "strength",
                        strength.isEmpty() || !atLeast.isEmpty(),
                        "strength is that of at-least, which is not given; add at-least or take it out")
                .that(
                        "weights",
                        weights.isEmpty() || weights.stream().anyMatch(each -> each.weight() != 0),
                        "all weights are 0")
                .that(
                        "weights",
                        !(weights.isEmpty() && ignore.isEmpty() && atLeast.isEmpty()),
                        "steering says nothing; give weights, ignore or at-least")
                .check();
    }

    /**
     * One weight.
     *
     * @param objective its name
     * @param weight below 0 to ask for less
     */
    public record Weight(String objective, double weight) {}

    /**
     * One minimum.
     *
     * @param objective its name
     * @param value in the unit of its ratings
     */
    public record Minimum(String objective, double value) {}

    /** As the model takes it. */
    public Steering steering() {
        Map<Objective, Double> byName = new LinkedHashMap<>();
        weights.forEach(each -> byName.put(new Objective(each.objective()), each.weight()));
        List<Steering.Constraint> constraints = new ArrayList<>();
        ignore.forEach(name -> constraints.add(new Steering.Ignore(new Objective(name))));
        atLeast.forEach(each -> constraints.add(new Steering.AtLeast(
                new Objective(each.objective()), each.value(), strength.orElse(Steering.AtLeast.STRENGTH))));
        return new Steering(byName, weights.isEmpty() ? 0 : blend.orElse(1.0), constraints);
    }
}
