package dev.assay.network;

import dev.assay.backbone.Backbone;
import dev.assay.backbone.DecoderBlock;
import dev.assay.backbone.DecoderInput;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Activation recomputation (Chen et al. 2016, arXiv 1604.06174), block by block: the forward pass keeps only each block's
 * input, the backward pass runs the block again. The gradients are those of the plain pass, at the cost of one more
 * forward pass and with the memory of one block. Exact because a block is a pure function of its input and the weights.
 */
final class Recomputation {
    private Recomputation() {}

    static void backward(Backbone backbone, PackedBatch batch, Function<Tensor, Tensor> lossOfPooled) {
        try (TensorScope scope = TensorScope.open()) {
            DecoderInput input = backbone.input(batch);
            List<DecoderBlock> below =
                    backbone.blocks().subList(0, backbone.blocks().size() - 1);
            List<Tensor> inputs = forward(backbone, below, input, scope);
            Tensor gradient = throughTop(backbone, batch, input, inputs.getLast(), lossOfPooled);
            for (int i = below.size() - 1; i >= 0; i--) {
                gradient = throughBlock(below.get(i), input, inputs.get(i), gradient, scope);
            }
            Tensor embedded = backbone.embed(input);
            if (embedded.requires_grad()) {
                embedded.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            }
        }
    }

    /** The input of every block, and last the result of the topmost of them; nothing else is kept. */
    private static List<Tensor> forward(
            Backbone backbone, List<DecoderBlock> blocks, DecoderInput input, TensorScope scope) {
        List<Tensor> inputs = new ArrayList<>();
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            inputs.add(backbone.embed(input));
            for (DecoderBlock block : blocks) {
                try (TensorScope inner = TensorScope.open()) {
                    inputs.add(scope.adopt(block.apply(inputs.getLast(), input)));
                }
            }
        }
        return inputs;
    }

    private static Tensor throughTop(
            Backbone backbone,
            PackedBatch batch,
            DecoderInput input,
            Tensor below,
            Function<Tensor, Tensor> lossOfPooled) {
        Tensor leaf = below.detach().set_requires_grad(true);
        lossOfPooled.apply(backbone.pooledFromLast(leaf, input, batch)).backward();
        return gradient(leaf);
    }

    private static Tensor throughBlock(
            DecoderBlock block, DecoderInput input, Tensor below, Tensor gradientAbove, TensorScope scope) {
        try (TensorScope inner = TensorScope.open()) {
            Tensor leaf = below.detach().set_requires_grad(true);
            block.apply(leaf, input).backward(gradientAbove, new BoolOptional(), false, new TensorArrayRefOptional());
            return scope.adopt(gradient(leaf));
        }
    }

    private static Tensor gradient(Tensor leaf) {
        Tensor gradient = Tensors.gradient(leaf);
        if (gradient == null) {
            throw new IllegalStateException("a block gave its input no gradient");
        }
        return gradient;
    }
}
