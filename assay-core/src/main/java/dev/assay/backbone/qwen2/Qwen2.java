package dev.assay.backbone.qwen2;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.GatedDecoder;
import dev.assay.backbone.GatedFamily;
import dev.assay.backbone.LayerWindows;
import dev.assay.checkpoint.ModelConfig;
import java.util.Map;

/** Qwen2 and Qwen2.5: biases on queries, keys and values; a sliding window on the upper layers where switched on. */
public final class Qwen2 implements GatedFamily {
    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public String className() {
        return "Qwen2";
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        AttentionShape attention = new AttentionShape(
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads"),
                GatedDecoder.headSize(json),
                true,
                false,
                false,
                LayerWindows.read(json));
        return GatedDecoder.config(json, attention, false);
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = GatedDecoder.json(config);
        LayerWindows.write(config, json);
        return json;
    }
}
