package dev.assay.training;

import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW (Loshchilov and Hutter 2019, Algorithm 2) over fp32 masters, its moments as plain named tensors, so that saving and
 * resuming is copying them. Matrices decay; norms, biases and other vectors do not.
 */
public final class AdamW implements AutoCloseable {
    private final Parameters parameters;
    private final Options options;
    private final Parameters moments = new Parameters();
    private long updates;

    /**
     * AdamW's constants.
     *
     * @param beta1 decay of the mean, in [0, 1)
     * @param beta2 decay of the squared mean, in [0, 1)
     * @param epsilon added to the root, above 0
     * @param weightDecay of matrices, at least 0
     */
    public record Options(double beta1, double beta2, double epsilon, double weightDecay) {
        /** The usual constants with a decay of 0.01. */
        public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8, 0.01);

        public Options {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
                throw new IllegalArgumentException("AdamW needs betas in [0, 1), epsilon > 0 and weight decay >= 0");
            }
        }
    }

    /** Zero moments for parameters that stay their owner's. */
    public AdamW(Parameters parameters, Options options) {
        this.parameters = parameters;
        this.options = options;
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            parameters.view().forEach((name, tensor) -> {
                moments.put(name + ".mean", torch.zeros_like(tensor));
                moments.put(name + ".square", torch.zeros_like(tensor));
            });
        }
    }

    /** Updates every parameter that has a gradient. */
    public void update(double learningRate) {
        updates++;
        double first = 1 - Math.pow(options.beta1(), updates);
        double second = Math.sqrt(1 - Math.pow(options.beta2(), updates));
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            parameters.view().forEach((name, tensor) -> {
                try (TensorScope scope = TensorScope.open()) {
                    Tensor gradient = Tensors.gradient(tensor);
                    if (gradient != null) {
                        update(tensor, gradient, name, learningRate, first, second);
                    }
                }
            });
        }
    }

    private void update(Tensor tensor, Tensor gradient, String name, double learningRate, double first, double second) {
        Tensor mean = moments.get(name + ".mean");
        Tensor square = moments.get(name + ".square");
        if (tensor.dim() > 1 && options.weightDecay() > 0) {
            tensor.mul_(Tensors.number(1 - learningRate * options.weightDecay()));
        }
        mean.lerp_(gradient, Tensors.number(1 - options.beta1()));
        square.mul_(Tensors.number(options.beta2())).addcmul_(gradient, gradient, Tensors.number(1 - options.beta2()));
        Tensor root = square.sqrt().div_(Tensors.number(second)).add_(Tensors.number(options.epsilon()));
        tensor.addcdiv_(mean, root, Tensors.number(-learningRate / first));
    }

    /** Scales the whole gradient down to a norm, if it is longer; returns the norm before. 0: no limit. */
    public double clip(double largest) {
        try (TensorScope scope = TensorScope.open()) {
            TensorVector leaves = new TensorVector();
            parameters.view().values().forEach(leaf -> {
                // The norm is taken of the gradients as they lie: of dense ones only.
                Tensors.gradient(leaf);
                leaves.push_back(leaf);
            });
            return torch.clip_grad_norm_(leaves, largest > 0 ? largest : Double.POSITIVE_INFINITY);
        }
    }

    /** Forgets all gradients. */
    public void clearGradients() {
        parameters.view().values().forEach(Tensors::clearGradient);
    }

    /** The moments by name: what is saved. */
    public Map<String, Tensor> moments() {
        return new LinkedHashMap<>(moments.view());
    }

    /** Updates made. */
    public long updates() {
        return updates;
    }

    /** Takes up saved moments and the count of updates. */
    public void restore(Map<String, Tensor> saved, long savedUpdates) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            moments.view().forEach((name, tensor) -> {
                Tensor stored = saved.get(name);
                if (stored == null) {
                    throw new IllegalArgumentException("the saved optimizer state lacks " + name);
                }
                tensor.copy_(stored);
            });
        }
        updates = savedUpdates;
    }

    @Override
    public void close() {
        moments.close();
    }
}
