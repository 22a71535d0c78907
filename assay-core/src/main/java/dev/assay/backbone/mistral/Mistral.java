package dev.assay.backbone.mistral;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.GatedDecoder;
import dev.assay.backbone.GatedFamily;
import dev.assay.backbone.SlidingWindow;
import dev.assay.checkpoint.ModelConfig;
import java.util.Map;

/** Mistral: Llama with a sliding window in every layer, where config.json does not switch it off with null. */
public final class Mistral implements GatedFamily {
    /** The published class's window where config.json says nothing. */
    private static final int DEFAULT_WINDOW = 4096;

    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public String className() {
        return "Mistral";
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        boolean windowed = json.has("sliding_window") || !json.values().containsKey("sliding_window");
        AttentionShape attention = new AttentionShape(
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads"),
                GatedDecoder.headSize(json),
                false,
                false,
                false,
                windowed
                        ? SlidingWindow.everywhere(
                                json.integer("sliding_window", DEFAULT_WINDOW), json.integer("num_hidden_layers"))
                        : null);
        return GatedDecoder.config(json, attention, false);
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = GatedDecoder.json(config);
        SlidingWindow window = config.attention().window();
        json.put("sliding_window", window == null ? null : window.size());
        return json;
    }
}
