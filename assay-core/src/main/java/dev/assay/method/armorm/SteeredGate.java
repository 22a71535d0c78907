package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.RatingScale;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.Steering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Steering} by the places of a mixture's objectives. */
final class SteeredGate {
    private final List<ScaledObjective> objectives;
    private final List<Objective> names;
    private final Steering steering;
    private final double[] wanted;

    SteeredGate(List<ScaledObjective> objectives, Steering steering) {
        this.objectives = objectives;
        this.names = objectives.stream().map(ScaledObjective::objective).toList();
        this.steering = steering;
        steering.requireFits(ScaledObjective.scales(objectives));
        double[] weights = names.stream()
                .mapToDouble(name -> steering.weights().getOrDefault(name, 0.0))
                .toArray();
        double magnitude = magnitude(weights);
        this.wanted = Arrays.stream(weights).map(weight -> weight / magnitude).toArray();
    }

    private static double magnitude(double[] shares) {
        return Arrays.stream(shares).map(Math::abs).sum();
    }

    /** The gate's shares {@code [K]} as the user wants them. */
    double[] shares(double[] gate) {
        double blend = steering.blend();
        double[] shares = blend == 0 ? gate.clone() : wanted.clone();
        if (blend > 0 && blend < 1) {
            Arrays.setAll(shares, k -> (1 - blend) * gate[k] + blend * wanted[k]);
        }
        for (Steering.Constraint constraint : steering.constraints()) {
            if (constraint instanceof Steering.Ignore(Objective objective)) {
                ignore(shares, names.indexOf(objective));
            }
        }
        return shares;
    }

    private void ignore(double[] shares, int ignored) {
        double before = magnitude(shares);
        shares[ignored] = 0;
        double left = magnitude(shares);
        if (left == 0) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "steering: nothing is left to reward once "
                            + names.get(ignored).name() + " is ignored; weigh another objective too");
        }
        Arrays.setAll(shares, k -> shares[k] * (before / left));
    }

    /** Errors of the objectives {@code [K]} by the parts of a reward that have them: a shortfall has that of its objective. */
    Map<Objective, Double> byPart(double[] errors) {
        Map<Objective, Double> byPart = new LinkedHashMap<>();
        for (int k = 0; k < errors.length; k++) {
            byPart.put(names.get(k), errors[k]);
        }
        for (Steering.Constraint constraint : steering.constraints()) {
            if (constraint instanceof Steering.AtLeast floor) {
                byPart.put(shortfall(floor), errors[names.indexOf(floor.objective())]);
            }
        }
        return byPart;
    }

    private static Objective shortfall(Steering.AtLeast floor) {
        return new Objective("shortfall of " + floor.objective().name() + " below " + floor.minimum());
    }

    /**
     * A part for each minimum: how far the reward falls short of it, and what that costs.
     *
     * @param rewards of the objectives {@code [K]}
     * @param errors of them
     * @param coefficients on debiased rewards {@code [K]}
     */
    List<ObjectivePart> shortfalls(double[] rewards, double[] errors, double[] coefficients) {
        double whole = magnitude(coefficients);
        List<ObjectivePart> parts = new ArrayList<>();
        for (Steering.Constraint constraint : steering.constraints()) {
            if (constraint instanceof Steering.AtLeast floor) {
                int k = names.indexOf(floor.objective());
                RatingScale scale = objectives.get(k).scale();
                double missing = Math.max(0, scale.normalize(floor.minimum()) - rewards[k]);
                parts.add(new ObjectivePart(
                        shortfall(floor),
                        missing,
                        missing * (scale.high() - scale.low()),
                        0,
                        -floor.strength() * whole,
                        missing > 0 ? errors[k] : 0));
            }
        }
        return parts;
    }
}
