package dev.assay.training;

import java.util.OptionalDouble;

/**
 * How a training ended.
 *
 * @param end why it ended
 * @param steps steps done over all stages
 * @param bestMetric the best evaluation of the last stage, if there was one
 * @param bestStep steps done over all stages at that moment
 */
public record TrainingResult(End end, long steps, OptionalDouble bestMetric, long bestStep) {
    /** Why a training ends. */
    public enum End {
        /** All steps are done. */
        COMPLETED("all steps are done"),
        /** No better evaluation for as long as patience allows. */
        EARLY_STOPPED("no evaluation was better for as long as training.patience allows"),
        /** The time is up. */
        TIME_LIMIT("training.max-minutes are up"),
        /** Somebody asked for it; the checkpoint lets it go on. */
        INTERRUPTED("it was asked to stop");

        private final String words;

        End(String words) {
            this.words = words;
        }

        /** For a log. */
        public String words() {
            return words;
        }
    }
}
