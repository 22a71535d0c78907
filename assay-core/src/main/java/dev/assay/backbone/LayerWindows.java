package dev.assay.backbone;

import dev.assay.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sliding windows of the Qwen families in config.json: {@code sliding_window} counts only with {@code
 * use_sliding_window}, and holds in the layers named in {@code layer_types}, or in those from {@code max_window_layers}
 * on.
 */
public final class LayerWindows {
    private static final String SLIDING = "sliding_attention";

    private LayerWindows() {}

    /** Reads them; null for none. */
    public static @Nullable SlidingWindow read(ModelConfig json) {
        if (!json.flag("use_sliding_window", false) || !json.has("sliding_window")) {
            return null;
        }
        int layers = json.integer("num_hidden_layers");
        List<String> types = json.texts("layer_types");
        if (!types.isEmpty() && types.size() != layers) {
            json.refuse("layer_types", "must name one type for each of the " + layers + " layers");
            return null;
        }
        int first = json.integer("max_window_layers", 28);
        List<Boolean> windowed = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            windowed.add(types.isEmpty() ? layer >= first : types.get(layer).equals(SLIDING));
        }
        return new SlidingWindow(json.integer("sliding_window"), windowed);
    }

    /** Writes what {@link #read} would read back. */
    public static void write(DecoderConfig config, Map<String, Object> json) {
        SlidingWindow window = config.attention().window();
        json.put("use_sliding_window", window != null);
        json.put("sliding_window", window == null ? null : window.size());
        if (window != null) {
            json.put(
                    "layer_types",
                    window.layers().stream()
                            .map(sliding -> sliding ? SLIDING : "full_attention")
                            .toList());
        }
    }
}
