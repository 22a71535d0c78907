package dev.assay.nn;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The activation functions of published decoders, by their names in config.json. */
public enum Activation {
    /** {@code x * Phi(x)}, exact. */
    GELU("gelu"),
    /** The tanh approximation of GELU. */
    GELU_TANH("gelu_pytorch_tanh"),
    /** {@code x * sigmoid(x)}. */
    SILU("silu"),
    /** {@code max(x, 0)}. */
    RELU("relu");

    private final String configName;

    Activation(String configName) {
        this.configName = configName;
    }

    /** The activation config.json calls by that name. */
    public static Activation named(String name) {
        return switch (name) {
            case "gelu" -> GELU;
            case "gelu_pytorch_tanh", "gelu_new", "gelu_fast" -> GELU_TANH;
            case "silu", "swish" -> SILU;
            case "relu" -> RELU;
            default ->
                throw new AssayException(
                        ErrorKind.CHECKPOINT,
                        "activation \"" + name + "\" is not known; known are gelu, gelu_pytorch_tanh, gelu_new,"
                                + " gelu_fast, silu, swish, relu");
        };
    }

    /** The name in config.json. */
    public String configName() {
        return configName;
    }

    /** Element by element. */
    public Tensor apply(Tensor x) {
        return switch (this) {
            case GELU -> torch.gelu(x, "none");
            case GELU_TANH -> torch.gelu(x, "tanh");
            case SILU -> torch.silu(x);
            case RELU -> torch.relu(x);
        };
    }
}
