package dev.assay.backbone.qwen;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.GatedDecoder;
import dev.assay.backbone.GatedFamily;
import dev.assay.backbone.LayerWindows;
import dev.assay.checkpoint.ModelConfig;
import java.util.Map;

/** Qwen3: each head of queries and keys is normalised before it turns; no biases unless config.json asks for them. */
public final class Qwen3 implements GatedFamily {
    /** The published class's head size where config.json names none. */
    private static final int DEFAULT_HEAD = 128;

    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public String className() {
        return "Qwen3";
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        int heads = json.integer("num_attention_heads");
        boolean bias = json.flag("attention_bias", false);
        AttentionShape attention = new AttentionShape(
                heads,
                json.integer("num_key_value_heads"),
                json.integer("head_dim", DEFAULT_HEAD),
                bias,
                bias,
                true,
                LayerWindows.read(json));
        return GatedDecoder.config(json, attention, false);
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = GatedDecoder.json(config);
        json.put("attention_bias", config.attention().inputBias());
        LayerWindows.write(config, json);
        return json;
    }
}
