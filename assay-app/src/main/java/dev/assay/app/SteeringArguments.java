package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.reward.Objective;
import dev.assay.reward.Steering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a user weighs the objectives of a mixture at score time. */
final class SteeringArguments {
    @Option(
            names = "--steer",
            paramLabel = "NAME=WEIGHT",
            split = ",",
            description = "Weigh these objectives of a mixture in place of its gate; below 0 asks for less.")
    private Map<String, Double> weights = new LinkedHashMap<>();

    @Option(
            names = "--steer-blend",
            paramLabel = "SHARE",
            description =
                    "How much of the mixture is --steer's, the rest being the gate's; above 0 and at most 1 (default: 1).")
    private @Nullable Double blend;

    @Option(names = "--ignore", paramLabel = "NAME", split = ",", description = "Give these objectives no share.")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--at-least",
            paramLabel = "NAME=VALUE",
            split = ",",
            description =
                    "Answers below the value, in the unit of the objective's ratings, lose by what they fall short.")
    private Map<String, Double> minima = new LinkedHashMap<>();

    @Option(
            names = "--at-least-strength",
            paramLabel = "X",
            description =
                    "What falling short by the objective's whole scale costs, in coefficients of the whole mixture"
                            + " (default: 10).")
    private @Nullable Double strength;

    /** The steering of rewards that are raw or calibrated; the latter cannot be steered. */
    Steering steering(RewardScale scale) {
        Steering asked = steering();
        if (scale == RewardScale.CALIBRATED && !asked.isNone()) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "the model's calibration was fitted to its own rewards and does not hold for steered ones; leave out"
                            + " --rewards calibrated, or the steering");
        }
        return asked;
    }

    Steering steering() {
        requireSay();
        double cost = strength == null ? Steering.AtLeast.STRENGTH : strength;
        double share = blend == null ? 1 : blend;
        List<Steering.Constraint> constraints = new ArrayList<>();
        ignored.forEach(name -> constraints.add(new Steering.Ignore(new Objective(name))));
        minima.forEach((name, minimum) -> constraints.add(new Steering.AtLeast(new Objective(name), minimum, cost)));
        Steering asked = Steering.blending(weights, weights.isEmpty() ? 0 : share);
        return new Steering(asked.weights(), asked.blend(), constraints);
    }

    /** What would change nothing was meant to change something. */
    private void requireSay() {
        Problems problems = new Problems(ErrorKind.INPUT, "steering");
        if (blend != null && weights.isEmpty()) {
            problems.add(
                    "--steer-blend " + blend
                            + " is the share of --steer, which is not given; name weights with --steer NAME=WEIGHT, or leave it out");
        } else if (blend != null && blend == 0) {
            problems.add(
                    "--steer-blend 0.0 leaves the gate as it is, so that --steer has no say; give a share above 0, or"
                            + " leave both out");
        }
        if (strength != null && minima.isEmpty()) {
            problems.add(
                    "--at-least-strength " + strength
                            + " is that of --at-least, which is not given; name a minimum with --at-least NAME=VALUE, or leave it out");
        }
        problems.throwIfAny();
    }
}
