package dev.assay.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatingHeadTest {
    private static final GatingHead.Shape SHAPE = new GatingHead.Shape(6, 5, 16, 3);

    private final TensorScope scope = TensorScope.open();

    @AfterEach
    void free() {
        scope.close();
    }

    private static Tensor states(int... shape) {
        Random random = new Random(2);
        int numbers = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        double[] values = IntStream.range(0, numbers)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        return Tensors.floats(values, IntStream.of(shape).asLongStream().toArray());
    }

    @Test
    void the_weights_of_every_single_row_sum_to_1_also_when_two_responses_are_stacked() {
        Tensor prompts = states(7, 2, 6);
        try (GatingHead gate = GatingHead.random(SHAPE, 100, 1, 3)) {
            double[] sums = Tensors.toDoubles(gate.mixture(prompts).sum(-1));
            assertThat(sums).hasSize(14).containsOnly(new double[] {1}, within(Tolerances.FLOAT32_OP));
            double[] scaled = Tensors.toDoubles(gate.coefficients(prompts).sum(-1));
            assertThat(scaled).containsOnly(new double[] {100}, within(100 * Tolerances.FLOAT32_OP));
            // Equal prompts of a pair have equal weights, and not one half each.
            Tensor same = prompts.select(1, 0).unsqueeze(1).expand(7, 2, 6);
            double[] alike = Tensors.toDoubles(gate.mixture(same).select(1, 0));
            assertThat(alike).isEqualTo(Tensors.toDoubles(gate.mixture(same).select(1, 1)));
            assertThat(IntStream.range(0, 5).mapToDouble(k -> alike[k])).anyMatch(w -> Math.abs(w - 0.5) > 0.1);
        }
    }

    @Test
    void a_high_temperature_evens_the_weights_out() {
        Tensor prompts = states(4, 6);
        try (GatingHead warm = GatingHead.random(SHAPE, 1, 1e6, 3)) {
            assertThat(Tensors.toDoubles(warm.mixture(prompts)))
                    .containsOnly(new double[] {0.2}, within(Tolerances.FLOAT32_OP));
        }
    }

    @Test
    void dropout_follows_its_seed_and_is_off_unless_asked_for() {
        Tensor prompts = states(4, 6);
        try (GatingHead gate = GatingHead.random(SHAPE, 1, 0.1, 3)) {
            double[] plain = Tensors.toDoubles(gate.coefficients(prompts));
            double[] once = Tensors.toDoubles(gate.coefficients(prompts, new GatingHead.Dropout(0.5, 1)));
            assertThat(Tensors.toDoubles(gate.coefficients(prompts))).isEqualTo(plain);
            assertThat(Tensors.toDoubles(gate.coefficients(prompts, new GatingHead.Dropout(0.5, 1))))
                    .isEqualTo(once);
            assertThat(once).isNotEqualTo(plain);
            assertThat(Tensors.toDoubles(gate.coefficients(prompts, new GatingHead.Dropout(0.5, 2))))
                    .isNotEqualTo(once);
        }
    }

    @Test
    void a_gate_has_the_sizes_it_was_made_with_and_the_published_names() {
        try (GatingHead gate = GatingHead.random(SHAPE, 100, 10, 3)) {
            assertThat(gate.width()).isEqualTo(6);
            assertThat(gate.objectives()).isEqualTo(5);
            assertThat(gate.scale()).isEqualTo(100);
            assertThat(gate.parameters().names())
                    .startsWith("gating.logit_scale", "gating.layers.0.weight", "gating.layers.0.bias")
                    .endsWith("gating.layers.3.weight", "gating.layers.3.bias")
                    .hasSize(9);
        }
    }

    @Test
    void tensors_that_are_missing_or_do_not_fit_are_named() {
        Parameters bare = new Parameters();
        assertThatThrownBy(() -> new GatingHead(bare, 1)).hasMessageContaining("lacks the tensor gating.logit_scale");
        bare.put("gating.logit_scale", torch.ones(1));
        assertThatThrownBy(() -> new GatingHead(bare, 1)).hasMessageContaining("no gating.layers.0.weight");
        bare.put("gating.layers.0.weight", torch.ones(3, 6));
        bare.put("gating.layers.0.bias", torch.ones(4));
        assertThatThrownBy(() -> new GatingHead(bare, 1)).hasMessageContaining("gating.layers.0.bias is [4], not [3]");
        bare.close();
        try (GatingHead gate = GatingHead.random(SHAPE, 100, 10, 3)) {
            assertThatThrownBy(() -> gate.mixture(states(2, 8)))
                    .hasMessageContaining("8 wide")
                    .hasMessageContaining("trained on 6");
        }
    }
}
