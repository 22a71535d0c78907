package dev.assay.backbone.llama;

import dev.assay.backbone.AttentionShape;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.DecoderFamily;
import dev.assay.backbone.DecoderParts;
import dev.assay.backbone.GatedDecoder;
import dev.assay.backbone.ParameterSpec;
import dev.assay.backbone.RotaryConfig;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.nn.Activation;
import dev.assay.nn.ComputeWeights;
import java.util.List;
import java.util.Map;

/** Llama 2 and 3: no biases unless config.json asks for them, Llama 3.1's frequency scaling. */
public final class Llama implements DecoderFamily {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public String className() {
        return "Llama";
    }

    @Override
    public String prefix() {
        return GatedDecoder.prefix();
    }

    @Override
    public String languageHead() {
        return GatedDecoder.languageHead();
    }

    @Override
    public boolean ignores(String name) {
        return GatedDecoder.ignores(name);
    }

    @Override
    public DecoderConfig config(ModelConfig json) {
        int hidden = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int head = json.integer("head_dim", hidden / Math.max(heads, 1));
        boolean bias = json.flag("attention_bias", false);
        return new DecoderConfig(
                modelType(),
                json.integer("vocab_size"),
                hidden,
                json.integer("intermediate_size"),
                json.integer("num_hidden_layers"),
                new AttentionShape(heads, json.integer("num_key_value_heads", heads), head, bias, bias, false, null),
                RotaryConfig.read(json, head, 10_000, 1),
                Activation.named(json.text("hidden_act", "silu")),
                json.flag("mlp_bias", false),
                json.number("rms_norm_eps", 1e-6),
                false,
                json.flag("tie_word_embeddings", false),
                json.integer("max_position_embeddings", 2048),
                json.number("initializer_range", 0.02));
    }

    @Override
    public Map<String, Object> json(DecoderConfig config) {
        Map<String, Object> json = GatedDecoder.json(config);
        json.put("attention_bias", config.attention().inputBias());
        json.put("mlp_bias", config.feedForwardBias());
        return json;
    }

    @Override
    public List<ParameterSpec> parameters(DecoderConfig config) {
        return GatedDecoder.parameters(config);
    }

    @Override
    public DecoderParts build(DecoderConfig config, ComputeWeights weights) {
        return GatedDecoder.build(config, weights);
    }
}
