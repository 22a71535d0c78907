package dev.assay.network;

import dev.assay.tokenization.PackedBatch;
import java.util.Arrays;

/** The simplest batch: one sequence, alone in its row. What every other way of batching must agree with. */
final class OneSequence {
    private OneSequence() {}

    static PackedBatch batch(int[] tokens) {
        int[] positions = new int[tokens.length];
        Arrays.setAll(positions, i -> i);
        return new PackedBatch(
                new int[][] {tokens},
                new int[][] {positions},
                null,
                new int[0],
                new int[1],
                new int[] {tokens.length - 1},
                new int[1],
                new int[1],
                new int[1],
                new int[1],
                new double[] {1},
                new double[1]);
    }
}
