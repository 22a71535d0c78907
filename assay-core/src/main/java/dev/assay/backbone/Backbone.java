package dev.assay.backbone;

import dev.assay.nn.ComputeWeights;
import dev.assay.nn.Linear;
import dev.assay.nn.Parameters;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackedBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A decoder of any family: a packed batch in, hidden states out. Owns its weights. Its tensors belong to the scope of the
 * caller. Forward passes may run on several threads at once while nobody writes the weights.
 */
public final class Backbone implements AutoCloseable {
    private final DecoderFamily family;
    private final DecoderConfig config;
    private final Parameters parameters;
    private final ComputeWeights weights;
    private final DecoderParts parts;

    /** A decoder over parameters of the family's names; takes them over. */
    public Backbone(DecoderFamily family, DecoderConfig config, Parameters parameters, Precision compute) {
        this.family = family;
        this.config = config;
        this.parameters = parameters;
        this.weights = new ComputeWeights(parameters, compute);
        this.parts = family.build(config, weights);
    }

    /** The family. */
    public DecoderFamily family() {
        return family;
    }

    /** The shape. */
    public DecoderConfig config() {
        return config;
    }

    /** The weights under their public checkpoint names. */
    public Parameters parameters() {
        return parameters;
    }

    /** The precision of the computation. */
    public Precision compute() {
        return weights.compute();
    }

    /** Every linear layer of the blocks by its module path, in order: where low-rank updates can be attached. */
    public Map<String, Linear> linears() {
        Map<String, Linear> byName = new LinkedHashMap<>();
        parts.linears().forEach(linear -> byName.put(linear.name(), linear));
        return byName;
    }

    /** All hidden states after the final norm, {@code [B,T,D]} in fp32. */
    public Tensor hiddenStates(PackedBatch batch) {
        DecoderInput input = input(batch);
        Tensor hidden = embed(input);
        for (DecoderBlock block : parts.blocks()) {
            hidden = block.apply(hidden, input);
        }
        return parts.finalNorm().applyInFloat32(hidden);
    }

    /**
     * The hidden state after the final norm of each response's last token, {@code [N,D]} in fp32: the same numbers as
     * those rows of {@link #hiddenStates}, without computing in the last block what nobody reads.
     */
    public Tensor pooled(PackedBatch batch) {
        DecoderInput input = input(batch);
        Tensor hidden = embed(input);
        List<DecoderBlock> below = parts.blocks().subList(0, parts.blocks().size() - 1);
        for (DecoderBlock block : below) {
            hidden = block.apply(hidden, input);
        }
        return pooledFromLast(hidden, input, batch);
    }

    /** The embedding table {@code [V,D]} as it is stored: what a tied language-model head shares. */
    public Tensor embeddingWeight() {
        return parts.embedding().weight();
    }

    /** The batch as the blocks read it. */
    public DecoderInput input(PackedBatch batch) {
        return DecoderInput.of(batch, config, compute());
    }

    /** The residual stream before the first block, {@code [B,T,D]}. */
    public Tensor embed(DecoderInput input) {
        return parts.embedding().apply(input.ids());
    }

    /** The blocks in order, for those who run them one by one. */
    public List<DecoderBlock> blocks() {
        return parts.blocks();
    }

    /** From the residual stream before the last block to the pooled states {@code [N,D]} in fp32. */
    public Tensor pooledFromLast(Tensor hiddenBTD, DecoderInput input, PackedBatch batch) {
        DecoderInput asking = input.atResponses(batch, config, compute());
        Tensor hiddenBPD = parts.blocks().getLast().apply(hiddenBTD, asking);
        Tensor hiddenND = hiddenBPD
                .reshape(-1, config.hiddenSize())
                .index_select(0, Tensors.longs(ResponseColumns.of(batch).slots()));
        return parts.finalNorm().applyInFloat32(hiddenND);
    }

    @Override
    public void close() {
        weights.close();
        parameters.close();
    }
}
