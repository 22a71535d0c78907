package dev.assay.nn.lora;

import dev.assay.nn.LowRankUpdate;
import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code scale * B A dropout(x)} (Hu et al. 2021, section 4.1). A {@code [r,in]} and B {@code [out,r]} are fp32 masters,
 * cast differentiably to the precision of x.
 */
final class LoraUpdate implements LowRankUpdate {
    private final Tensor aRI;
    private final Tensor bOR;
    private final LoraConfig config;
    private final DropoutSeed dropout;
    private final int layer;

    LoraUpdate(Tensor aRI, Tensor bOR, LoraConfig config, DropoutSeed dropout, int layer) {
        this.aRI = aRI;
        this.bOR = bOR;
        this.config = config;
        this.dropout = dropout;
        this.layer = layer;
    }

    @Override
    public Tensor apply(Tensor x) {
        Tensor seen = config.dropout() > 0 && dropout.active() ? x.mul(mask(x)) : x;
        Tensor low = torch.linear(seen, aRI.to(Tensors.type(x)));
        return torch.linear(low, bOR.to(Tensors.type(x))).mul(Tensors.number(config.scale()));
    }

    /** The update of the weight itself, {@code scale * B A} in fp32 {@code [out,in]}: what merging adds. */
    Tensor product() {
        return bOR.matmul(aRI).mul(Tensors.number(config.scale()));
    }

    /** Zero with probability p, else 1 / (1 - p), so that the expectation is the input. */
    private Tensor mask(Tensor x) {
        double kept = 1 - config.dropout();
        try (Generator generator = torch.createCPUGenerator(dropout.forLayer(layer));
                GeneratorOptional source = new GeneratorOptional(generator)) {
            return torch.empty_like(x.detach()).bernoulli_(kept, source).div_(Tensors.number(kept));
        }
    }
}
