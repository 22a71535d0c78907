package dev.assay.backbone;

import dev.assay.nn.Attention;
import dev.assay.nn.FeedForward;
import dev.assay.nn.Linear;
import dev.assay.nn.Norm;
import dev.assay.nn.RotaryEmbedding;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The block Llama introduced: {@code y = x + attention(norm1(x)); y + feedForward(norm2(y))}, with grouped keys and
 * values, and in some families a norm on each head of queries and keys before they turn.
 */
record GatedBlock(
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        FeedForward feedForward,
        Norm attentionNorm,
        Norm feedForwardNorm,
        @Nullable Norm queryNorm,
        @Nullable Norm keyNorm,
        RotaryEmbedding rotary,
        int headSize,
        boolean sliding)
        implements DecoderBlock {
    @Override
    public Tensor apply(Tensor hiddenBTD, DecoderInput input) {
        Tensor normed = attentionNorm.apply(hiddenBTD);
        Tensor q = rotary.rotate(heads(query.apply(input.asking(normed)), queryNorm), input.queryAngles());
        Tensor k = rotary.rotate(heads(key.apply(normed), keyNorm), input.keyAngles());
        Tensor v = heads(value.apply(normed), null);
        Tensor attended = output.apply(Attention.attend(q, k, v, input.visibility(sliding)));
        Tensor middle = input.asking(hiddenBTD).add(attended);
        return middle.add(feedForward.apply(feedForwardNorm.apply(middle)));
    }

    private Tensor heads(Tensor projected, @Nullable Norm norm) {
        Tensor split = projected.view(projected.size(0), projected.size(1), -1, headSize);
        return norm == null ? split : norm.apply(split);
    }
}
