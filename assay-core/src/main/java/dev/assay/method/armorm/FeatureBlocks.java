package dev.assay.method.armorm;

import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Reads chosen rows of stored features block by block, in double and shifted, so that few of them are in memory at once. */
final class FeatureBlocks {
    private static final int LARGEST = 4096;
    /** Numbers of one block: 8 MB in double, enough for products to run at full speed. */
    private static final int NUMBERS = 1 << 20;

    private final ShardedRows features;
    private final Tensor shift;
    private final int size;

    /**
     * @param features {@code [N,D]}
     * @param shift {@code [D]} in double, subtracted from every row
     */
    FeatureBlocks(ShardedRows features, Tensor shift) {
        this.features = features;
        this.shift = shift;
        this.size = Math.clamp(NUMBERS / Math.max(1, features.width()), 64, LARGEST);
    }

    /** Rows of the largest block. */
    int size() {
        return size;
    }

    /** Takes one block. */
    interface Reader {
        /**
         * @param block {@code [m,D]} in double; valid during the call
         * @param rows the m rows
         */
        void read(Tensor block, int[] rows);
    }

    /** Hands all chosen rows over, at most {@link #size} at a time. */
    void forEach(int[] rows, Reader reader) {
        try (TensorScope scope = TensorScope.open()) {
            forEach(rows, Tensors.doubleZeros(Math.min(size, rows.length), features.width()), reader);
        }
    }

    /** The same, each block written to the head of the given {@code [>= m, D]}. */
    void forEach(int[] rows, Tensor target, Reader reader) {
        for (int from = 0; from < rows.length; from += size) {
            int[] part = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size));
            try (TensorScope scope = TensorScope.open()) {
                Tensor block = target.narrow(0, 0, part.length);
                block.copy_(features.gather(part)).sub_(shift);
                reader.read(block, part);
            }
        }
    }
}
