package dev.assay.backbone.gptneox;

import dev.assay.backbone.DecoderBlock;
import dev.assay.backbone.DecoderInput;
import dev.assay.nn.Attention;
import dev.assay.nn.FeedForward;
import dev.assay.nn.Linear;
import dev.assay.nn.Norm;
import dev.assay.nn.RotaryEmbedding;
import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code x + attention(norm1(x)) + feedForward(norm2(x))}, or one after the other where the residual is not parallel.
 * Queries, keys and values come from one projection, interleaved head by head.
 */
record GptNeoXBlock(
        Linear queryKeyValue,
        Linear dense,
        FeedForward feedForward,
        Norm attentionNorm,
        Norm feedForwardNorm,
        RotaryEmbedding rotary,
        int heads,
        boolean parallelResidual)
        implements DecoderBlock {
    @Override
    public Tensor apply(Tensor hiddenBTD, DecoderInput input) {
        Tensor hidden = input.asking(hiddenBTD);
        Tensor attended = attention(attentionNorm.apply(hiddenBTD), input);
        if (parallelResidual) {
            return feedForward
                    .apply(feedForwardNorm.apply(hidden))
                    .add(attended)
                    .add(hidden);
        }
        Tensor middle = attended.add(hidden);
        return feedForward.apply(feedForwardNorm.apply(middle)).add(middle);
    }

    private Tensor attention(Tensor normedBTD, DecoderInput input) {
        long head = normedBTD.size(2) / heads;
        Tensor mixed = queryKeyValue.apply(normedBTD).view(normedBTD.size(0), normedBTD.size(1), heads, 3 * head);
        Tensor[] parts = Tensors.chunk(mixed, 3, 3);
        Tensor query = rotary.rotate(input.asking(parts[0]), input.queryAngles());
        Tensor key = rotary.rotate(parts[1], input.keyAngles());
        return dense.apply(Attention.attend(query, key, parts[2], input.visibility(false)));
    }
}
