package dev.assay.method.armorm;

import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** {@code (A + alpha I) w = b} by Cholesky: a factor costs D^3/3, so a handful of penalties is cheaper than an eigendecomposition. */
final class RidgeFactor {
    private final NormalEquations equations;
    private final double penalty;
    private final Tensor factor;
    private final Tensor roomForInverse;

    private RidgeFactor(NormalEquations equations, double penalty, Tensor factor, Tensor roomForInverse) {
        this.equations = equations;
        this.penalty = penalty;
        this.factor = factor;
        this.roomForInverse = roomForInverse;
    }

    /**
     * The factor, in the room given; null when the penalty is too small for a matrix that is singular without it. It is made
     * where its system was: LAPACK's columns are the rows of the copy, so that nothing is copied again.
     */
    static @Nullable RidgeFactor of(NormalEquations equations, double penalty, RidgeSpace.Worker room) {
        Tensor system = room.factor().copy_(equations.gram());
        system.diagonal().add_(Tensors.number(penalty));
        Tensor lower = system.t();
        Tensor info = torch.zeros(new long[0], new TensorOptions(ScalarType.Int));
        torch.linalg_cholesky_ex_out(lower, info, lower);
        return Tensors.scalar(info) == 0 ? new RidgeFactor(equations, penalty, lower, room.inverse()) : null;
    }

    /** w, {@code [D,G]}. */
    Tensor weights() {
        Tensor halfway = torch.linalg_solve_triangular(factor, equations.moments(), false, true, false);
        return torch.linalg_solve_triangular(factor.t(), halfway, true, true, false);
    }

    /** The inverse R of the factor, {@code (A + alpha I)^-1 = R'R}, {@code [D,D]}; solved where its identity was. */
    Tensor inverse() {
        Tensor inverse = torch.eye_out(roomForInverse, factor.size(0)).t();
        return torch.linalg_solve_triangular_out(inverse, factor, inverse, false, true, false);
    }

    /** Effective parameters: the trace of {@code A (A + alpha I)^-1}, of the intercept aside. */
    double degreesOfFreedom(Tensor inverse) {
        double length = Tensors.scalar(inverse.norm());
        return inverse.size(0) - penalty * length * length;
    }

    /** Sums of squared errors {@code |y - Xw|^2 = y'y - w'b - alpha |w|^2}, one for each rating. */
    double[] squaredErrors(Tensor weights) {
        double[] explained = Tensors.toDoubles(weights.mul(equations.moments()).sum(0));
        double[] lengths = Tensors.toDoubles(weights.square().sum(0));
        double[] errors = equations.labelSquares().clone();
        for (int o = 0; o < errors.length; o++) {
            errors[o] = Math.max(0, errors[o] - explained[o] - penalty * lengths[o]);
        }
        return errors;
    }
}
