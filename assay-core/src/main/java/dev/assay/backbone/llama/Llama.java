package dev.assay.backbone.llama;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.GatedDecoder;
import dev.assay.backbone.GatedFamily;
import dev.assay.checkpoint.ModelConfig;
import java.util.Map;

/** Llama 2 and 3: no biases unless config.json asks for them, Llama 3.1's frequency scaling. */
public final class Llama implements GatedFamily {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public String className() {
        return "Llama";
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        int heads = json.integer("num_attention_heads");
        boolean bias = json.flag("attention_bias", false);
        AttentionShape attention = new AttentionShape(
                heads,
                json.integer("num_key_value_heads", heads),
                GatedDecoder.headSize(json),
                bias,
                bias,
                false,
                null);
        return GatedDecoder.config(json, attention, json.flag("mlp_bias", false));
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = GatedDecoder.json(config);
        json.put("attention_bias", config.attention().inputBias());
        json.put("mlp_bias", config.feedForwardBias());
        return json;
    }
}
