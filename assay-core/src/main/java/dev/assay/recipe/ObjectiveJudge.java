package dev.assay.recipe;

import dev.assay.math.RegressionQuality;
import dev.assay.network.GroupRewards;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.Evaluation;
import dev.assay.training.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The mean R2 of the objectives on held-out ratings, each objective counting alike; the best model is stored at once. */
final class ObjectiveJudge implements Evaluation {
    static final double LEVEL = 0.95;

    private final List<String> objectives;
    private final List<TokenizedGroup> held;
    private final int[] prompts;
    private final PrefixPacker packer;
    private final RunEvents events;
    private final ValidationJudge.Keeper keeper;

    /**
     * @param held rated rows
     * @param prompts the number of each row's prompt
     */
    ObjectiveJudge(
            List<String> objectives,
            List<TokenizedGroup> held,
            int[] prompts,
            PrefixPacker packer,
            RunEvents events,
            ValidationJudge.Keeper keeper) {
        this.objectives = objectives;
        this.held = held;
        this.prompts = prompts;
        this.packer = packer;
        this.events = events;
        this.keeper = keeper;
    }

    @Override
    public double evaluate(RewardNetwork network, Stage stage, long step) {
        Map<String, Double> explained = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        qualities(network).forEach((name, quality) -> {
            if (Double.isFinite(quality.rSquared().value())) {
                explained.put(name, quality.rSquared().value());
                counts.put(name, quality.rows());
            }
        });
        events.onValidation(step, "R2", explained, counts);
        return explained.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    @Override
    public void onBest(RewardNetwork network, long step) {
        keeper.keep(network, step);
    }

    /** Of each objective with at least two held-out ratings, on the scale of 0 to 1; intervals count prompts. */
    Map<String, RegressionQuality> qualities(RewardNetwork network) {
        List<double[]> outputs = GroupRewards.of(network, packer, held);
        Map<String, RegressionQuality> qualities = new LinkedHashMap<>();
        for (int k = 0; k < objectives.size(); k++) {
            int objective = k;
            int[] rated = IntStream.range(0, held.size())
                    .filter(n -> !Double.isNaN(held.get(n).ratings()[0][objective]))
                    .toArray();
            if (rated.length > 1) {
                qualities.put(
                        objectives.get(k),
                        RegressionQuality.of(
                                Arrays.stream(rated)
                                        .mapToDouble(n -> outputs.get(n)[objective])
                                        .toArray(),
                                Arrays.stream(rated)
                                        .mapToDouble(n -> held.get(n).ratings()[0][objective])
                                        .toArray(),
                                Arrays.stream(rated).map(n -> prompts[n]).toArray(),
                                LEVEL));
            }
        }
        return qualities;
    }
}
