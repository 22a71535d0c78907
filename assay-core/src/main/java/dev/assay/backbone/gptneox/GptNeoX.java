package dev.assay.backbone.gptneox;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderBlock;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.DecoderFamily;
import dev.assay.backbone.DecoderParts;
import dev.assay.backbone.ParameterSpec;
import dev.assay.backbone.RotaryConfig;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.nn.Activation;
import dev.assay.nn.ComputeWeights;
import dev.assay.nn.Embedding;
import dev.assay.nn.FeedForward;
import dev.assay.nn.LayerNorm;
import dev.assay.nn.Linear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** GPT-NeoX: LayerNorm, parallel residual, rotary embedding on a part of each head, biases everywhere. */
public final class GptNeoX implements DecoderFamily {
    private static final String ATTENTION = ".attention";
    private static final String QKV = ATTENTION + ".query_key_value";
    private static final String DENSE = ATTENTION + ".dense";
    private static final String UP = ".mlp.dense_h_to_4h";
    private static final String DOWN = ".mlp.dense_4h_to_h";
    private static final String NORM1 = ".input_layernorm";
    private static final String NORM2 = ".post_attention_layernorm";
    private static final String FINAL_NORM = "gpt_neox.final_layer_norm";
    private static final String EMBEDDING = "gpt_neox.embed_in";

    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public String className() {
        return "GPTNeoX";
    }

    @Override
    public String prefix() {
        return "gpt_neox.";
    }

    @Override
    public String languageHead() {
        return "embed_out.weight";
    }

    @Override
    public boolean ignores(String name) {
        return name.endsWith(".attention.bias")
                || name.endsWith(".attention.masked_bias")
                || name.endsWith(".rotary_emb.inv_freq");
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        int hidden = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int head = hidden / Math.max(heads, 1);
        boolean bias = json.flag("attention_bias", true);
        return new DecoderConfig(
                modelType(),
                json.integer("vocab_size"),
                hidden,
                json.integer("intermediate_size"),
                json.integer("num_hidden_layers"),
                new AttentionShape(heads, heads, head, bias, bias, false, null),
                RotaryConfig.read(json, head, 10_000, 0.25),
                Activation.named(json.text("hidden_act", "gelu")),
                true,
                json.number("layer_norm_eps", 1e-5),
                json.flag("use_parallel_residual", true),
                json.flag("tie_word_embeddings", false),
                json.integer("max_position_embeddings", 2048),
                json.number("initializer_range", 0.02),
                OptionalInt.empty());
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_type", modelType());
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.attention().heads());
        json.put("attention_bias", config.attention().inputBias());
        json.put("hidden_act", config.activation().configName());
        json.put("layer_norm_eps", config.normEpsilon());
        json.put("use_parallel_residual", config.parallelResidual());
        json.put("tie_word_embeddings", config.tiedEmbeddings());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("initializer_range", config.initializerRange());
        json.put(
                "rope_parameters",
                RotaryConfig.json(config.rotary(), config.attention().headSize()));
        return json;
    }

    @Override
    public List<ParameterSpec> parameters(DecoderConfig config) {
        long d = config.hiddenSize();
        long wide = config.intermediateSize();
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.embedding(EMBEDDING + ".weight", config));
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = layer(layer);
            norm(specs, at + NORM1, d);
            norm(specs, at + NORM2, d);
            linear(specs, at + QKV, 3 * d, d, config.attention().inputBias());
            linear(specs, at + DENSE, d, d, config.attention().outputBias());
            linear(specs, at + UP, wide, d, true);
            linear(specs, at + DOWN, d, wide, true);
        }
        norm(specs, FINAL_NORM, d);
        return specs;
    }

    @Override
    public DecoderParts build(DecoderConfig config, ComputeWeights weights) {
        List<DecoderBlock> blocks = new ArrayList<>();
        List<Linear> linears = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = layer(layer);
            Linear queryKeyValue = new Linear(weights, at + QKV);
            Linear dense = new Linear(weights, at + DENSE);
            Linear up = new Linear(weights, at + UP);
            Linear down = new Linear(weights, at + DOWN);
            linears.addAll(List.of(queryKeyValue, dense, up, down));
            blocks.add(new GptNeoXBlock(
                    queryKeyValue,
                    dense,
                    new FeedForward.Plain(up, config.activation(), down),
                    new LayerNorm(weights, at + NORM1, config.normEpsilon()),
                    new LayerNorm(weights, at + NORM2, config.normEpsilon()),
                    config.rotary(),
                    config.attention().heads(),
                    config.parallelResidual()));
        }
        return new DecoderParts(
                new Embedding(weights, EMBEDDING, config.paddingRow()),
                blocks,
                new LayerNorm(weights, FINAL_NORM, config.normEpsilon()),
                linears);
    }

    private static String layer(int index) {
        return "gpt_neox.layers." + index;
    }

    private static void norm(List<ParameterSpec> specs, String name, long size) {
        specs.add(ParameterSpec.scale(name + ".weight", size));
        specs.add(ParameterSpec.bias(name + ".bias", size));
    }

    private static void linear(List<ParameterSpec> specs, String name, long out, long in, boolean bias) {
        specs.add(ParameterSpec.matrix(name + ".weight", out, in));
        if (bias) {
            specs.add(ParameterSpec.bias(name + ".bias", out));
        }
    }
}
