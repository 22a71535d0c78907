package dev.assay.backbone;

import dev.assay.checkpoint.ModelConfig;
import dev.assay.nn.RopeScaling;
import dev.assay.nn.RotaryEmbedding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The position embedding in config.json, in its two spellings: {@code rope_parameters} (Transformers 5) or {@code
 * rope_theta} with {@code rope_scaling} (before).
 */
public final class RotaryConfig {
    private RotaryConfig() {}

    /**
     * Reads it.
     *
     * @param headSize numbers of a head
     * @param theta the family's base where the file names none
     * @param part the family's share of a head that turns where the file names none, in (0, 1]
     */
    public static RotaryEmbedding read(ModelConfig json, int headSize, double theta, double part) {
        ModelConfig rope = json.object("rope_parameters");
        ModelConfig scaling = rope == null ? json.object("rope_scaling") : rope;
        double base = json.number("rope_theta", json.number("rotary_emb_base", theta));
        double share = json.number("partial_rotary_factor", json.number("rotary_pct", part));
        if (rope != null) {
            base = rope.number("rope_theta", base);
            share = rope.number("partial_rotary_factor", share);
        }
        int width = (int) (headSize * share);
        if (width < 2 || width % 2 != 0) {
            json.refuse("partial_rotary_factor", "must leave a positive even part of a head of " + headSize);
            width = 2;
        }
        return new RotaryEmbedding(base, width, scaling(scaling, json));
    }

    private static RopeScaling scaling(@Nullable ModelConfig rope, ModelConfig json) {
        if (rope == null) {
            return new RopeScaling.None();
        }
        String type = rope.text("rope_type", rope.text("type", "default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(rope.number("factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        rope.number("factor"),
                        rope.number("low_freq_factor"),
                        rope.number("high_freq_factor"),
                        rope.number("original_max_position_embeddings", json.number("max_position_embeddings", 8192)));
            default -> {
                rope.refuse("rope_type", "known are default, linear and llama3");
                yield new RopeScaling.None();
            }
        };
    }

    /** The {@code rope_parameters} entry that {@link #read} would read back. */
    public static Map<String, Object> json(RotaryEmbedding rotary, int headSize) {
        Map<String, Object> rope = new LinkedHashMap<>();
        rope.put("rope_theta", rotary.theta());
        rope.put("partial_rotary_factor", (double) rotary.width() / headSize);
        switch (rotary.scaling()) {
            case RopeScaling.None none -> rope.put("rope_type", "default");
            case RopeScaling.Linear linear -> {
                rope.put("rope_type", "linear");
                rope.put("factor", linear.factor());
            }
            case RopeScaling.Llama3 llama3 -> {
                rope.put("rope_type", "llama3");
                rope.put("factor", llama3.factor());
                rope.put("low_freq_factor", llama3.low());
                rope.put("high_freq_factor", llama3.high());
                rope.put("original_max_position_embeddings", (long) llama3.originalContext());
            }
        }
        return rope;
    }
}
