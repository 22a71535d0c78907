package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import dev.assay.math.Clusters;
import dev.assay.math.Estimate;
import dev.assay.math.PairedDifference;
import dev.assay.math.WilsonInterval;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A gate against simpler ways to make one reward of the same features: each objective alone, their mean, the best fixed
 * mixture, and a linear reward head trained on the states themselves.
 *
 * @param pairs the number of test pairs
 * @param prompts the number of their prompts, which intervals and p-values are over
 * @param entries the gate first, then the baselines, the objectives last
 */
public record MixtureComparison(int pairs, int prompts, List<Entry> entries) {
    static final double LEVEL = 0.95;

    public MixtureComparison {
        entries = List.copyOf(entries);
    }

    /**
     * One way to make a reward.
     *
     * @param name {@code gate}, {@code fixed mixture}, {@code linear head}, {@code mean} or an objective's name
     * @param accuracy share of test pairs whose chosen response has the higher reward, ties half; 95 % interval over prompts
     * @param gateAhead the gate's accuracy minus this one, on the same pairs; absent for the gate
     * @param weights what objectives are multiplied by, {@code [K]}; empty for the gate and the linear head
     */
    public record Entry(String name, Estimate accuracy, Optional<PairedDifference> gateAhead, double[] weights) {}

    /**
     * Measures all on the test pairs, which nothing was fitted to.
     *
     * @param baselines fitted on the same prompts as the gate
     */
    public static MixtureComparison of(
            LinearBaselines baselines,
            PairFeatures test,
            ObjectiveProbes probes,
            RewardTransform transform,
            GatingHead gate) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            // A difference that is no number would count as a wrong one, in silence.
            test.requireFinite();
            Tensor margins = test.margins(probes, transform);
            GatedPairs gated = GatedPairs.all(test.prompts(), margins.to(ScalarType.Float));
            Clusters prompts = new Clusters(test.promptNumbers());
            Table table = new Table(prompts, gated.evaluate(gate).right(), new ArrayList<>());
            table.addGate();
            table.add(
                    "fixed mixture",
                    baselines.mixed(margins),
                    baselines.mixture().weights());
            table.add("linear head", baselines.headed(test), new double[0]);
            int objectives = transform.objectives();
            double[] mean = new double[objectives];
            Arrays.fill(mean, 1.0 / objectives);
            table.add("mean", margins, mean);
            for (int k = 0; k < objectives; k++) {
                double[] alone = new double[objectives];
                alone[k] = 1;
                table.add(probes.objectives().get(k).name(), margins, alone);
            }
            return new MixtureComparison(test.pairs(), prompts.count(), table.entries);
        }
    }

    /** Entries as they come, each beside the gate. */
    private record Table(Clusters prompts, double[] gate, List<Entry> entries) {
        void addGate() {
            entries.add(new Entry("gate", WilsonInterval.of(gate, prompts, LEVEL), Optional.empty(), new double[0]));
        }

        void add(String name, Tensor margins, double[] weights) {
            Tensor differences = margins.matmul(Tensors.doubles(weights, weights.length));
            add(name, Tensors.toDoubles(differences), weights);
        }

        void add(String name, double[] differences, double[] weights) {
            double[] right = PairOutcome.of(differences).right();
            entries.add(new Entry(
                    name,
                    WilsonInterval.of(right, prompts, LEVEL),
                    Optional.of(PairedDifference.of(gate, right, prompts, LEVEL)),
                    weights));
        }
    }

    /** The entry of that name, which must exist. */
    public Entry named(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no entry named " + name));
    }
}
