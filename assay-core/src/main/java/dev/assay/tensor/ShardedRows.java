package dev.assay.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * N rows {@code [N, ...]} that lie in several tensors, one after the other: the states of mapped files, which may be larger than the
 * memory, so that they are not joined but read where they lie, some rows at a time. Whoever reads the same rows gets the same bits,
 * in how many tensors they may lie. The tensors stay their owner's and are read-only.
 */
public final class ShardedRows {
    private final List<Tensor> parts;
    /** The first row of each part, then N. */
    private final long[] starts;

    private ShardedRows(List<Tensor> parts) {
        this.parts = parts;
        this.starts = new long[parts.size() + 1];
        for (int p = 0; p < parts.size(); p++) {
            starts[p + 1] = starts[p] + parts.get(p).size(0);
        }
    }

    /** All rows in one tensor of at least one dimension. */
    public static ShardedRows of(Tensor rows) {
        return of(List.of(rows));
    }

    /** The rows of all parts in order; parts are of one type and differ in their rows alone, of which some may have none. */
    public static ShardedRows of(List<Tensor> parts) {
        Tensor first = parts.getFirst();
        for (Tensor part : parts) {
            if (!Arrays.equals(rest(part), rest(first)) || Tensors.type(part) != Tensors.type(first)) {
                throw new IllegalArgumentException(
                        "parts of " + Tensors.type(first) + " " + Arrays.toString(Tensors.shape(first)) + " and "
                                + Tensors.type(part) + " " + Arrays.toString(Tensors.shape(part)));
            }
        }
        List<Tensor> filled = parts.stream().filter(part -> part.size(0) > 0).toList();
        return new ShardedRows(filled.isEmpty() ? List.of(first) : filled);
    }

    private static long[] rest(Tensor part) {
        long[] shape = Tensors.shape(part);
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    /** N. */
    public long rows() {
        return starts[parts.size()];
    }

    /** Sizes of all dimensions, N the first. */
    public long[] shape() {
        long[] shape = Tensors.shape(parts.getFirst());
        shape[0] = rows();
        return shape;
    }

    /** The size of the last dimension. */
    public int width() {
        return Math.toIntExact(parts.getFirst().size(-1));
    }

    /** What all rows take. */
    public long bytes() {
        return parts.stream()
                .mapToLong(part -> part.numel() * part.element_size())
                .sum();
    }

    /** Of rows {@code [N,M,...]} the m-th of each, {@code [N,...]}, as views in the current scope. */
    public ShardedRows each(long m) {
        return new ShardedRows(parts.stream().map(part -> part.select(1, m)).toList());
    }

    /** Rows that follow one another, in the current scope: a view where they lie in one tensor, else a copy. */
    public Tensor narrow(long from, long count) {
        int first = part(from);
        List<Tensor> pieces = new ArrayList<>();
        long row = from;
        for (int p = first; p < parts.size() && (row < from + count || pieces.isEmpty()); p++) {
            long some = Math.min(from + count, starts[p + 1]) - row;
            pieces.add(parts.get(p).narrow(0, row - starts[p], some));
            row += some;
        }
        return joined(pieces);
    }

    /** Rows in the order they are named, some perhaps twice, as a copy in the current scope. */
    public Tensor gather(int[] rows) {
        int first = rows.length == 0 ? 0 : part(rows[0]);
        if (Arrays.stream(rows).allMatch(row -> part(row) == first)) {
            return pick(first, rows);
        }
        int[][] places = places(rows);
        long[] shape = shape();
        shape[0] = rows.length;
        Tensor selected = parts.getFirst().new_empty(shape);
        try (TensorScope scope = TensorScope.open()) {
            for (int p = 0; p < places.length; p++) {
                if (places[p].length > 0) {
                    int[] named = Arrays.stream(places[p]).map(at -> rows[at]).toArray();
                    selected.index_copy_(0, Tensors.longs(places[p]), pick(p, named));
                }
            }
        }
        return selected;
    }

    private Tensor pick(int part, int[] rows) {
        long start = starts[part];
        int[] own = Arrays.stream(rows).map(row -> Math.toIntExact(row - start)).toArray();
        return parts.get(part).index_select(0, Tensors.longs(own));
    }

    /** For each part the places of its rows among those named. */
    private int[][] places(int[] rows) {
        int[] part = Arrays.stream(rows).map(this::part).toArray();
        int[][] places = new int[parts.size()][];
        int[] counts = new int[parts.size()];
        Arrays.stream(part).forEach(p -> counts[p]++);
        Arrays.setAll(places, p -> new int[counts[p]]);
        for (int at = rows.length - 1; at >= 0; at--) {
            places[part[at]][--counts[part[at]]] = at;
        }
        return places;
    }

    /** The part a row lies in. */
    private int part(long row) {
        int found = Arrays.binarySearch(starts, 0, parts.size(), row);
        return found >= 0 ? found : -found - 2;
    }

    /** All rows in one tensor, in the current scope; a copy of them all where there are several. */
    public Tensor joined() {
        return joined(parts);
    }

    private static Tensor joined(List<Tensor> pieces) {
        return pieces.size() == 1 ? pieces.getFirst() : torch.cat(new TensorVector(pieces.toArray(Tensor[]::new)), 0);
    }

    /** Takes rows that follow one another. */
    @FunctionalInterface
    public interface Block {
        /**
         * @param rows {@code [m, ...]}; valid during the call
         * @param from the number of the first
         */
        void read(Tensor rows, int from);
    }

    /** Hands all rows over in order, at most so many at a time. */
    public void forEach(int most, Block block) {
        for (long from = 0; from < rows(); from += most) {
            try (TensorScope scope = TensorScope.open()) {
                block.read(narrow(from, Math.min(most, rows() - from)), Math.toIntExact(from));
            }
        }
    }
}
