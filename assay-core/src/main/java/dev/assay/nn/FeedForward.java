package dev.assay.nn;

import org.bytedeco.pytorch.Tensor;

/** The part of a block that treats each position alone: {@code [...,D]} to {@code [...,D]}. */
public sealed interface FeedForward {
    /** Applies it to every position. */
    Tensor apply(Tensor x);

    /** {@code down(act(up(x)))}, as in GPT. */
    record Plain(Linear up, Activation activation, Linear down) implements FeedForward {
        @Override
        public Tensor apply(Tensor x) {
            return down.apply(activation.apply(up.apply(x)));
        }
    }

    /** {@code down(act(gate(x)) * up(x))}: SwiGLU when the activation is SiLU (Shazeer 2020, equation 6). */
    record Gated(Linear gate, Linear up, Activation activation, Linear down) implements FeedForward {
        @Override
        public Tensor apply(Tensor x) {
            return down.apply(activation.apply(gate.apply(x)).mul(up.apply(x)));
        }
    }
}
