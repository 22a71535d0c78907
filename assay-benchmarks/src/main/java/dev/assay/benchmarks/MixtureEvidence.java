package dev.assay.benchmarks;

import dev.assay.math.Correlation;
import dev.assay.method.armorm.DebiasSettings;
import dev.assay.method.armorm.Debiasing;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.GateSettings;
import dev.assay.method.armorm.GateTraining;
import dev.assay.method.armorm.LinearBaselines;
import dev.assay.method.armorm.MixtureComparison;
import dev.assay.method.armorm.Nuisance;
import dev.assay.method.armorm.ObjectiveProbes;
import dev.assay.method.armorm.PairFeatures;
import dev.assay.method.armorm.ProbeFitting;
import dev.assay.method.armorm.ProbeSettings;
import dev.assay.method.armorm.ScaledObjective;
import dev.assay.method.armorm.SimulatedFeatures;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Locale;

/**
 * Probes, debiasing and gate where the right mixture of each category and the planted verbosity are known: {@code FIRST_SEED
 * LAST_SEED}. One line a seed (docs/results/armorm.md).
 */
public final class MixtureEvidence {
    private static final int RATED = 20_000;
    private static final double MISSING = 0.4;
    private static final int PAIRS = 100_000;
    private static final GateSettings GATE = GateSettings.PAPER
            .withShape(new GateSettings.Shape(64, 2, 20, 1))
            .withUpdates(new GateSettings.Updates(1e-3, 0, 0, 1000, 512))
            .withStopping(new GateSettings.Stopping(50, 0));

    private MixtureEvidence() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        System.out.println("seed  recovery  gate   fixed  linear  mean   points  |Spearman| before  after (held out)");
        for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
            try (TensorScope scope = TensorScope.open()) {
                measure(seed);
            }
        }
    }

    private static void measure(long seed) {
        SimulatedFeatures world = new SimulatedFeatures(seed);
        PairFeatures training = world.pairs(PAIRS);
        PairFeatures test = world.pairs(PAIRS);
        try (ObjectiveProbes probes = ProbeFitting.fit(world.ratings(RATED, MISSING), ProbeSettings.DEFAULT)
                .probes()) {
            Debiasing freed = Debiasing.of(
                    SimulatedFeatures.objectives().stream()
                            .map(ScaledObjective::objective)
                            .toList(),
                    StoredFeatures.rewards(training, probes),
                    new int[0],
                    DebiasSettings.solved(new Nuisance.OfObjective(SimulatedFeatures.VERBOSITY)));
            GateFit fit = GateTraining.fit(training, probes, freed.transform(), GATE.withSeed(seed), look -> {});
            try (var gate = fit.gate()) {
                LinearBaselines baselines = LinearBaselines.fit(training, probes, freed.transform(), GATE.split());
                MixtureComparison found = MixtureComparison.of(baselines, test, probes, freed.transform(), gate);
                double gated = accuracy(found, "gate");
                double fixed = accuracy(found, "fixed mixture");
                double[][] before = StoredFeatures.rewards(test, probes);
                System.out.printf(
                        Locale.ROOT,
                        "%4d  %8.3f  %.3f  %.3f  %.3f   %.3f  %+5.1f   %17.3f  %.4f%n",
                        seed,
                        recovery(Tensors.toFloats(gate.mixture(test.prompts().joined())), test.pairs()),
                        gated,
                        fixed,
                        accuracy(found, "linear head"),
                        accuracy(found, "mean"),
                        100 * (gated - fixed),
                        worst(before, before[SimulatedFeatures.QUALITIES]),
                        worst(freed(before, freed), before[SimulatedFeatures.QUALITIES]));
            }
        }
    }

    private static double accuracy(MixtureComparison found, String name) {
        return found.named(name).accuracy().value();
    }

    /** Pearson's correlation of mean shares with true ones, over categories and objectives. */
    private static double recovery(float[] mixture, int pairs) {
        int objectives = SimulatedFeatures.QUALITIES + 1;
        double[] found = new double[SimulatedFeatures.CATEGORIES * objectives];
        double[] truth = new double[found.length];
        for (int at = 0; at < pairs * objectives; at++) {
            int category = at / objectives % SimulatedFeatures.CATEGORIES;
            int k = at % objectives;
            found[category * objectives + k] += mixture[at];
            truth[category * objectives + k] =
                    k == SimulatedFeatures.QUALITIES ? 0 : SimulatedFeatures.truth(category, k);
        }
        return Correlation.PEARSON.of(found, truth);
    }

    private static double[][] freed(double[][] rewards, Debiasing found) {
        double[][] freed = new double[rewards.length][rewards[0].length];
        double[] one = new double[rewards.length];
        for (int n = 0; n < rewards[0].length; n++) {
            for (int k = 0; k < one.length; k++) {
                one[k] = rewards[k][n];
            }
            double[] transformed = found.transform().apply(one, 0);
            for (int k = 0; k < one.length; k++) {
                freed[k][n] = transformed[k];
            }
        }
        return freed;
    }

    /** The largest absolute rank correlation of a quality with the nuisance. */
    private static double worst(double[][] rewards, double[] nuisance) {
        double worst = 0;
        for (int k = 0; k < SimulatedFeatures.QUALITIES; k++) {
            worst = Math.max(worst, Math.abs(Correlation.SPEARMAN.of(rewards[k], nuisance)));
        }
        return worst;
    }
}
