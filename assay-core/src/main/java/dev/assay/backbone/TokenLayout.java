package dev.assay.backbone;

import dev.assay.tokenization.PackedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a batch laid one after the other, row by row, without padding: every product of a decoder works on these
 * alone. A run is an unbroken stretch of one node in one row; a batch without nodes has one run a row.
 *
 * @param width columns of the batch
 * @param columns place of each of the T tokens in the batch, as row * width + column
 * @param runs in order; they cover the tokens
 */
record TokenLayout(int width, int[] columns, List<Run> runs) {
    TokenLayout {
        runs = List.copyOf(runs);
    }

    /**
     * @param start index of its first token
     * @param end index after its last token
     * @param path the earlier runs its tokens see, in order: those of its own node and of the node's ancestors
     */
    record Run(int start, int end, int[] path) {
        int length() {
            return end - start;
        }
    }

    /** The tokens that some response needs: a batch without nodes does not say where a row's padding begins. */
    static TokenLayout ofResponses(PackedBatch batch) {
        int[] lengths = new int[batch.rows()];
        for (int n = 0; n < batch.responses(); n++) {
            int row = batch.row()[n];
            lengths[row] = Math.max(lengths[row], batch.last()[n] + 1);
        }
        return of(batch, lengths);
    }

    /** All tokens; in a batch without nodes that is every column. */
    static TokenLayout ofAll(PackedBatch batch) {
        int[] lengths = new int[batch.rows()];
        Arrays.fill(lengths, batch.columns());
        return of(batch, lengths);
    }

    private static TokenLayout of(PackedBatch batch, int[] lengths) {
        int[] columns = new int[Math.multiplyExact(batch.rows(), batch.columns())];
        List<Run> runs = new ArrayList<>();
        int tokens = 0;
        for (int row = 0; row < lengths.length; row++) {
            int[] nodes = nodes(batch, row);
            List<Integer> nodeOfRun = new ArrayList<>();
            int first = runs.size();
            int column = 0;
            while (column < lengths[row]) {
                int node = nodes[column];
                int start = tokens;
                for (; column < lengths[row] && nodes[column] == node; column++) {
                    if (node >= 0) {
                        columns[tokens++] = row * batch.columns() + column;
                    }
                }
                if (node >= 0) {
                    runs.add(new Run(start, tokens, path(batch, node, nodeOfRun, first)));
                    nodeOfRun.add(node);
                }
            }
        }
        return new TokenLayout(batch.columns(), Arrays.copyOf(columns, tokens), runs);
    }

    private static int[] nodes(PackedBatch batch, int row) {
        int[][] nodes = batch.node();
        return nodes == null ? new int[batch.columns()] : nodes[row];
    }

    private static int[] path(PackedBatch batch, int node, List<Integer> nodeOfRun, int first) {
        List<Integer> path = new ArrayList<>();
        for (int earlier = 0; earlier < nodeOfRun.size(); earlier++) {
            int candidate = nodeOfRun.get(earlier);
            boolean above = candidate == node;
            for (int up = node; batch.branches() && up >= 0 && !above; up = batch.parent()[up]) {
                above = up == candidate;
            }
            if (above) {
                path.add(first + earlier);
            }
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Number of tokens T. */
    int tokens() {
        return columns.length;
    }

    /** One of the batch's tables at the tokens, {@code [1][T]}. */
    int[][] pick(int[][] tableBT) {
        int[] picked = new int[columns.length];
        for (int t = 0; t < picked.length; t++) {
            picked[t] = tableBT[columns[t] / width][columns[t] % width];
        }
        return new int[][] {picked};
    }

    /** Index of each response's last token, {@code [N]}. */
    int[] lastTokens(PackedBatch batch) {
        int[] last = new int[batch.responses()];
        for (int n = 0; n < last.length; n++) {
            last[n] = Arrays.binarySearch(columns, batch.row()[n] * width + batch.last()[n]);
        }
        return last;
    }

    /** The run a token lies in. */
    Run runOf(int token) {
        return runs.stream()
                .filter(run -> token >= run.start() && token < run.end())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("token " + token + " of " + tokens()));
    }
}
