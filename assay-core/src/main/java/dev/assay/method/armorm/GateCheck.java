package dev.assay.method.armorm;

import dev.assay.math.Clusters;
import dev.assay.math.Estimate;
import dev.assay.math.PairedDifference;
import dev.assay.math.WilsonInterval;
import dev.assay.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Whether a gate is worth having, on the held-out prompts that chose its step and the penalty of the best fixed mixture.
 *
 * @param prompts how many the held-out pairs have
 * @param gate accuracy
 * @param mixture accuracy of the best fixed mixture
 * @param ahead the gate minus the mixture
 * @param warnings what is wrong with the gate, with the next step; empty where nothing is
 */
public record GateCheck(int prompts, Estimate gate, Estimate mixture, PairedDifference ahead, List<String> warnings) {
    /** The loss of who tosses a coin for every pair. */
    private static final double COIN = Math.log(2);

    public GateCheck {
        warnings = List.copyOf(warnings);
    }

    /**
     * @param pairs those that gate and baselines were fitted from
     * @param settings of the gate
     */
    public static GateCheck of(
            GateFit fit,
            LinearBaselines baselines,
            PairFeatures pairs,
            ObjectiveProbes probes,
            RewardTransform transform,
            GateSettings settings) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            int[] rows = pairs.side(settings.split(), true);
            Tensor margins = pairs.margins(probes, transform);
            double[] gated = new GatedPairs(pairs.prompts(), margins.to(ScalarType.Float), rows)
                    .evaluate(fit.gate())
                    .right();
            double[] all = PairOutcome.of(baselines.mixed(margins)).right();
            double[] mixed = Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
            Clusters prompts = new Clusters(
                    Arrays.stream(rows).map(row -> pairs.promptNumbers()[row]).toArray());
            PairedDifference ahead = PairedDifference.of(gated, mixed, prompts, MixtureComparison.LEVEL);
            return new GateCheck(
                    prompts.count(),
                    WilsonInterval.of(gated, prompts, MixtureComparison.LEVEL),
                    WilsonInterval.of(mixed, prompts, MixtureComparison.LEVEL),
                    ahead,
                    warnings(fit, ahead, rows.length, settings));
        }
    }

    private static List<String> warnings(GateFit fit, PairedDifference ahead, int pairs, GateSettings settings) {
        List<String> warnings = new ArrayList<>();
        double loss = fit.best().heldOutLoss();
        if (loss > COIN) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the gate's best loss on held-out prompts is %.3f, that of a coin is %.3f (n = %d): its rewards are"
                            + " too sure; %s",
                    loss,
                    COIN,
                    pairs,
                    nextStep(settings)));
        }
        if (ahead.estimate().value() < 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "on held-out prompts the gate ranks %.1f points fewer pairs right than the best fixed mixture, [%.1f, %.1f]"
                            + " (n = %d); %s",
                    -100 * ahead.estimate().value(),
                    -100 * ahead.estimate().high(),
                    -100 * ahead.estimate().low(),
                    pairs,
                    nextStep(settings)));
        }
        return warnings;
    }

    private static String nextStep(GateSettings settings) {
        List<String> steps = new ArrayList<>();
        if (settings.input() != GateInput.WHITENED && settings.input() != GateInput.AUTO) {
            steps.add("set method.gate.input: whitened");
        }
        steps.add(String.format(
                Locale.ROOT,
                "lower method.gate.scale (beta, now %.4g)",
                settings.shape().scale()));
        if (settings.updates().dropout() == 0) {
            steps.add("set method.gate.dropout, such as 0.2");
        }
        if (settings.input() == GateInput.WHITENED || settings.input() == GateInput.STANDARDIZED) {
            steps.add("with few pairs, set method.gate.input: raw");
        }
        return String.join(", or ", steps);
    }
}
