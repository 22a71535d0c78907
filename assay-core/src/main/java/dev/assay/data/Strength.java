package dev.assay.data;

import java.util.OptionalDouble;

/**
 * How strongly the chosen response is preferred.
 *
 * @param label target probability that the chosen response is the better one, in [0.5, 1]: 1 is a hard label, 0.5 a
 *     tie, values between are soft labels
 * @param margin how much better, in the source's own unit, non-negative, if known
 * @param trueProbability the probability with which simulated annotators prefer the chosen response, in [0, 1]; known
 *     for simulated data alone and never used for training
 */
public record Strength(double label, OptionalDouble margin, OptionalDouble trueProbability) {
    /** A plain "better": label 1, nothing else known. */
    public static final Strength HARD = new Strength(1, OptionalDouble.empty(), OptionalDouble.empty());

    /** A tie: label 0.5. */
    public static final Strength TIE = new Strength(0.5, OptionalDouble.empty(), OptionalDouble.empty());

    public Strength {
        if (!(label >= 0.5 && label <= 1)) {
            throw new IllegalArgumentException("label " + label + " is outside [0.5, 1]; swap the responses instead");
        }
        margin.ifPresent(value -> {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("margin " + value + " is not a finite number >= 0");
            }
        });
        trueProbability.ifPresent(value -> {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("true probability " + value + " is outside [0, 1]");
            }
        });
    }

    /** A hard label with a margin in the source's unit. */
    public static Strength withMargin(double margin) {
        return new Strength(1, OptionalDouble.of(margin), OptionalDouble.empty());
    }

    /** Whether neither response is better. */
    public boolean isTie() {
        return label == 0.5;
    }
}
