package dev.assay.head;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ArmoRM's gate (arXiv 2406.12845, section 3.2): a ReLU network of the prompt's state whose softmax weighs the K objectives,
 * times a trainable scale. Parameters are named as in the published model: {@code gating.logit_scale} {@code [1]} and {@code
 * gating.layers.<i>.weight}, {@code .bias}, in fp32.
 *
 * <p>The softmax runs over the objectives, the last dimension, whatever the others are. The published training script takes
 * dimension 1 of {@code [batch, 2, K]}, which normalises the two responses against each other.
 */
public final class GatingHead implements AutoCloseable {
    private static final String SCALE = "gating.logit_scale";

    private final Parameters parameters;
    private final int layers;
    private final double temperature;

    /**
     * Sizes of a gate.
     *
     * @param width D of the prompt's state
     * @param objectives K
     * @param hidden width of the hidden layers; 1024 in the paper
     * @param hiddenLayers their number; 3 in the paper
     */
    public record Shape(int width, int objectives, int hidden, int hiddenLayers) {
        public Shape {
            if (width < 1 || objectives < 1 || hidden < 1 || hiddenLayers < 0) {
                throw new IllegalArgumentException("a gate needs positive sizes: " + width + " in, " + objectives
                        + " out, " + hiddenLayers + " layers of " + hidden);
            }
        }
    }

    /**
     * Random zeroes in the hidden layers while training.
     *
     * @param probability of a zero, in [0, 1)
     * @param seed of the masks of one call
     */
    public record Dropout(double probability, long seed) {
        /** None. */
        public static final Dropout NONE = new Dropout(0, 0);

