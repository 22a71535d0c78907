package dev.assay.method.more;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.testing.Tolerances;
import dev.assay.training.SourceStatistics;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinNormWeightingTest {
    private static MinNormWeighting plain() {
        return new MinNormWeighting(0, GradientNormalization.NONE);
    }

    private static SourceStatistics statistics(double[]... gradients) {
        int[] sources = new int[gradients.length];
        double[] losses = new double[gradients.length];
        for (int i = 0; i < gradients.length; i++) {
            sources[i] = i;
            losses[i] = 0.5 + i;
        }
        return new SourceStatistics(sources, losses, gradients, gradients.length);
    }

    @Test
    void opposite_gradients_have_the_closed_form_and_cancel() {
        assertThat(plain().weigh(statistics(new double[] {1, 0}, new double[] {-3, 0}))
                        .lambda())
                .containsExactly(new double[] {0.75, 0.25}, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void one_source_has_all_the_weight_and_the_scale_is_the_number_of_sources() {
        assertThat(plain().weigh(statistics(new double[] {2, 1})).lambda()).containsExactly(1);
        assertThat(plain().weigh(statistics(new double[] {1, 0}, new double[] {0, 1}))
                        .scale())
                .isEqualTo(2);
    }

    @Test
    void permuting_sources_permutes_the_weights_and_scaling_all_gradients_changes_nothing() {
        double[] a = {1, 2, 0};
        double[] b = {-1, 1, 1};
        double[] c = {0.5, -2, 1};
        double[] lambda = plain().weigh(statistics(a, b, c)).lambda();

        assertThat(plain().weigh(statistics(b, c, a)).lambda())
                .containsExactly(new double[] {lambda[1], lambda[2], lambda[0]}, within(Tolerances.SOLVER));
        assertThat(plain().weigh(statistics(times(a, 1e-7), times(b, 1e-7), times(c, 1e-7)))
                        .lambda())
                .containsExactly(lambda, within(Tolerances.SOLVER));
    }

    private static double[] times(double[] vector, double factor) {
        return Arrays.stream(vector).map(v -> v * factor).toArray();
    }

    @Test
    void identical_sources_make_every_weighting_the_same_update() {
        double[] lambda = plain().weigh(statistics(new double[] {1, 2}, new double[] {1, 2}))
                .lambda();

        assertThat(lambda[0] + lambda[1]).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void momentum_starts_at_the_first_gradient_and_survives_saving() {
        MinNormWeighting weighting = new MinNormWeighting(0.5, GradientNormalization.NONE);
        assertThat(weighting
                        .weigh(statistics(new double[] {1, 0}, new double[] {-1, 0}))
                        .lambda())
                .containsExactly(0.5, 0.5);
        MinNormWeighting resumed = new MinNormWeighting(0.5, GradientNormalization.NONE);
        resumed.restore(weighting.state());
        SourceStatistics next = statistics(new double[] {3, 0}, new double[] {-1, 0});

        assertThat(weighting.weigh(next).lambda())
                .containsExactly(new double[] {1.0 / 3, 2.0 / 3}, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(resumed.weigh(next).lambda())
                .containsExactly(new double[] {1.0 / 3, 2.0 / 3}, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_source_that_is_absent_keeps_its_memory() {
        MinNormWeighting weighting = new MinNormWeighting(0.5, GradientNormalization.NONE);
        weighting.weigh(statistics(new double[] {1, 0}, new double[] {-1, 0}));
        weighting.weigh(new SourceStatistics(new int[] {1}, new double[] {1}, new double[][] {{-3, 0}}, 2));

        assertThat(weighting.state().get("0")).containsExactly(1, 0);
        assertThat(weighting.state().get("1")).containsExactly(-2, 0);
    }

    @Test
    void normalised_gradients_of_any_length_weigh_alike() {
        MinNormWeighting l2 = new MinNormWeighting(0, GradientNormalization.L2);
        assertThat(l2.weigh(statistics(new double[] {1, 0}, new double[] {0, 100}))
                        .lambda())
                .containsExactly(new double[] {0.5, 0.5}, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(GradientNormalization.LOSS_PLUS.divisor(4, 0.5)).isEqualTo(2);
        assertThat(GradientNormalization.LOSS.divisor(4, 0)).isEqualTo(1);
    }

    @Test
    void static_weights_are_those_of_min_norm_on_orthogonal_gradients_of_one_length() {
        double[] min = plain().weigh(statistics(new double[] {1, 0}, new double[] {0, 1}))
                .lambda();
        double[] fixed = new StaticWeighting(StaticWeighting.Kind.UNIFORM)
                .fixed(new int[] {0, 1}, new int[] {8, 8})
                .orElseThrow()
                .lambda();

        assertThat(min).containsExactly(fixed, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_momentum_outside_its_range_is_refused() {
        assertThatThrownBy(() -> new MinNormWeighting(1, GradientNormalization.NONE))
                .hasMessageContaining("momentum 1");
        assertThat(plain().state()).isEqualTo(Map.of());
    }
}
