package dev.assay.backbone;

import dev.assay.tensor.Precision;

/**
 * How weights are held.
 *
 * @param compute precision of the computation, fp32 or bf16
 * @param trainable whether the weights will be trained: they are then copied as fp32 masters, otherwise they stay on the
 *     mapped file where their precision allows
 */
public record LoadOptions(Precision compute, boolean trainable) {
    public LoadOptions {
        if (compute == Precision.FLOAT16) {
            throw new IllegalArgumentException("fp16 is a storage format; compute in fp32 or bf16");
        }
    }

    /** For training: fp32 masters. */
    public static LoadOptions training(Precision compute) {
        return new LoadOptions(compute, true);
    }

    /** For scoring: nothing is trained, nothing is copied without need. */
    public static LoadOptions scoring(Precision compute) {
        return new LoadOptions(compute, false);
    }
}
