package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The affine map {@code x -> (x - mean) A} to the coordinates a gate is trained in. Directions in which the rows it was made from do
 * not differ map to 0: of them nothing can be learnt, and what a new prompt has there would only be noise.
 *
 * @param mean {@code [D]} in double
 * @param matrix A {@code [D,D]} in double
 */
record GateInputMap(Tensor mean, Tensor matrix) {
    /** Added to each eigenvalue in shares of their mean, so that the smallest components are not blown up to the size of the largest. */
    static final double RIDGE = 0.1;

    /** Variances below this share of the largest, or of a column's own mean square, are rounding. */
    private static final double ROUNDING = 1e-12;

    private static final int BLOCK = 4096;

    /**
     * The map made from some rows; absent where states are read as they are.
     *
     * @param prompts {@code [N,D]} of any floating-point type
     * @param rows of the training pairs
     */
    static Optional<GateInputMap> of(GateInput input, ShardedRows prompts, int[] rows) {
        return switch (input) {
            case RAW -> Optional.empty();
            case STANDARDIZED -> Optional.of(standardizing(prompts, rows));
            case WHITENED -> Optional.of(whitening(prompts, rows));
            case AUTO -> throw new IllegalArgumentException("auto stands for a choice between coordinates");
        };
    }

    private static GateInputMap standardizing(ShardedRows prompts, int[] rows) {
        Tensor mean = mean(prompts, rows);
        Tensor variance = torch.zeros_like(mean);
        blocks(prompts, rows, block -> variance.add_(block.sub(mean).square().sum(0)));
        variance.div_(Tensors.number(rows.length));
        Tensor rounding = mean.square().add(variance).mul(Tensors.number(ROUNDING));
        return new GateInputMap(mean, torch.diag(scales(variance, variance.gt(rounding))));
    }

    private static GateInputMap whitening(ShardedRows prompts, int[] rows) {
        Tensor mean = mean(prompts, rows);
        int width = Math.toIntExact(mean.size(0));
        Tensor covariance = Tensors.doubleZeros(width, width);
        try (UpperProducts products = new UpperProducts(width)) {
            blocks(prompts, rows, block -> products.add(block.sub(mean)));
            products.addTo(covariance);
        }
        T_TensorTensor_T system = torch.linalg_eigh(covariance.div_(Tensors.number(rows.length)), "U");
        Tensor values = system.get0().clamp_min(Tensors.number(0));
        Tensor rounding = values.max().mul(Tensors.number(ROUNDING));
        Tensor damped = values.add(values.mean().mul(Tensors.number(RIDGE)));
        return new GateInputMap(mean, system.get1().mul(scales(damped, values.gt(rounding))));
    }

    /** {@code 1/sqrt(variance)} where there is something to scale, else 0. */
    private static Tensor scales(Tensor variance, Tensor kept) {
        return variance.rsqrt().masked_fill(kept.logical_not(), Tensors.number(0));
    }

    private static Tensor mean(ShardedRows prompts, int[] rows) {
        Tensor sum = Tensors.doubleZeros(prompts.width());
        blocks(prompts, rows, block -> sum.add_(block.sum(0)));
        return sum.div_(Tensors.number(rows.length));
    }

    private interface BlockUse {
        void of(Tensor block);
    }

    private static void blocks(ShardedRows prompts, int[] rows, BlockUse use) {
        for (int from = 0; from < rows.length; from += BLOCK) {
            try (TensorScope scope = TensorScope.open()) {
                int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BLOCK));
                use.of(prompts.gather(some).to(ScalarType.Double));
            }
        }
    }

    /** All states in the new coordinates, {@code [N,D]} in fp32, in the current scope. */
    Tensor apply(ShardedRows prompts) {
        Tensor mapped = torch.empty(prompts.rows(), prompts.width());
        List<Runnable> pieces = new ArrayList<>();
        for (long from = 0; from < prompts.rows(); from += BLOCK) {
            long first = from;
            long count = Math.min(BLOCK, prompts.rows() - from);
            pieces.add(() -> {
                Tensor block = prompts.narrow(first, count).to(ScalarType.Double);
                mapped.narrow(0, first, count).copy_(block.sub(mean).matmul(matrix));
            });
        }
        SideBySide.run(pieces);
        return mapped;
    }

    /**
     * Makes a gate that was trained in the new coordinates one that reads states as they are, with the same coefficients:
     * {@code W' = W A'} and {@code b' = b - W' mean}, in double, then fp32.
     */
    void foldInto(GatingHead gate) {
        gate.foldInput(mean, matrix);
    }
}
