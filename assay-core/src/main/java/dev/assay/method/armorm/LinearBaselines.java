package dev.assay.method.armorm;

import dev.assay.tensor.TensorScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What a gate has to beat, fitted on the prompts that the gate is trained on, their penalties chosen on those that choose its step.
 *
 * @param mixture one set of weights for all prompts, on the same transformed rewards
 * @param head a linear reward on the states of the responses themselves
 */
public record LinearBaselines(LinearFit mixture, LinearFit head) {
    /** @param split the gate's own */
    public static LinearBaselines fit(
            PairFeatures pairs, ObjectiveProbes probes, RewardTransform transform, PromptSplit split) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            int[] training = pairs.side(split, false);
            int[] heldOut = pairs.side(split, true);
            return new LinearBaselines(
                    LinearFit.of(pairs.margins(probes, transform), training, heldOut),
                    LinearFit.of(pairs.differences(), training, heldOut));
        }
    }

    /** The mixture's difference in reward of each pair, from margins {@code [N,K]}. */
    double[] mixed(Tensor margins) {
        return mixture.differences(margins);
    }

    /** The head's, from the states. */
    double[] headed(PairFeatures pairs) {
        return head.differences(pairs.differences());
    }
}