        public Dropout {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException("dropout " + probability + " is outside [0, 1)");
            }
        }
    }

    /**
     * A gate over given parameters.
     *
     * @param parameters named as above; taken over
     * @param temperature what logits are divided by, above 0: 10 in the published model, 1 in the paper
     * @throws AssayException when a tensor is missing or does not fit its neighbours
     */
    public GatingHead(Parameters parameters, double temperature) {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("temperature " + temperature + " is not above 0");
        }
        this.parameters = parameters;
        this.temperature = temperature;
        this.layers = countLayers(parameters);
    }

    private static int countLayers(Parameters parameters) {
        require(parameters, SCALE, 1);
        int layers = 0;
        long in = -1;
        while (parameters.find(weight(layers)) != null) {
            Tensor weight = parameters.get(weight(layers));
            if (weight.dim() != 2 || in >= 0 && weight.size(1) != in) {
                throw misshapen(weight(layers), weight, "[out, " + (in < 0 ? "D" : in) + "]");
            }
            in = weight.size(0);
            require(parameters, bias(layers), in);
            layers++;
        }
        if (layers == 0) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT, "the gate has no " + weight(0) + "; export the gate with its layers");
        }
        return layers;
    }

    private static void require(Parameters parameters, String name, long size) {
        Tensor vector = parameters.find(name);
        if (vector == null) {
            throw new AssayException(ErrorKind.CHECKPOINT, "the gate lacks the tensor " + name + " [" + size + "]");
        }
        if (vector.dim() != 1 || vector.size(0) != size) {
            throw misshapen(name, vector, "[" + size + "]");
        }
    }

    private static AssayException misshapen(String name, Tensor tensor, String wanted) {
        return new AssayException(
                ErrorKind.CHECKPOINT,
                "the gate's tensor " + name + " is " + Arrays.toString(Tensors.shape(tensor)) + ", not " + wanted);
    }

    /** A fresh gate: layers drawn evenly from {@code +-1/sqrt(in)}, as PyTorch's are. */
    public static GatingHead random(Shape shape, double scale, double temperature, long seed) {
        Parameters parameters = new Parameters();
        try (TensorScope scope = TensorScope.open()) {
            GeneratorOptional generator = new GeneratorOptional(torch.createCPUGenerator(seed));
            parameters.put(SCALE, Tensors.floats(new double[] {scale}, 1).set_requires_grad(true));
            int in = shape.width;
            for (int i = 0; i <= shape.hiddenLayers; i++) {
                int out = i == shape.hiddenLayers ? shape.objectives : shape.hidden;
                double bound = 1 / Math.sqrt(in);
                parameters.put(
                        weight(i),
                        torch.empty(out, in).uniform_(-bound, bound, generator).set_requires_grad(true));
                parameters.put(
                        bias(i),
                        torch.empty(out).uniform_(-bound, bound, generator).set_requires_grad(true));
                in = out;
            }
        }
        return new GatingHead(parameters, temperature);
    }

    private static String weight(int layer) {
        return "gating.layers." + layer + ".weight";
    }

    private static String bias(int layer) {
        return "gating.layers." + layer + ".bias";
    }

    /** All tensors by their published names. */
    public Parameters parameters() {
        return parameters;
    }

    /** What logits are divided by. */
    public double temperature() {
        return temperature;
    }

    /** D. */
    public int width() {
        return Math.toIntExact(parameters.get(weight(0)).size(1));
    }

    /** K. */
    public int objectives() {
        return Math.toIntExact(parameters.get(weight(layers - 1)).size(0));
    }

    /** Width of the hidden layers; D where there is none. */
    public int hidden() {
        return Math.toIntExact(parameters.get(weight(layers - 1)).size(1));
    }

    /** Number of hidden layers. */
    public int hiddenLayers() {
        return layers - 1;
    }

    /** beta, as it is now. */
    public double scale() {
        return Tensors.scalar(parameters.get(SCALE));
    }

    /** States of prompts {@code [...,D]} to weights of objectives {@code [...,K]}: none negative, each row sums to 1. */
    public Tensor mixture(Tensor prompts) {
        return mixture(prompts, Dropout.NONE);
    }

    /** The mixture times beta. */
    public Tensor coefficients(Tensor prompts) {
        return coefficients(prompts, Dropout.NONE);
    }

    /** The mixture times beta, with dropout in the hidden layers. */
    public Tensor coefficients(Tensor prompts, Dropout dropout) {
        return mixture(prompts, dropout).mul(parameters.get(SCALE));
    }

    private Tensor mixture(Tensor prompts, Dropout dropout) {
        if (prompts.size(prompts.dim() - 1) != width()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "states of prompts are " + prompts.size(prompts.dim() - 1) + " wide, the gate was trained on "
                            + width() + "; use features of the same backbone");
        }
        GeneratorOptional generator =
                dropout.probability > 0 ? new GeneratorOptional(generator(dropout.seed)) : new GeneratorOptional();
        Tensor x = prompts.to(ScalarType.Float);
        for (int i = 0; i < layers; i++) {
            x = torch.linear(x, parameters.get(weight(i)), Tensors.optional(parameters.get(bias(i))));
            if (i < layers - 1) {
                x = torch.relu(x);
                x = dropout.probability > 0 ? dropped(x, dropout.probability, generator) : x;
            }
        }
        return x.div(Tensors.number(temperature)).softmax(-1);
    }

    /**
     * Takes an affine map of the input into the first layer: coefficients of x are from now on what those of {@code (x - mean) A}
     * were. Computed in double and rounded once.
     *
     * @param mean {@code [D]} in double
     * @param matrix A {@code [D,D]} in double
     */
    public void foldInput(Tensor mean, Tensor matrix) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            Tensor weight = parameters.get(weight(0));
            Tensor bias = parameters.get(bias(0));
            Tensor folded = weight.to(ScalarType.Double).matmul(matrix.t());
            bias.copy_(bias.to(ScalarType.Double).sub(folded.matmul(mean)));
            weight.copy_(folded);
        }
    }

    private static Generator generator(long seed) {
        return torch.createCPUGenerator(seed);
    }

    /** Kept values are scaled up, so that their expectation stays. */
    private static Tensor dropped(Tensor x, double probability, GeneratorOptional generator) {
        Tensor mask = torch.empty_like(x.detach()).bernoulli_(1 - probability, generator);
        return x.mul(mask.div_(Tensors.number(1 - probability)));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
