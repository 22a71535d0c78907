package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows in several tensors, against the same rows in one. */
class ShardedRowsTest {
    private static final int ROWS = 23;

    private final TensorScope scope = TensorScope.open();
    private final Tensor whole =
            Tensors.floats(new Random(1).doubles(ROWS * 2 * 3).toArray(), ROWS, 2, 3);
    private final ShardedRows one = ShardedRows.of(whole);
    private final ShardedRows several = ShardedRows.of(List.of(
            whole.narrow(0, 0, 0),
            whole.narrow(0, 0, 5),
            whole.narrow(0, 5, 1),
            whole.narrow(0, 6, 0),
            whole.narrow(0, 6, 10),
            whole.narrow(0, 16, 7)));

    @AfterEach
    void free() {
        scope.close();
    }

    private static void assertSame(Tensor some, Tensor others) {
        assertThat(Tensors.shape(some)).isEqualTo(Tensors.shape(others));
        assertThat(Tensors.toFloats(some)).isEqualTo(Tensors.toFloats(others));
    }

    @Test
    void shapes_are_those_of_all_rows() {
        for (ShardedRows rows : List.of(one, several)) {
            assertThat(rows.rows()).isEqualTo(ROWS);
            assertThat(rows.shape()).containsExactly(ROWS, 2, 3);
            assertThat(rows.width()).isEqualTo(3);
            assertThat(rows.bytes()).isEqualTo(ROWS * 6L * Float.BYTES);
            assertThat(rows.each(1).shape()).containsExactly(ROWS, 3);
        }
        assertSame(several.joined(), whole);
        assertSame(several.each(1).joined(), whole.select(1, 1));
    }

    @Test
    void every_stretch_of_rows_is_the_same() {
        for (int from = 0; from <= ROWS; from++) {
            for (int count = 0; count <= ROWS - from; count++) {
                assertSame(several.narrow(from, count), whole.narrow(0, from, count));
            }
        }
    }

    @Test
    void rows_are_gathered_in_the_order_they_are_named_and_as_often() {
        Random random = new Random(2);
        for (int size : new int[] {0, 1, 2, 7, 60}) {
            int[] rows = random.ints(size, 0, ROWS).toArray();
            assertSame(several.gather(rows), whole.index_select(0, Tensors.longs(rows)));
            assertSame(several.each(0).gather(rows), whole.select(1, 0).index_select(0, Tensors.longs(rows)));
        }
        int[] ofOnePart = {7, 6, 15, 7};
        assertSame(several.gather(ofOnePart), whole.index_select(0, Tensors.longs(ofOnePart)));
    }

    @Test
    void what_is_gathered_is_a_copy_and_a_stretch_of_one_part_is_not() {
        Tensor copy = several.gather(new int[] {6, 7});
        Tensor view = several.narrow(6, 2);
        float before = Tensors.toFloats(copy)[0];
        whole.narrow(0, 6, 1).fill_(Tensors.number(9));
        assertThat(Tensors.toFloats(copy)[0]).isEqualTo(before);
        assertThat(Tensors.toFloats(view)[0]).isEqualTo(9);
    }

    @Test
    void blocks_come_in_order_and_hold_all_rows() {
        List<Integer> starts = new ArrayList<>();
        several.forEach(4, (block, from) -> {
            starts.add(from);
            assertSame(block, whole.narrow(0, from, Math.min(4, ROWS - from)));
        });
        assertThat(starts)
                .containsExactlyElementsOf(IntStream.iterate(0, from -> from < ROWS, from -> from + 4)
                        .boxed()
                        .toList());
    }

    @Test
    void no_rows_at_all_are_a_shape_without_rows() {
        ShardedRows none = ShardedRows.of(List.of(whole.narrow(0, 0, 0), whole.narrow(0, 3, 0)));
        assertThat(none.shape()).containsExactly(0, 2, 3);
        assertThat(Tensors.shape(none.gather(new int[0]))).containsExactly(0, 2, 3);
        none.forEach(4, (block, from) -> assertThat(from).as("no block").isNegative());
    }

    @Test
    void parts_of_another_type_or_width_are_refused() {
        for (Tensor other : List.of(
                torch.zeros(2, 2, 4), torch.zeros(2, 3), torch.zeros(2, 2, 3).to(Precision.BFLOAT16.type()))) {
            assertThatThrownBy(() -> ShardedRows.of(List.of(whole, other)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[23, 2, 3]");
        }
    }
}
