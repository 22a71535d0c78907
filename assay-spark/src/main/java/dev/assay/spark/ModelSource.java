package dev.assay.spark;

import dev.assay.reward.RewardModel;
import java.io.Serializable;

/** How an executor gets its reward model; travels with the task, so it holds a path and not a model. */
public interface ModelSource extends Serializable {
    /** Names the model; executors load one model per identity and keep it for their life. */
    String identity();

    /** Loads the model; called once an executor. */
    RewardModel load();
}
