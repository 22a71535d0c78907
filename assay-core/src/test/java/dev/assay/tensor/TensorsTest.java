package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class TensorsTest {
    @Test
    void arrays_come_back_as_they_went_in() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.toFloats(Tensors.floats(new float[] {1, -2, 0.5f, 4}, 2, 2)))
                    .containsExactly(1, -2, 0.5f, 4);
            assertThat(Tensors.toDoubles(Tensors.doubles(new double[] {1e-300, 3}, 2)))
                    .containsExactly(1e-300, 3);
            assertThat(Tensors.toFloats(Tensors.doubleZeros(0, 3))).isEmpty();
            assertThat(Tensors.toDoubles(Tensors.doubleZeros(0, 3))).isEmpty();
            Tensor ids = Tensors.longs(new int[][] {{1, 2, 3}, {4, 5, 6}});
            assertThat(Tensors.shape(ids)).containsExactly(2, 3);
            assertThat(Tensors.toDoubles(ids.transpose(0, 1))).containsExactly(1, 4, 2, 5, 3, 6);
        }
    }

    @Test
    void a_shape_that_does_not_fit_is_the_callers_bug() {
        assertThatThrownBy(() -> Tensors.floats(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values do not fill the shape [2, 3]");
        assertThatThrownBy(() -> Tensors.longs(new int[][] {{1}, {1, 2}})).hasMessageContaining("row 1 has 2 columns");
    }

    @Test
    void the_type_is_the_one_enum_object() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor half = Tensors.floats(new float[1], 1).to(ScalarType.BFloat16);
            assertThat(Tensors.type(half)).isSameAs(ScalarType.BFloat16);
        }
    }

    @Test
    void what_is_kept_outlives_its_scope_and_what_is_not_does_not() {
        Tensor kept;
        Tensor lost;
        try (TensorScope scope = TensorScope.open()) {
            lost = Tensors.floats(new float[] {7}, 1);
            kept = scope.keep(lost.add(lost));
        }
        assertThat(lost.isNull()).isTrue();
        assertThat(Tensors.scalar(kept)).isEqualTo(14);
        kept.close();
        assertThat(kept.isNull()).isTrue();
    }

    @Test
    void a_copied_gradient_survives_its_leaf() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor leaf = Tensors.floats(new float[] {3}, 1).set_requires_grad(true);
            assertThat(Tensors.gradient(leaf)).isNull();
            leaf.mul(leaf).sum().backward();
            Tensor gradient = Objects.requireNonNull(Tensors.gradient(leaf));
            Tensors.clearGradient(leaf);
            assertThat(Tensors.gradient(leaf)).isNull();
            leaf.close();
            assertThat(Tensors.scalar(gradient)).isEqualTo(6);
        }
    }

    @Test
    void a_native_failure_reads_without_its_stack() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor two = Tensors.floats(new float[2], 2);
            Tensor three = Tensors.floats(new float[3], 3);
            assertThatThrownBy(() -> two.add(three))
                    .satisfies(error -> assertThat(LibTorch.failure("adding", (RuntimeException) error))
                            .hasMessageStartingWith("adding: The size of tensor a (2) must match")
                            .hasMessageNotContaining("Exception raised from"));
        }
    }
}
