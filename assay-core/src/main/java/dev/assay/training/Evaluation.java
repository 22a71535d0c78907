package dev.assay.training;

import dev.assay.network.RewardNetwork;

/** Judges the network between steps; the best state is the one a run keeps. */
public interface Evaluation {
    /** A number that is higher for a better network, such as the accuracy on held-out pairs. */
    double evaluate(RewardNetwork network, long step);

    /** The last evaluation was the best so far: the moment to store the model. */
    default void onBest(RewardNetwork network, long step) {}
}
