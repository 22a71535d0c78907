package dev.assay.reward;

import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.Problems;
import dev.assay.data.RatingScale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a user wants of a mixture of objectives, at score time. With the gate's shares g, which sum to 1, and the weights w, the
 * shares become {@code (1 - b) g + b w / sum |w|}; then constraints apply. They weigh what the gate weighs: the debiased rewards.
 *
 * @param weights of objectives; one that is not named has 0. Of any sign, so that they may be a direction: below 0 asks for less
 * @param blend b, in [0, 1]: 0 keeps the gate, 1 replaces it
 * @param constraints applied one by one, in order
 */
public record Steering(Map<Objective, Double> weights, double blend, List<Constraint> constraints) {
    /** The gate as it is. */
    public static final Steering NONE = new Steering(Map.of(), 0, List.of());

    /** What must hold whatever the weights. */
    public sealed interface Constraint {
        /** Of which objective. */
        Objective objective();
    }

    /**
     * The objective gets the share 0, and the others grow to the magnitude all had. Where it is the nuisance that the others were
     * freed of, that correction stays: without it, they would reward it again.
     */
    public record Ignore(Objective objective) implements Constraint {}

    /**
     * An answer below the minimum loses {@code strength} times the whole mixture's coefficient for each unit it falls short on the
     * scale mixed on: at 10, a tenth of the objective's scale outweighs the full scale of everything else.
     *
     * @param minimum in the unit the objective's ratings were given in
     * @param strength above 0
     */
    public record AtLeast(Objective objective, double minimum, double strength) implements Constraint {
        /** At which a tenth of a scale decides. */
        public static final double STRENGTH = 10;
    }

    public Steering {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        constraints = List.copyOf(constraints);
        Problems problems = new Problems(ErrorKind.INPUT, "steering");
        if (!(blend >= 0 && blend <= 1)) {
            problems.add("the blend " + blend + " is outside [0, 1]");
        }
        weights.forEach((objective, weight) -> {
            if (!Double.isFinite(weight)) {
                problems.add("the weight " + weight + " of " + objective.name() + " is not finite");
            }
        });
        if (blend > 0 && weights.values().stream().allMatch(weight -> weight == 0)) {
            problems.add("all weights are 0, and with a blend of " + blend + " they have to say something");
        }
        for (Constraint constraint : constraints) {
            if (constraint instanceof AtLeast(Objective objective, double minimum, double strength)
                    && !(Double.isFinite(minimum) && strength > 0 && Double.isFinite(strength))) {
                problems.add("at least " + minimum + " of " + objective.name() + " with strength " + strength
                        + ": the minimum must be finite and the strength above 0");
            }
        }
        problems.throwIfAny();
    }

    /** Weights by name in place of the gate. */
    public static Steering replacing(Map<String, Double> weights) {
        return blending(weights, 1);
    }

    /** Weights by name beside the gate. */
    public static Steering blending(Map<String, Double> weights, double blend) {
        Map<Objective, Double> byObjective = new LinkedHashMap<>();
        weights.forEach((name, weight) -> byObjective.put(new Objective(name), weight));
        return new Steering(byObjective, blend, List.of());
    }

    /** The same without an objective. */
    public Steering ignoring(String objective) {
        return with(new Ignore(new Objective(objective)));
    }

    /** The same with a minimum, in the unit of the objective's ratings. */
    public Steering atLeast(String objective, double minimum) {
        return with(new AtLeast(new Objective(objective), minimum, AtLeast.STRENGTH));
    }

    private Steering with(Constraint constraint) {
        List<Constraint> more = new ArrayList<>(constraints);
        more.add(constraint);
        return new Steering(weights, blend, more);
    }

    /** Whether it changes nothing. */
    public boolean isNone() {
        return blend == 0 && constraints.isEmpty();
    }

    /** Throws one error for all {@link #misfits}. */
    public void requireFits(Map<Objective, RatingScale> known) {
        Problems problems = new Problems(
                ErrorKind.INPUT,
                "steering of a mixture of "
                        + known.keySet().stream().map(Objective::name).collect(Collectors.joining(", ")));
        misfits(known).forEach(problems::add);
        problems.throwIfAny();
    }

    /**
     * What a mixture cannot be steered by: objectives that are not among the known ones, each with the name that was probably
     * meant, and minima off their scale: above it every answer would fall short, below it none.
     *
     * @param known the scale of each objective's ratings
     */
    public List<String> misfits(Map<Objective, RatingScale> known) {
        List<String> names = known.keySet().stream().map(Objective::name).toList();
        List<String> misfits = new ArrayList<>();
        List<Objective> named = new ArrayList<>(weights.keySet());
        constraints.forEach(constraint -> named.add(constraint.objective()));
        for (Objective objective : named) {
            if (!known.containsKey(objective)) {
                misfits.add("the mixture has no objective \"" + objective.name() + "\""
                        + NearestName.of(objective.name(), names)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; name one of those it has"));
            }
        }
        for (Constraint constraint : constraints) {
            RatingScale scale = known.get(constraint.objective());
            if (scale != null
                    && constraint instanceof AtLeast least
                    && (least.minimum() < scale.low() || least.minimum() > scale.high())) {
                misfits.add("at least " + least.minimum() + " of "
                        + least.objective().name()
                        + " is off the scale of its ratings, " + scale.low() + " to " + scale.high() + ", so that "
                        + (least.minimum() < scale.low() ? "no" : "every")
                        + " answer would fall short; give a value between");
            }
        }
        return misfits;
    }
}
