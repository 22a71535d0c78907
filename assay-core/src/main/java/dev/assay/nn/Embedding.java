package dev.assay.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rows of {@code <name>.weight} {@code [V,D]}. The rows are looked up in the master and cast afterwards: casting the
 * whole table would cost more than the lookup of a batch.
 *
 * @param weights holds the table
 * @param name module path in the checkpoint
 */
public record Embedding(ComputeWeights weights, String name) {
    /** Ids {@code [B,T]} to {@code [B,T,D]} in the precision of the computation. */
    public Tensor apply(Tensor idsBT) {
        return torch.embedding(weight(), idsBT).to(weights.compute().type());
    }

    /** The table {@code [V,D]} as it is stored. */
    public Tensor weight() {
        return weights.master(name + ".weight");
    }
}
