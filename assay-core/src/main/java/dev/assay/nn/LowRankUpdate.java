package dev.assay.nn;

import org.bytedeco.pytorch.Tensor;

/** What a {@link Linear} adds to its result: {@code scale * B A x} for LoRA (Hu et al. 2021, section 4.1). */
@FunctionalInterface
public interface LowRankUpdate {
    /** {@code [...,in]} to {@code [...,out]}, in the precision of {@code x}. */
    Tensor apply(Tensor x);
}
