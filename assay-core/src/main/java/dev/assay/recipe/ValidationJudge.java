package dev.assay.recipe;

import dev.assay.network.GroupRewards;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accuracy on held-out pairs, each source counting alike; the best model is stored at once. */
final class ValidationJudge implements Evaluation {
    /** Stores the model of a step. */
    @FunctionalInterface
    interface Keeper {
        void keep(RewardNetwork network, long step);
    }

    private final Map<String, List<TokenizedGroup>> sources;
    private final PrefixPacker packer;
    private final RunEvents events;
    private final Keeper keeper;

    ValidationJudge(Map<String, List<TokenizedGroup>> sources, PrefixPacker packer, RunEvents events, Keeper keeper) {
        this.sources = sources;
        this.packer = packer;
        this.events = events;
        this.keeper = keeper;
    }

    @Override
    public double evaluate(RewardNetwork network, long step) {
        Map<String, Double> accuracies = new LinkedHashMap<>();
        sources.forEach((name, groups) -> {
            long right = GroupRewards.of(network, packer, groups).stream()
                    .filter(rewards -> rewards[0] > rewards[1])
                    .count();
            accuracies.put(name, (double) right / groups.size());
        });
        events.onValidation(step, accuracies);
        return accuracies.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    @Override
    public void onBest(RewardNetwork network, long step) {
        keeper.keep(network, step);
    }
}
