package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Bradley-Terry with a linear reward, solved: {@code argmin_w sum_n log(1 + e^(-x_n w)) + penalty/2 |w|^2} over differences x of
 * features, by Newton's method with step halving. The problem is convex, so there is one answer and no learning rate.
 */
final class NewtonLogistic {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    private static final int BLOCK = 4096;
    private static final double CONVERGED = 1e-10;

    private final Tensor differences;
    private final double penalty;

    /**
     * @param differences {@code [N,F]} of any floating-point type
     * @param penalty above 0, so that separable pairs have an answer too
     */
    NewtonLogistic(Tensor differences, double penalty) {
        this.differences = differences;
        this.penalty = penalty;
    }

    /** A penalty in proportion to the mean sum of squares of a feature: it shrinks the same whatever the features' unit. */
    static double relativePenalty(Tensor differences, double share) {
        try (TensorScope scope = TensorScope.open()) {
            double squares = Tensors.scalar(differences.square().mean().to(ScalarType.Double)) * differences.size(0);
            return Math.max(share * squares, Double.MIN_NORMAL);
        }
    }

    /** w {@code [F]} in double, in the current scope. */
    Tensor solve() {
        return solve(Tensors.doubleZeros(differences.size(1)));
    }

    /** The same from a start that is thought to be near. */
    Tensor solve(Tensor start) {
        Tensor weights = start.clone();
        double loss = loss(weights);
        for (int step = 0; step < MOST_STEPS; step++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor direction = direction(weights);
                double factor = 1;
                double next = loss(weights.sub(direction));
                for (int halving = 0; !(next <= loss) && halving < MOST_HALVINGS; halving++) {
                    factor /= 2;
                    next = loss(weights.sub(direction.mul(Tensors.number(factor))));
                }
                if (!(next <= loss)) {
                    return weights;
                }
                weights.sub_(direction.mul(Tensors.number(factor)));
                if (loss - next <= CONVERGED * Math.abs(next)) {
                    return weights;
                }
                loss = next;
            }
        }
        throw new AssayException(
                ErrorKind.NUMERIC,
                "logistic regression on " + differences.size(0) + " pairs has not converged after " + MOST_STEPS
                        + " Newton steps; its features differ by too many orders of magnitude");
    }

    /** {@code H^-1 g}. */
    private Tensor direction(Tensor weights) {
        long width = weights.size(0);
        Tensor hessian = torch.diag(torch.full_like(weights, Tensors.number(penalty)));
        Tensor gradient = weights.mul(Tensors.number(penalty));
        for (long from = 0; from < differences.size(0); from += BLOCK) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor x = block(from);
                Tensor wrong = x.matmul(weights).neg().sigmoid();
                gradient.sub_(x.t().matmul(wrong));
                Tensor curvature = torch.sqrt(wrong.sub(wrong.square())).unsqueeze(1);
                Tensor scaled = x.mul(curvature);
                hessian.addmm_(scaled.t(), scaled);
            }
        }
        Tensor factor = torch.linalg_cholesky(hessian);
        return torch.cholesky_solve(gradient.unsqueeze(1), factor).view(width);
    }

    private double loss(Tensor weights) {
        double loss = penalty / 2 * Tensors.scalar(weights.square().sum());
        for (long from = 0; from < differences.size(0); from += BLOCK) {
            try (TensorScope scope = TensorScope.open()) {
                loss -= Tensors.scalar(
                        torch.log_sigmoid(block(from).matmul(weights)).sum());
            }
        }
        return loss;
    }

    private Tensor block(long from) {
        return differences
                .narrow(0, from, Math.min(BLOCK, differences.size(0) - from))
                .to(ScalarType.Double);
    }
}
