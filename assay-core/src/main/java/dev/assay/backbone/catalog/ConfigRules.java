package dev.assay.backbone.catalog;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.checkpoint.ModelConfig;

/** What every decoder's numbers must satisfy, so that a mistake is named and not met as a native failure. */
final class ConfigRules {
    private ConfigRules() {}

    static void check(DecoderConfig config, ModelConfig json) {
        AttentionShape attention = config.attention();
        positive(config.vocabularySize(), "vocab_size", json);
        positive(config.hiddenSize(), "hidden_size", json);
        positive(config.intermediateSize(), "intermediate_size", json);
        positive(config.layers(), "num_hidden_layers", json);
        positive(attention.heads(), "num_attention_heads", json);
        positive(attention.headSize(), "head_dim", json);
        if (attention.keyValueHeads() < 1 || attention.heads() % attention.keyValueHeads() != 0) {
            json.refuse("num_key_value_heads", "must divide the " + attention.heads() + " attention heads");
        }
        if (!json.has("head_dim") && config.hiddenSize() % Math.max(attention.heads(), 1) != 0) {
            json.refuse("hidden_size", "must be a multiple of the " + attention.heads() + " attention heads");
        }
        if (config.normEpsilon() <= 0) {
            json.refuse("rms_norm_eps", "must be greater than 0");
        }
    }

    private static void positive(int value, String key, ModelConfig json) {
        if (value < 1) {
            json.refuse(key, "must be at least 1");
        }
    }
}
