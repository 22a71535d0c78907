package dev.assay.recipe;

import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import java.util.List;
import java.util.Optional;

/**
 * The decoder rewards are read from: a checkpoint or fresh weights, trained in full or by an adapter.
 *
 * @param path a model folder or {@code hub://owner/name}
 * @param random a small Llama with fresh weights, in place of {@code path}
 * @param adapter trains a low-rank update in place of the decoder's own weights
 */
public record BackboneSection(Optional<String> path, Optional<Random> random, Optional<Adapter> adapter) {
    public BackboneSection {
        new Rules()
                .that(
                        "path",
                        path.isPresent() != random.isPresent(),
                        "give either backbone.path (a model folder) or backbone.random (fresh weights), and not both")
                .check();
    }

    /**
     * A decoder of the Llama family with fresh weights; its vocabulary is that of the tokenizer.
     *
     * @param layers blocks, at least 1
     * @param hiddenSize width D, a multiple of {@code heads}
     * @param intermediateSize width of the feed-forward part
     * @param heads attention heads
     */
    public record Random(
            @Default("2") int layers,
            @Default("64") int hiddenSize,
            @Default("176") int intermediateSize,
            @Default("4") int heads) {
        public Random {
            new Rules()
                    .atLeast("layers", layers, 1)
                    .atLeast("hidden-size", hiddenSize, 2)
                    .atLeast("intermediate-size", intermediateSize, 1)
                    .atLeast("heads", heads, 1)
                    .that(
                            "hidden-size",
                            heads > 0 && hiddenSize % (2 * heads) == 0,
                            "hidden-size is " + hiddenSize + ", it must be an even multiple of heads (" + heads + ")")
                    .check();
        }
    }

    /**
     * A low-rank adapter (Hu et al. 2021, arXiv 2106.09685).
     *
     * @param kind of adapter
     * @param rank inner width r
     * @param alpha strength; the update is scaled by alpha / r
     * @param dropout share of a layer's inputs the update does not see while training, in [0, 1)
     * @param targets names of linear layers such as {@code q_proj}; empty: all of them
     */
    public record Adapter(
            @Default("lora") Kind kind,
            @Default("16") int rank,
            @Default("32") double alpha,
            @Default("0") double dropout,
            @Default("[]") List<String> targets) {
        public Adapter {
            new Rules()
                    .atLeast("rank", rank, 1)
                    .positive("alpha", alpha)
                    .that("dropout", dropout >= 0 && dropout < 1, "dropout is " + dropout + ", it must be in [0, 1)")
                    .check();
        }

        /** Kinds of adapters. */
        public enum Kind {
            /** LoRA. */
            LORA
        }
    }
}
