package dev.assay.backbone;

import dev.assay.nn.Activation;
import dev.assay.nn.RotaryEmbedding;
import java.util.OptionalInt;

/**
 * The shape of a decoder, as its config.json says.
 *
 * @param modelType the family's name in config.json, such as {@code llama}
 * @param vocabularySize rows V of the embedding
 * @param hiddenSize D
 * @param intermediateSize width of the feed-forward part
 * @param layers blocks
 * @param attention the attention of every block
 * @param rotary the position embedding
 * @param activation of the feed-forward part
 * @param feedForwardBias whether the feed-forward projections have a bias
 * @param normEpsilon of all normalisations
 * @param parallelResidual whether attention and feed-forward read the same input (GPT-NeoX)
 * @param tiedEmbeddings whether a language-model head shares the embedding's weights
 * @param maxPositions positions of the training context
 * @param initializerRange standard deviation of fresh weights
 * @param paddingRow the row of the embedding that starts at 0 and learns nothing, {@code padding_idx} of the published
 *     class; empty in families whose class names none (GPT-NeoX)
 */
public record DecoderConfig(
        String modelType,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        AttentionShape attention,
        RotaryEmbedding rotary,
        Activation activation,
        boolean feedForwardBias,
        double normEpsilon,
        boolean parallelResidual,
        boolean tiedEmbeddings,
        int maxPositions,
        double initializerRange,
        OptionalInt paddingRow) {}
