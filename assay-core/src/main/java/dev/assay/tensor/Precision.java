package dev.assay.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The floating-point formats of weights and compute. */
public enum Precision {
    /** 32 bits. */
    FLOAT32(ScalarType.Float, "F32", "float32", 4),
    /** 16 bits with the exponent of fp32: compute and storage. */
    BFLOAT16(ScalarType.BFloat16, "BF16", "bfloat16", 2),
    /** IEEE half: storage only. */
    FLOAT16(ScalarType.Half, "F16", "float16", 2);

    private final ScalarType type;
    private final String safetensorsName;
    private final String configName;
    private final int bytes;

    Precision(ScalarType type, String safetensorsName, String configName, int bytes) {
        this.type = type;
        this.safetensorsName = safetensorsName;
        this.configName = configName;
        this.bytes = bytes;
    }

    /** libtorch's name of it. */
    public ScalarType type() {
        return type;
    }

    /** The name in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** The name in a config.json ({@code dtype}). */
    public String configName() {
        return configName;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
