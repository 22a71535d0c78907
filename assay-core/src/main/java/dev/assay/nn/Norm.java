package dev.assay.nn;

import org.bytedeco.pytorch.Tensor;

/** A normalisation over the last dimension. */
public sealed interface Norm permits LayerNorm, RmsNorm {
    /** Normalises in the precision of the computation. */
    Tensor apply(Tensor x);

    /** Normalises in fp32, whatever the precision of the input: for the states a head reads. */
    Tensor applyInFloat32(Tensor x);
}
