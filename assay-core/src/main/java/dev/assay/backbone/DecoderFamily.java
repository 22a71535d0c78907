package dev.assay.backbone;

import dev.assay.checkpoint.ModelConfig;
import dev.assay.nn.ComputeWeights;
import java.util.List;
import java.util.Map;

/** How one published family of decoders is configured, names its weights and computes. */
public interface DecoderFamily {
    /** {@code model_type} in config.json. */
    String modelType();

    /** The beginning of the Python classes' names, such as {@code Llama} of LlamaForSequenceClassification. */
    String className();

    /** The prefix of every weight of the decoder proper, dot included. */
    String prefix();

    /** The weight of the language-model head, which the decoder proper does not use. */
    String languageHead();

    /** Whether a tensor found in old files is a buffer that is recomputed and can be left out. */
    boolean ignores(String name);

    /** Reads a config.json; notes there what is wrong. */
    DecoderConfig config(ModelConfig json);

    /** The entries of a config.json that {@link #config} would read back to the same shape. */
    Map<String, Object> json(DecoderConfig config);

    /** Every weight, in the order of the published classes. */
    List<ParameterSpec> parameters(DecoderConfig config);

    /** Builds the layers over weights of these names. */
    DecoderParts build(DecoderConfig config, ComputeWeights weights);
}
