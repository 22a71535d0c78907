package dev.assay.data.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A population of annotators: a linear taste over the qualities of an answer, {@code r_s = (shared + drift_s) . q}.
 *
 * @param name the population's name, which is the name of its source
 * @param weights the weight of every quality
 */
public record Annotators(String name, Map<Quality, Double> weights) {
    private static final Taste SHARED = new Taste(1.0, 1.0, 0.5, 0.5, 0.7, 0.0, 0.2);
    private static final List<String> NAMES = List.of("helper", "guard", "terse", "courtly", "scholar");
    /** The planted conflicts: brevity, politeness and safety are wanted by some and disliked by others. */
    private static final List<Taste> DRIFTS = List.of(
            new Taste(0.0, 0.8, 0.0, 0.0, -0.9, -0.8, -0.3),
            new Taste(0.0, -0.7, 0.0, 0.0, 1.3, 0.0, 0.5),
            new Taste(0.0, 0.0, 0.0, -0.9, 0.0, 1.4, -0.2),
            new Taste(-0.6, 0.0, 0.0, 1.3, 0.0, -0.7, 0.0),
            new Taste(0.6, -0.3, 0.5, -0.8, 0.0, 0.0, 0.9));

    public Annotators {
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    }

    /** The reward this population truly gives to an answer. */
    public double reward(SimulatedAnswer answer) {
        double reward = 0;
        for (Map.Entry<Quality, Double> weight : weights.entrySet()) {
            reward += weight.getValue() * answer.quality(weight.getKey());
        }
        return reward;
    }

    /** The first {@code count} populations; those after the five named ones drift at random. */
    static List<Annotators> populations(int count, double drift, SplittableRandom random) {
        List<Annotators> populations = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            boolean named = s < NAMES.size();
            Taste own = named ? DRIFTS.get(s) : Taste.draw(random);
            String name = named ? NAMES.get(s) : "crowd-" + (char) ('a' + s - NAMES.size());
            populations.add(new Annotators(name, SHARED.plus(own, drift)));
        }
        return populations;
    }

    /** A weight for each quality, in the order of {@link Quality}. */
    private record Taste(
            double correctness,
            double helpfulness,
            double order,
            double politeness,
            double safety,
            double brevity,
            double candour) {
        static Taste draw(SplittableRandom random) {
            double[] w = random.doubles(7, -1, 1).toArray();
            return new Taste(w[0], w[1], w[2], w[3], w[4], w[5], w[6]);
        }

        double of(Quality quality) {
            return switch (quality) {
                case CORRECTNESS -> correctness;
                case HELPFULNESS -> helpfulness;
                case ORDER -> order;
                case POLITENESS -> politeness;
                case SAFETY -> safety;
                case BREVITY -> brevity;
                case CANDOUR -> candour;
            };
        }

        Map<Quality, Double> plus(Taste drift, double strength) {
            Map<Quality, Double> weights = new EnumMap<>(Quality.class);
            for (Quality quality : Quality.values()) {
                weights.put(quality, of(quality) + strength * drift.of(quality));
            }
            return weights;
        }
    }
}
