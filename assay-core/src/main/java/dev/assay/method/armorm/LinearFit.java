package dev.assay.method.armorm;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bradley-Terry with a reward linear in some features, its penalty chosen as the gate's step is: by the loss on the held-out
 * prompts, the weights being fitted on the others.
 *
 * @param weights {@code [F]}
 * @param share the penalty in shares of the features' mean sum of squares
 * @param heldOutLoss mean loss of the held-out pairs
 */
public record LinearFit(double[] weights, double share, double heldOutLoss) {
    /** From the strongest to one that matters only where the fit would not be determined otherwise. */
    static final List<Double> SHARES = List.of(10.0, 1.0, 0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4);

    private static final int BLOCK = 4096;

    /**
     * @param differences of features, the preferred response's minus the other's, {@code [N,F]}
     * @param training rows to fit on
     * @param heldOut rows to choose by
     */
    static LinearFit of(Tensor differences, int[] training, int[] heldOut) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor fitted = differences.index_select(0, Tensors.longs(training));
            Tensor held = differences.index_select(0, Tensors.longs(heldOut));
            Tensor weights = Tensors.doubleZeros(differences.size(1));
            List<LinearFit> fits = new ArrayList<>();
            for (double share : SHARES) {
                double penalty = NewtonLogistic.relativePenalty(fitted, share);
                // A weaker penalty's answer is near, so that it takes a step or two from the last one.
                weights = new NewtonLogistic(fitted, penalty).solve(weights);
                double loss = PairOutcome.of(differences(held, weights)).loss();
                fits.add(new LinearFit(Tensors.toDoubles(weights), share, loss));
            }
            return fits.stream()
                    .min((a, b) -> Double.compare(a.heldOutLoss, b.heldOutLoss))
                    .orElseThrow();
        }
    }

    /** The difference in reward of each row of features {@code [N,F]}. */
    double[] differences(Tensor features) {
        try (TensorScope scope = TensorScope.open()) {
            return differences(features, Tensors.doubles(weights, weights.length));
        }
    }

    private static double[] differences(Tensor features, Tensor weights) {
        double[] all = new double[Math.toIntExact(features.size(0))];
        for (int from = 0; from < all.length; from += BLOCK) {
            try (TensorScope scope = TensorScope.open()) {
                int count = Math.min(BLOCK, all.length - from);
                Tensor block = features.narrow(0, from, count).to(ScalarType.Double);
                System.arraycopy(Tensors.toDoubles(block.matmul(weights)), 0, all, from, count);
            }
        }
        return all;
    }
}
