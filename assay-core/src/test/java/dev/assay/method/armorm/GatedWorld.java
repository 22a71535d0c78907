package dev.assay.method.armorm;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Simulated features, where the right mixture is known, with probes, debiasing and gates trained on them. */
final class GatedWorld implements AutoCloseable {
    static final GateSettings SMALL = GateSettings.PAPER
            .withShape(new GateSettings.Shape(32, 2, 20, 1))
            .withUpdates(updates(400, 256, 0))
            .withStopping(new GateSettings.Stopping(20, 0));

    private final TensorScope scope = TensorScope.open();
    private final List<GateFit> fits = new ArrayList<>();
    private final SimulatedFeatures features = new SimulatedFeatures(5);
    final PairFeatures training = features.pairs(8000);
    final PairFeatures test = features.pairs(4000);
    final ObjectiveProbes probes =
            ProbeFitting.fit(features.ratings(3000, 0.4), ProbeSettings.DEFAULT).probes();
    final RewardTransform transform = debiased(columns(probes.rewards(training.chosen())));

    /** The gate of {@link #SMALL} settings. */
    final GateFit gated = fit(SMALL);

    static RewardTransform debiased(double[][] reference) {
        return Debiasing.of(
                        SimulatedFeatures.objectives().stream()
                                .map(ScaledObjective::objective)
                                .toList(),
                        reference,
                        new int[0],
                        DebiasSettings.solved(new Nuisance.OfObjective(SimulatedFeatures.VERBOSITY)))
                .transform();
    }

    private static double[][] columns(Tensor rewards) {
        double[][] columns = new double[Math.toIntExact(rewards.size(1))][];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = Tensors.toDoubles(rewards.select(1, k));
        }
        return columns;
    }

    static GateSettings.Updates updates(int steps, int batch, double dropout) {
        return new GateSettings.Updates(1e-3, 0, dropout, steps, batch);
    }

    /** A gate that lives as long as this. */
    GateFit fit(GateSettings settings) {
        return fit(training, settings);
    }

    GateFit fit(PairFeatures pairs, GateSettings settings) {
        GateFit fit = GateTraining.fit(pairs, probes, transform, settings, look -> {});
        fits.add(fit);
        return fit;
    }

    @Override
    public void close() {
        fits.forEach(fit -> fit.gate().close());
        probes.close();
        scope.close();
    }
}
