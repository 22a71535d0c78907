package dev.assay.nn;

import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rows of {@code <name>.weight} {@code [V,D]}. The rows are looked up in the master and cast afterwards: casting the
 * whole table would cost more than the lookup of a batch.
 *
 * @param weights holds the table
 * @param name module path in the checkpoint
 * @param paddingRow the row that no gradient reaches, as the published classes leave their padding token
 */
public record Embedding(ComputeWeights weights, String name, OptionalInt paddingRow) {
    private static final int NONE = -1;
    /** Numbers of a table whose gradient has the rows a batch looked up and no others: 16 MiB in fp32. */
    static final long LARGE = 1L << 22;

    /**
     * Ids {@code [B,T]} to {@code [B,T,D]} in fp32: the start of the residual stream, which is never rounded. The gradient of a
     * large table is sparse ({@link dev.assay.tensor.Tensors#gradient}).
     */
    public Tensor apply(Tensor idsBT) {
        boolean sparse = weight().numel() >= LARGE;
        return torch.embedding(weight(), idsBT, paddingRow.orElse(NONE), false, sparse)
                .to(ScalarType.Float);
    }

    /** The table {@code [V,D]} as it is stored. */
    public Tensor weight() {
        return weights.master(name + ".weight");
    }
}
