package dev.assay.backbone;

import dev.assay.checkpoint.ModelConfig;
import dev.assay.nn.Activation;
import dev.assay.nn.ComputeWeights;
import dev.assay.nn.Embedding;
import dev.assay.nn.FeedForward;
import dev.assay.nn.Linear;
import dev.assay.nn.RmsNorm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names, shapes and layers of the decoders that follow Llama: RMSNorm, rotary embedding on whole heads, gated
 * feed-forward. The families differ in flags of the {@link DecoderConfig} only.
 */
public final class GatedDecoder {
    private static final String EMBEDDING = "model.embed_tokens";
    private static final String FINAL_NORM = "model.norm";

    private GatedDecoder() {}

    /** Reads a config.json; the attention, where the families differ, comes from the family. */
    public static DecoderConfig config(ModelConfig json, AttentionShape attention, boolean feedForwardBias) {
        return new DecoderConfig(
                json.text("model_type"),
                json.integer("vocab_size"),
                json.integer("hidden_size"),
                json.integer("intermediate_size"),
                json.integer("num_hidden_layers"),
                attention,
                RotaryConfig.read(json, attention.headSize(), 10_000, 1),
                Activation.named(json.text("hidden_act", "silu")),
                feedForwardBias,
                json.number("rms_norm_eps", 1e-6),
                false,
                json.flag("tie_word_embeddings", false),
                json.integer("max_position_embeddings", 2048),
                json.number("initializer_range", 0.02),
                paddingRow(json));
    }

    /** These classes give their embedding the config's padding token; below 0 it counts from the end, as theirs does. */
    private static OptionalInt paddingRow(ModelConfig json) {
        OptionalInt pad = json.optionalInteger("pad_token_id");
        int rows = json.integer("vocab_size");
        if (pad.isEmpty() || pad.getAsInt() >= -rows && pad.getAsInt() < rows) {
            return pad.isEmpty() ? pad : OptionalInt.of(Math.floorMod(pad.getAsInt(), rows));
        }
        json.refuse("pad_token_id", "must be a row of the embedding, below vocab_size = " + rows);
        return OptionalInt.empty();
    }

    /** {@code head_dim}, or an equal share of the hidden size where the file names none. */
    public static int headSize(ModelConfig json) {
        return json.integer("head_dim", json.integer("hidden_size") / Math.max(json.integer("num_attention_heads"), 1));
    }

    /** The entries of config.json that all these families share. */
    public static Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_type", config.modelType());
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.attention().heads());
        json.put("num_key_value_heads", config.attention().keyValueHeads());
        json.put("head_dim", config.attention().headSize());
        json.put("hidden_act", config.activation().configName());
        json.put("rms_norm_eps", config.normEpsilon());
        json.put("tie_word_embeddings", config.tiedEmbeddings());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("initializer_range", config.initializerRange());
        config.paddingRow().ifPresent(row -> json.put("pad_token_id", row));
        json.put("rope_theta", config.rotary().theta());
        json.put(
                "rope_parameters",
                RotaryConfig.json(config.rotary(), config.attention().headSize()));
        return json;
    }

    /** Every weight, in the order of the published classes. */
    static List<ParameterSpec> parameters(DecoderConfig config) {
        AttentionShape attention = config.attention();
        long d = config.hiddenSize();
        long wide = config.intermediateSize();
        long queries = (long) attention.heads() * attention.headSize();
        long keys = (long) attention.keyValueHeads() * attention.headSize();
        boolean bias = config.feedForwardBias();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.embedding(EMBEDDING + ".weight", config));
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = layer(layer);
            linear(specs, at + ".self_attn.q_proj", queries, d, attention.inputBias());
            linear(specs, at + ".self_attn.k_proj", keys, d, attention.inputBias());
            linear(specs, at + ".self_attn.v_proj", keys, d, attention.inputBias());
            linear(specs, at + ".self_attn.o_proj", d, queries, attention.outputBias());
            if (attention.headNorm()) {
                specs.add(ParameterSpec.scale(at + ".self_attn.q_norm.weight", attention.headSize()));
                specs.add(ParameterSpec.scale(at + ".self_attn.k_norm.weight", attention.headSize()));
            }
            linear(specs, at + ".mlp.gate_proj", wide, d, bias);
            linear(specs, at + ".mlp.up_proj", wide, d, bias);
            linear(specs, at + ".mlp.down_proj", d, wide, bias);
            specs.add(ParameterSpec.scale(at + ".input_layernorm.weight", d));
            specs.add(ParameterSpec.scale(at + ".post_attention_layernorm.weight", d));
        }
        specs.add(ParameterSpec.scale(FINAL_NORM + ".weight", d));
        return specs;
    }

    /** Builds the layers. */
    static DecoderParts build(DecoderConfig config, ComputeWeights weights) {
        List<DecoderBlock> blocks = new ArrayList<>();
        List<Linear> linears = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(block(config, weights, layer, linears));
        }
        return new DecoderParts(
                new Embedding(weights, EMBEDDING, config.paddingRow()),
                blocks,
                new RmsNorm(weights, FINAL_NORM, config.normEpsilon()),
                linears);
    }

    private static GatedBlock block(DecoderConfig config, ComputeWeights weights, int layer, List<Linear> linears) {
        String at = layer(layer);
        List<Linear> own = new ArrayList<>();
        for (String name : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
            own.add(new Linear(weights, at + ".self_attn." + name));
        }
        for (String name : List.of("gate_proj", "up_proj", "down_proj")) {
            own.add(new Linear(weights, at + ".mlp." + name));
        }
        linears.addAll(own);
        AttentionShape attention = config.attention();
        SlidingWindow window = attention.window();
        double epsilon = config.normEpsilon();
        return new GatedBlock(
                own.get(0),
                own.get(1),
                own.get(2),
                own.get(3),
                new FeedForward.Gated(own.get(4), own.get(5), config.activation(), own.get(6)),
                new RmsNorm(weights, at + ".input_layernorm", epsilon),
                new RmsNorm(weights, at + ".post_attention_layernorm", epsilon),
                attention.headNorm() ? new RmsNorm(weights, at + ".self_attn.q_norm", epsilon) : null,
                attention.headNorm() ? new RmsNorm(weights, at + ".self_attn.k_norm", epsilon) : null,
                config.rotary(),
                attention.headSize(),
                window != null && window.layers().get(layer));
    }

    private static String layer(int index) {
        return "model.layers." + index;
    }

    private static void linear(List<ParameterSpec> specs, String name, long out, long in, boolean bias) {
        specs.add(ParameterSpec.matrix(name + ".weight", out, in));
        if (bias) {
            specs.add(ParameterSpec.bias(name + ".bias", out));
        }
    }
}
