package dev.assay.recipe;

import dev.assay.network.GroupRewards;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.Evaluation;
import dev.assay.training.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Accuracy on held-out pairs of the sources a stage learns from, each counting alike; the best model is stored at once. A
 * stage that has none held out of its own is judged on all.
 */
final class ValidationJudge implements Evaluation {
    /** Stores the model of a step. */
    @FunctionalInterface
    interface Keeper {
        void keep(RewardNetwork network, long step);
    }

    private final List<String> run;
    private final Map<String, List<TokenizedGroup>> sources;
    private final PrefixPacker packer;
    private final RunEvents events;
    private final Keeper keeper;

    /**
     * @param run names of the sources the run learns from, in their order
     * @param sources held-out pairs by name
     */
    ValidationJudge(
            List<String> run,
            Map<String, List<TokenizedGroup>> sources,
            PrefixPacker packer,
            RunEvents events,
            Keeper keeper) {
        this.run = List.copyOf(run);
        this.sources = sources;
        this.packer = packer;
        this.events = events;
        this.keeper = keeper;
    }

    @Override
    public double evaluate(RewardNetwork network, Stage stage, long step) {
        Map<String, Double> accuracies = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        own(stage).forEach((name, all) -> {
            List<TokenizedGroup> groups =
                    all.stream().filter(ValidationJudge::isDecided).toList();
            if (groups.isEmpty()) {
                return;
            }
            long right = GroupRewards.of(network, packer, groups).stream()
                    .filter(rewards -> rewards[0] > rewards[1])
                    .count();
            accuracies.put(name, (double) right / groups.size());
            counts.put(name, groups.size());
        });
        events.onValidation(step, "accuracy", accuracies, counts);
        return accuracies.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** A pair that its annotators called a tie has no right answer. */
    private static boolean isDecided(TokenizedGroup pair) {
        return pair.ranks()[0] != pair.ranks()[1];
    }

    private Map<String, List<TokenizedGroup>> own(Stage stage) {
        Map<String, List<TokenizedGroup>> own = new LinkedHashMap<>(sources);
        own.keySet()
                .retainAll(IntStream.range(0, stage.sources().size())
                        .mapToObj(place -> run.get(stage.sourceInRun(place)))
                        .toList());
        return own.isEmpty() ? sources : own;
    }

    @Override
    public void onBest(RewardNetwork network, long step) {
        keeper.keep(network, step);
    }
}
