package dev.assay.backbone;

import org.bytedeco.pytorch.Tensor;

/** One block: attention and feed-forward around a residual stream. A pure function of its input and the weights. */
@FunctionalInterface
public interface DecoderBlock {
    /**
     * @param hiddenBTD the residual stream before the block
     * @param input which positions ask, and what they see
     * @return the residual stream after the block, {@code [B,T,D]}, or {@code [B,P,D]} when only P positions of each row
     *     ask
     */
    Tensor apply(Tensor hiddenBTD, DecoderInput input);
}
