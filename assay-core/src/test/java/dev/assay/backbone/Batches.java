package dev.assay.backbone;

import dev.assay.tokenization.PackedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches built by hand, independent of the packer. */
public final class Batches {
    private Batches() {}

    /** One sequence a row, padded on the right with id 0. */
    public static PackedBatch padded(List<int[]> sequences) {
        int columns = sequences.stream().mapToInt(s -> s.length).max().orElse(0);
        int n = sequences.size();
        int[][] tokens = new int[n][];
        int[][] positions = new int[n][columns];
        int[] row = new int[n];
        int[] last = new int[n];
        for (int i = 0; i < n; i++) {
            tokens[i] = Arrays.copyOf(sequences.get(i), columns);
            Arrays.setAll(positions[i], c -> c);
            row[i] = i;
            last[i] = sequences.get(i).length - 1;
        }
        return batch(tokens, positions, null, new int[0], row, last);
    }

    /** All trees in one row: each prompt once, then its responses; {@code prompts[g]} tokens are shared by group g. */
    public static PackedBatch oneRow(List<List<int[]>> groups, int[] prompts) {
        List<int[]> cells = new ArrayList<>();
        List<Integer> parent = new ArrayList<>();
        List<Integer> last = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            int root = parent.size();
            parent.add(-1);
            append(cells, groups.get(g).getFirst(), 0, prompts[g], root);
            for (int[] sequence : groups.get(g)) {
                append(cells, sequence, prompts[g], sequence.length, parent.size());
                parent.add(root);
                last.add(cells.size() - 1);
            }
        }
        cells.add(new int[] {0, 0, -1}); // a padding token must disturb nobody
        int[][] rows = new int[3][cells.size()];
        for (int c = 0; c < cells.size(); c++) {
            for (int field = 0; field < 3; field++) {
                rows[field][c] = cells.get(c)[field];
            }
        }
        return batch(
                new int[][] {rows[0]},
                new int[][] {rows[1]},
                new int[][] {rows[2]},
                ints(parent),
                new int[last.size()],
                ints(last));
    }

    private static void append(List<int[]> cells, int[] sequence, int from, int to, int node) {
        for (int p = from; p < to; p++) {
            cells.add(new int[] {sequence[p], p, node});
        }
    }

    private static PackedBatch batch(
            int[][] tokens, int[][] positions, int @Nullable [][] node, int[] parent, int[] row, int[] last) {
        int n = row.length;
        int[] group = new int[n];
        int[] rank = new int[n];
        for (int i = 0; i < n; i++) {
            group[i] = i / 2;
            rank[i] = i % 2;
        }
        double[] label = new double[(n + 1) / 2];
        Arrays.fill(label, 1);
        return new PackedBatch(
                tokens,
                positions,
                node,
                parent,
                row,
                last,
                new int[n],
                new int[n],
                group,
                rank,
                label,
                new double[label.length]);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
