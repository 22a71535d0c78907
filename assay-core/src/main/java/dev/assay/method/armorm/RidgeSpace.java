package dev.assay.method.armorm;

import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Room for the large matrices of one fit, {@code [D,D]} in double each, in the current scope. They are made once: made anew for each
 * system they would not always fit into what the last one left, and the process would grow by one after the other.
 *
 * @param gram of the system that is solved
 * @param workers room of each thread that solves it
 */
record RidgeSpace(Tensor gram, List<Worker> workers) {
    /**
     * Room of one thread.
     *
     * @param factor of one penalty
     * @param inverse of that factor
     */
    record Worker(Tensor factor, Tensor inverse) {}

    /** For features of the given width. */
    static RidgeSpace of(int width) {
        return new RidgeSpace(
                square(width),
                IntStream.range(0, SideBySide.width())
                        .mapToObj(worker -> new Worker(square(width), square(width)))
                        .toList());
    }

    private static Tensor square(int width) {
        return Tensors.doubleZeros(width, width);
    }
}
