package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.backbone.Backbone;
import dev.assay.backbone.LoadOptions;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.data.hub.Hub;
import dev.assay.head.RewardHead;
import dev.assay.head.ScalarHead;
import dev.assay.network.RewardNetwork;
import dev.assay.nn.Linear;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.nn.lora.LoraConfig;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.SpecialTokens;
import dev.assay.tokenization.Tokenizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The network a recipe asks for, with a fresh head. */
final class NetworkMaker {
    private static final int POSITIONS = 2048;

    private NetworkMaker() {}

    static RewardNetwork make(Recipe recipe, Tokenizer tokenizer) {
        return make(
                recipe,
                tokenizer,
                backbone -> ScalarHead.random(
                        backbone.config().hiddenSize(),
                        backbone.config().initializerRange(),
                        recipe.training().seed()));
    }

    /** The same with another head. */
    static RewardNetwork make(Recipe recipe, Tokenizer tokenizer, Function<Backbone, RewardHead> fresh) {
        BackboneSection section = recipe.backbone();
        long seed = recipe.training().seed();
        Precision compute = recipe.training().precision() == TrainingSection.Precision.BF16
                ? Precision.BFLOAT16
                : Precision.FLOAT32;
        Optional<BackboneSection.Random> random = section.random();
        Backbone backbone = random.isPresent()
                ? BackboneCatalog.random(
                        BackboneCatalog.config(ModelConfig.of(
                                config(
                                        random.get(),
                                        tokenizer,
                                        recipe.tokenization().maxLength()),
                                "backbone.random")),
                        seed,
                        compute)
                : BackboneCatalog.load(Hub.local(section.path().orElseThrow()), LoadOptions.training(compute));
        int vocabularySize = tokenizer.vocabularySize();
        if (vocabularySize > backbone.config().vocabularySize()) {
            int known = backbone.config().vocabularySize();
            backbone.close();
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "tokenization.tokenizer has " + vocabularySize + " tokens but the backbone knows only " + known
                            + "; name the tokenizer it was trained with");
        }
        RewardHead head = fresh.apply(backbone);
        RewardNetwork network = section.adapter()
                .map(adapter -> RewardNetwork.adapted(
                        backbone, head, LoraAdapter.create("default", lora(adapter, backbone), layers(backbone), seed)))
                .orElseGet(() -> new RewardNetwork(backbone, head));
        network.recompute(recipe.training().recompute());
        return network;
    }

    private static Collection<Linear> layers(Backbone backbone) {
        return backbone.linears().values();
    }

    private static LoraConfig lora(BackboneSection.Adapter adapter, Backbone backbone) {
        List<String> targets = adapter.targets().isEmpty()
                ? backbone.linears().keySet().stream()
                        .map(path -> path.substring(path.lastIndexOf('.') + 1))
                        .distinct()
                        .toList()
                : adapter.targets();
        return new LoraConfig(adapter.rank(), adapter.alpha(), adapter.dropout(), targets, false);
    }

    private static Map<String, Object> config(BackboneSection.Random random, Tokenizer tokenizer, int maxLength) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", "llama");
        config.put("vocab_size", tokenizer.vocabularySize());
        paddingRow(tokenizer.specialTokens()).ifPresent(row -> config.put("pad_token_id", row));
        config.put("hidden_size", random.hiddenSize());
        config.put("intermediate_size", random.intermediateSize());
        config.put("num_hidden_layers", random.layers());
        config.put("num_attention_heads", random.heads());
        config.put("max_position_embeddings", Math.max(POSITIONS, maxLength));
        config.put("rms_norm_eps", 1e-5);
        return config;
    }

    /** None where padding is a token that texts hold: a row without gradient would leave every text's end unlearnt. */
    private static OptionalInt paddingRow(SpecialTokens special) {
        boolean used =
                IntStream.concat(special.bos().stream(), special.eos().stream()).anyMatch(id -> id == special.pad());
        return used ? OptionalInt.empty() : OptionalInt.of(special.pad());
    }
}
