package dev.assay.training;

import java.nio.file.Path;

/** Told of what a training does, on the thread that trains. */
public interface TrainingListener {
    /** Before a resumed training goes on after a step; what was told of later ones is void. */
    default void onResume(long step) {}

    /** After each step. */
    default void onStep(StepRecord step) {}

    /** After each evaluation. */
    default void onEvaluation(long step, double metric, boolean best) {}

    /** After a checkpoint is safe on the disk. */
    default void onCheckpoint(long step, Path folder) {}

    /**
     * A stage without steps goes on: rows of a frozen network, or the search for a gate. Told first of what is done when it begins.
     *
     * @param stage its name
     * @param done of {@code total}
     * @param unit what is counted, such as {@code rows}
     */
    default void onProgress(String stage, long done, long total, String unit) {}

    /** Something worth a line in the log. */
    default void onMessage(String message) {}

    /** A listener that does nothing. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
