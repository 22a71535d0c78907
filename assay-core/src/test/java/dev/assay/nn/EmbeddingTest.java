package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Objects;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Tables large enough for gradients that have only the rows looked up. */
class EmbeddingTest {
    private static final int WIDTH = 16;
    private static final int ROWS = (int) (Embedding.LARGE / WIDTH);
    /** Rows that are met twice, within a batch and between batches. */
    private static final int[][] BATCHES = {{3, 0, 3, ROWS - 1}, {3, 7}};

    private static Parameters table(int rows) {
        Parameters parameters = new Parameters();
        parameters.put("e.weight", torch.zeros(rows, WIDTH).set_requires_grad(true));
        return parameters;
    }

    private static Tensor loss(Tensor rows) {
        return torch.arange(Tensors.number(rows.numel()))
                .view(rows.shape())
                .mul(rows)
                .sum();
    }

    /** The gradient of both batches, looked up by the embedding. */
    private static Tensor gradient(Parameters table, OptionalInt padding) {
        try (ComputeWeights weights = new ComputeWeights(table, Precision.FLOAT32)) {
            Embedding embedding = new Embedding(weights, "e", padding);
            for (int[] batch : BATCHES) {
                loss(embedding.apply(Tensors.longs(batch).view(1, -1))).backward();
            }
        }
        return table.get("e.weight");
    }

    @Test
    void the_gradient_of_a_large_table_is_that_of_a_selection_of_its_rows() {
        try (TensorScope scope = TensorScope.open();
                Parameters table = table(ROWS);
                Parameters other = table(ROWS)) {
            Tensor leaf = gradient(table, OptionalInt.empty());
            assertThat(leaf.grad().is_sparse()).isTrue();
            for (int[] batch : BATCHES) {
                loss(other.get("e.weight").index_select(0, Tensors.longs(batch)).unsqueeze(0))
                        .backward();
            }
            Tensor dense = Objects.requireNonNull(Tensors.gradient(leaf));
            assertThat(dense.is_sparse()).isFalse();
            assertThat(dense.equal(other.get("e.weight").grad())).isTrue();
            assertThat(leaf.grad().is_sparse()).as("from then on").isFalse();
        }
    }

    @Test
    void a_row_of_padding_learns_nothing() {
        try (TensorScope scope = TensorScope.open();
                Parameters table = table(ROWS)) {
            Tensor gradient = Objects.requireNonNull(Tensors.gradient(gradient(table, OptionalInt.of(3))));
            assertThat(Tensors.toFloats(gradient.select(0, 3))).containsOnly(0);
            assertThat(Tensors.toFloats(gradient.select(0, 7))).doesNotContain(0);
        }
    }

    @Test
    void a_small_table_has_a_dense_gradient() {
        try (TensorScope scope = TensorScope.open();
                Parameters table = table(ROWS - 1)) {
            try (ComputeWeights weights = new ComputeWeights(table, Precision.FLOAT32)) {
                loss(new Embedding(weights, "e", OptionalInt.empty()).apply(Tensors.longs(1, 2)))
                        .backward();
            }
            assertThat(table.get("e.weight").grad().is_sparse()).isFalse();
        }
    }

    @Test
    void sparse_and_dense_gradients_add_up_in_any_order() {
        try (TensorScope scope = TensorScope.open();
                Parameters table = table(ROWS);
                Parameters other = table(ROWS)) {
            Tensor leaf = gradient(table, OptionalInt.empty());
            Tensor sparse = Objects.requireNonNull(Tensors.gradientAsIs(leaf));
            Tensor dense = torch.ones_like(leaf.detach());
            Tensor expected = dense.add(sparse.to_dense()).add(sparse.to_dense());
            for (Tensor[] order :
                    new Tensor[][] {{sparse, dense, sparse}, {dense, sparse, sparse}, {sparse, sparse, dense}}) {
                Tensors.clearGradient(other.get("e.weight"));
                for (Tensor part : order) {
                    Tensors.addToGradient(other.get("e.weight"), part.clone());
                }
                assertThat(Objects.requireNonNull(Tensors.gradient(other.get("e.weight")))
                                .equal(expected))
                        .isTrue();
            }
        }
    }
}
