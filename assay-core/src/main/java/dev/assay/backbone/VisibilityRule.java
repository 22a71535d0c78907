package dev.assay.backbone;

import dev.assay.nn.Visibility;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackedBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which token sees which, as a mask: token i sees token j of its row when j &lt;= i, j's node is i's node or an ancestor
 * of it, and, under a sliding window, fewer than its size positions lie between. A padding token sees itself alone.
 */
final class VisibilityRule {
    private final PackedBatch batch;
    private final int window;
    private final boolean[][] ancestry;

    /** The rule of a batch under a window; {@link Integer#MAX_VALUE} for none. */
    VisibilityRule(PackedBatch batch, int window) {
        this.batch = batch;
        this.window = window;
        this.ancestry = ancestry(batch.parent());
    }

    /** Whether the causal rule alone says the same. */
    boolean causal() {
        return !batch.branches() && window >= batch.columns();
    }

    /** The mask {@code [B,1,Q,T]} of some columns of each row. */
    Visibility mask(int[][] queryColumns, Precision precision) {
        int rows = batch.rows();
        int columns = batch.columns();
        int queries = rows == 0 ? 0 : queryColumns[0].length;
        float[] flat = new float[Math.multiplyExact(rows, Math.multiplyExact(queries, columns))];
        Arrays.fill(flat, Visibility.HIDDEN);
        for (int row = 0; row < rows; row++) {
            for (int query = 0; query < queries; query++) {
                show(row, queryColumns[row][query], flat, (row * queries + query) * columns);
            }
        }
        return new Visibility(Tensors.floats(flat, rows, 1, queries, columns).to(precision.type()));
    }

    private void show(int row, int column, float[] flat, int offset) {
        int[] positions = batch.positions()[row];
        int @Nullable [] nodes = batch.node() == null ? null : batch.node()[row];
        boolean[] seen = nodes == null || nodes[column] < 0 ? null : ancestry[nodes[column]];
        for (int j = 0; j <= column; j++) {
            boolean path = nodes == null || j == column || (seen != null && nodes[j] >= 0 && seen[nodes[j]]);
            if (path && positions[column] - positions[j] < window) {
                flat[offset + j] = 0;
            }
        }
    }

    /** For each node, whether each other one is it or an ancestor of it. */
    private static boolean[][] ancestry(int[] parent) {
        boolean[][] above = new boolean[parent.length][parent.length];
        for (int node = 0; node < parent.length; node++) {
            for (int up = node; up >= 0; up = parent[up]) {
                above[node][up] = true;
            }
        }
        return above;
    }
}
