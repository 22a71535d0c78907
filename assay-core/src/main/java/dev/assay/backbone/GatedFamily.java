package dev.assay.backbone;

import dev.assay.nn.ComputeWeights;
import java.util.List;

/**
 * A family that follows Llama: its weights have Llama's names and its layers are a {@link GatedDecoder}'s. Such a
 * family says how it reads and writes config.json, and nothing else.
 */
public interface GatedFamily extends DecoderFamily {
    @Override
    default String prefix() {
        return "model.";
    }

    @Override
    default String languageHead() {
        return "lm_head.weight";
    }

    /** The frequency buffers of old files. */
    @Override
    default boolean ignores(String name) {
        return name.endsWith(".rotary_emb.inv_freq");
    }

    @Override
    default List<ParameterSpec> parameters(DecoderConfig config) {
        return GatedDecoder.parameters(config);
    }

    @Override
    default DecoderParts build(DecoderConfig config, ComputeWeights weights) {
        return GatedDecoder.build(config, weights);
    }
}
