package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * How a gate mixes objectives in one category of prompts: what an auditor looks at first, since nobody told the gate of
 * categories.
 *
 * @param category as the data name it
 * @param pairs how many prompts the mean is over
 * @param shares mean share of each objective, {@code [K]}; they sum to 1
 * @param deviations of the shares over the prompts, {@code [K]}
 */
public record CategoryMixture(String category, int pairs, double[] shares, double[] deviations) {
    private static final int BLOCK = 2048;

    /**
     * One for each category, by name.
     *
     * @param categories of each pair; empty ones are left out
     */
    public static List<CategoryMixture> of(GatingHead gate, PairFeatures measured, List<String> categories) {
        double[] all = new double[measured.pairs() * gate.objectives()];
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            measured.prompts().forEach(BLOCK, (block, from) -> {
                double[] some = Tensors.toDoubles(gate.mixture(block));
                System.arraycopy(some, 0, all, from * gate.objectives(), some.length);
            });
        }
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int n = 0; n < categories.size(); n++) {
            if (!categories.get(n).isEmpty()) {
                rows.computeIfAbsent(categories.get(n), any -> new ArrayList<>())
                        .add(n);
            }
        }
        return rows.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), all, gate.objectives()))
                .toList();
    }

    private static CategoryMixture of(String category, List<Integer> rows, double[] all, int objectives) {
        double[] means = new double[objectives];
        double[] deviations = new double[objectives];
        for (int k = 0; k < objectives; k++) {
            for (int row : rows) {
                means[k] += all[row * objectives + k] / rows.size();
            }
            for (int row : rows) {
                double off = all[row * objectives + k] - means[k];
                deviations[k] += off * off / rows.size();
            }
            deviations[k] = Math.sqrt(deviations[k]);
        }
        return new CategoryMixture(category, rows.size(), means, deviations);
    }
}
