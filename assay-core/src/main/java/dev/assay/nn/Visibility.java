package dev.assay.nn;

import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which positions a query sees.
 *
 * @param maskBQT additive mask {@code [B or 1,1,Q,T]}: 0 where visible, a large negative number elsewhere; null when the
 *     causal rule alone decides and the fused kernel applies it
 */
public record Visibility(@Nullable Tensor maskBQT) {
    /** Each position sees itself and all before it. */
    public static final Visibility CAUSAL = new Visibility(null);

    /** Stands for minus infinity: large enough to vanish in the softmax, finite so that a row without a visible position stays so. */
    public static final float HIDDEN = -1e9f;

    /** The causal rule as a mask {@code [1,1,T,T]}. */
    public static Visibility causal(int columns, Precision precision) {
        float[] hidden = new float[Math.multiplyExact(columns, columns)];
        for (int i = 0; i < columns; i++) {
            Arrays.fill(hidden, i * columns + i + 1, (i + 1) * columns, HIDDEN);
        }
        return new Visibility(Tensors.floats(hidden, 1, 1, columns, columns).to(precision.type()));
    }
}
