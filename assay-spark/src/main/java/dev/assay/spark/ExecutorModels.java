package dev.assay.spark;

import dev.assay.reward.RewardModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The models of this executor, loaded on first use and kept until its JVM ends: loading costs far more than a batch. */
final class ExecutorModels {
    private static final Map<String, RewardModel> LOADED = new ConcurrentHashMap<>();

    private ExecutorModels() {}

    static RewardModel get(ModelSource source) {
        return LOADED.computeIfAbsent(source.identity(), identity -> source.load());
    }
}
