package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpperProductsTest {
    private final TensorScope scope = TensorScope.open();

    @AfterEach
    void free() {
        scope.close();
    }

    private static double[] random(int rows, int columns) {
        Random random = new Random(31L * rows + columns);
        return random.doubles((long) rows * columns, -1, 1).toArray();
    }

    /** Widths that end within a panel, at its end, and that leave columns to panels of their own. */
    @ParameterizedTest
    @CsvSource({"3, 2", "64, 63", "130, 128", "150, 140", "333, 200", "600, 590"})
    void sums_of_two_blocks_are_those_of_the_plain_loop(int columns, int width) {
        int rows = 5;
        double[] first = random(rows, columns);
        double[] second = random(rows + 2, columns);
        try (UpperProducts products = new UpperProducts(columns)) {
            products.add(Tensors.doubles(first, rows, columns));
            products.add(Tensors.doubles(second, rows + 2, columns));
            Tensor square = Tensors.doubleZeros(width, width);
            products.addTo(square);
            double[] sums = Tensors.toDoubles(square);
            for (int i = 0; i < width; i++) {
                for (int j = i; j < width; j++) {
                    assertThat(sums[i * width + j])
                            .isCloseTo(
                                    product(first, columns, i, j) + product(second, columns, i, j),
                                    within(Tolerances.DOUBLE_ALGEBRA));
                }
            }
            for (int column = width; column < columns; column++) {
                Tensor moments = Tensors.doubleZeros(width);
                products.addTo(moments, column);
                double[] found = Tensors.toDoubles(moments);
                for (int i = 0; i < width; i++) {
                    assertThat(found[i])
                            .isCloseTo(
                                    product(first, columns, i, column) + product(second, columns, i, column),
                                    within(Tolerances.DOUBLE_ALGEBRA));
                }
                assertThat(products.square(column))
                        .isCloseTo(
                                product(first, columns, column, column) + product(second, columns, column, column),
                                within(Tolerances.DOUBLE_ALGEBRA));
            }
        }
    }

    private static double product(double[] z, int columns, int i, int j) {
        double sum = 0;
        for (int row = 0; row < z.length; row += columns) {
            sum += z[row + i] * z[row + j];
        }
        return sum;
    }

    @Test
    void a_number_that_is_none_is_seen_in_whichever_panel_it_lands() {
        double[] rows = random(2, 300);
        rows[299] = Double.NaN;
        try (UpperProducts products = new UpperProducts(300)) {
            assertThat(products.finite()).isTrue();
            products.add(Tensors.doubles(rows, 2, 300));
            assertThat(products.finite()).isFalse();
        }
    }
}
