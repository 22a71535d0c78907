package dev.assay.backbone;

import dev.assay.nn.Embedding;
import dev.assay.nn.Linear;
import dev.assay.nn.Norm;
import java.util.List;

/**
 * A decoder built by its family.
 *
 * @param embedding the first layer
 * @param blocks in order
 * @param finalNorm before any head
 * @param linears every linear layer of the blocks, in order: where low-rank updates can be attached
 */
public record DecoderParts(Embedding embedding, List<DecoderBlock> blocks, Norm finalNorm, List<Linear> linears) {
    public DecoderParts {
        blocks = List.copyOf(blocks);
        linears = List.copyOf(linears);
    }
}
