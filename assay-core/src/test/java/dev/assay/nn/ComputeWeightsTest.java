package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class ComputeWeightsTest {
    private static Parameters parameters() {
        Parameters parameters = new Parameters();
        parameters.put("w", Tensors.floats(new float[] {1, 2}, 2).set_requires_grad(true));
        return parameters;
    }

    @Test
    void the_master_itself_is_used_where_the_precision_is_the_same() {
        try (TensorScope scope = TensorScope.open();
                Parameters parameters = parameters();
                ComputeWeights weights = new ComputeWeights(parameters, Precision.FLOAT32)) {
            assertThat(weights.get("w")).isSameAs(parameters.get("w"));
        }
    }

    @Test
    void a_cast_serves_every_batch_until_the_master_is_written() {
        try (TensorScope scope = TensorScope.open();
                Parameters parameters = parameters();
                ComputeWeights weights = new ComputeWeights(parameters, Precision.BFLOAT16)) {
            Tensor first = weights.get("w");
            assertThat(Tensors.type(first)).isSameAs(ScalarType.BFloat16);
            assertThat(weights.get("w")).isSameAs(first);
            try (NoGradGuard unrecorded = new NoGradGuard()) {
                parameters.get("w").add_(Tensors.number(1));
            }
            assertThat(Tensors.toFloats(weights.get("w"))).containsExactly(2, 3);
        }
    }

    @Test
    void gradients_of_several_batches_add_up_in_the_master() {
        try (TensorScope scope = TensorScope.open();
                Parameters parameters = parameters();
                ComputeWeights weights = new ComputeWeights(parameters, Precision.BFLOAT16)) {
            for (int batch = 0; batch < 3; batch++) {
                weights.get("w").mul(Tensors.number(2)).sum().backward();
            }
            Tensor gradient = Objects.requireNonNull(Tensors.gradient(parameters.get("w")));
            assertThat(Tensors.type(gradient)).isSameAs(ScalarType.Float);
            assertThat(Tensors.toFloats(gradient)).containsExactly(6, 6);
        }
    }

    @Test
    void a_cast_made_without_recording_still_carries_gradients_later() {
        try (TensorScope scope = TensorScope.open();
                Parameters parameters = parameters();
                ComputeWeights weights = new ComputeWeights(parameters, Precision.BFLOAT16)) {
            try (NoGradGuard unrecorded = new NoGradGuard()) {
                weights.get("w");
            }
            weights.get("w").sum().backward();
            assertThat(Tensors.gradient(parameters.get("w"))).isNotNull();
        }
    }
}
