package dev.assay.backbone;

import dev.assay.tokenization.PackedBatch;
import java.util.Arrays;

/**
 * The last tokens of all responses, row by row, filled up to the same number P in each row (with column 0, which is
 * computed and not used).
 *
 * @param columns {@code [B][P]}
 * @param slots index of each response among the B*P places, {@code [N]}
 */
record ResponseColumns(int[][] columns, int[] slots) {
    static ResponseColumns of(PackedBatch batch) {
        int[] used = new int[batch.rows()];
        int[] place = new int[batch.responses()];
        for (int n = 0; n < place.length; n++) {
            place[n] = used[batch.row()[n]]++;
        }
        int perRow = Arrays.stream(used).max().orElse(0);
        int[][] columns = new int[batch.rows()][perRow];
        int[] slots = new int[place.length];
        for (int n = 0; n < place.length; n++) {
            columns[batch.row()[n]][place[n]] = batch.last()[n];
            slots[n] = batch.row()[n] * perRow + place[n];
        }
        return new ResponseColumns(columns, slots);
    }

    int perRow() {
        return columns.length == 0 ? 0 : columns[0].length;
    }

    /** Index of every place in the batch laid flat: row * T + column, {@code [B*P]}. */
    int[] flat(int width) {
        int perRow = perRow();
        int[] flat = new int[columns.length * perRow];
        for (int row = 0; row < columns.length; row++) {
            for (int p = 0; p < perRow; p++) {
                flat[row * perRow + p] = row * width + columns[row][p];
            }
        }
        return flat;
    }
}
