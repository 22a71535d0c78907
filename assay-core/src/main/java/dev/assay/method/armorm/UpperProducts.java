package dev.assay.method.armorm;

import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The sum of products {@code Z'Z} of blocks of rows, {@code [C,C]} in double, of which only the upper half is computed and kept: a
 * staircase of panels, each from its own first column to the last. A little more than half of the whole matrix.
 */
final class UpperProducts implements AutoCloseable {
    private static final int LEAST_PANELS = 8;
    private static final int MOST_PANELS = 16;
    private static final int NARROWEST = 64;

    private final Parameters panels = new Parameters();
    private final int columns;
    private final int height;

    /** Zeros. */
    UpperProducts(int columns) {
        this.columns = columns;
        int count = Math.clamp(2L * SideBySide.width(), LEAST_PANELS, MOST_PANELS);
        this.height = Math.max(NARROWEST, Math.ceilDiv(columns, count));
        try (TensorScope scope = TensorScope.open()) {
            for (int left = 0; left < columns; left += height) {
                panels.put(name(left), Tensors.doubleZeros(Math.min(height, columns - left), columns - left));
            }
        }
    }

    /** What so many columns take, within a tenth. */
    static long bytes(int columns) {
        return (long) columns * columns * (Double.BYTES / 2);
    }

    private static String name(int left) {
        return "panel." + left;
    }

    /**
     * Adds {@code z'z}; the largest products first so that the threads end together.
     *
     * @param z {@code [m,C]} in double
     */
    void add(Tensor z) {
        List<Runnable> products = new ArrayList<>();
        for (int left = 0; left < columns; left += height) {
            int first = left;
            Tensor panel = panels.get(name(left));
            products.add(() -> panel.addmm_(z.narrow(1, first, panel.size(0)).t(), z.narrow(1, first, panel.size(1))));
        }
        SideBySide.run(products);
    }

    /** Adds the upper half of the first columns' products to a matrix {@code [w,w]}; some of what lies below is written too. */
    void addTo(Tensor square) {
        long width = square.size(0);
        for (int left = 0; left < width; left += height) {
            Tensor panel = panels.get(name(left));
            long rows = Math.min(panel.size(0), width - left);
            square.narrow(0, left, rows)
                    .narrow(1, left, width - left)
                    .add_(panel.narrow(0, 0, rows).narrow(1, 0, width - left));
        }
    }

    /** Adds the products of one column with each of the first w to {@code [w]}; none of them comes after it. */
    void addTo(Tensor products, long column) {
        long width = products.size(0);
        for (int left = 0; left < width; left += height) {
            Tensor panel = panels.get(name(left));
            long rows = Math.min(panel.size(0), width - left);
            products.narrow(0, left, rows).add_(panel.select(1, column - left).narrow(0, 0, rows));
        }
    }

    /** The sum of a column's squares. */
    double square(int column) {
        Tensor panel = panels.get(name(column - column % height));
        return Tensors.scalar(panel.select(0, column % height).select(0, column % height));
    }

    /** Whether all sums are finite. */
    boolean finite() {
        return panels.view().values().stream()
                .allMatch(panel -> Tensors.scalar(panel.isfinite().all()) != 0);
    }

    @Override
    public void close() {
        panels.close();
    }
}
