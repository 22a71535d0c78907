package dev.assay.method.more;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.testing.Tolerances;
import dev.assay.training.GradientReach;
import dev.assay.training.SourceStatistics;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
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
        return SourceStatistics.ofHead(sources, losses, gradients, gradients.length);
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
    void opposite_gradients_of_any_lengths_weigh_by_the_length_of_the_other_and_cancel() {
        double[] direction = {0.3, -1.2, 0.7};
        for (double ratio : new double[] {1e-3, 0.5, 1, 8, 1e4}) {
            double[] lambda = plain().weigh(statistics(direction, times(direction, -ratio)))
                    .lambda();
            assertThat(lambda)
                    .containsExactly(
                            new double[] {ratio / (1 + ratio), 1 / (1 + ratio)}, within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @Test
    void with_identical_sources_no_weights_are_better_than_uniform_ones() {
        for (int k = 2; k <= 7; k++) {
            double[][] same = new double[k][];
            Arrays.fill(same, new double[] {0.1, -2, 3});
            double[] lambda = plain().weigh(statistics(same)).lambda();
            double[] uniform = new double[k];
            Arrays.fill(uniform, 1.0 / k);
            double best = squaredNorm(same, uniform);
            assertThat(squaredNorm(same, lambda)).isCloseTo(best, within(Tolerances.DOUBLE_ALGEBRA * best));
            assertThat(Arrays.stream(lambda).sum()).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    private static double squaredNorm(double[][] vectors, double[] weights) {
        double sum = 0;
        for (int d = 0; d < vectors[0].length; d++) {
            double at = 0;
            for (int i = 0; i < vectors.length; i++) {
                at += weights[i] * vectors[i][d];
            }
            sum += at * at;
        }
        return sum;
    }

    @Test
    void no_weights_on_a_grid_give_a_shorter_gradient_than_those_solved_for() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 50; trial++) {
            double[][] gradients = random(random, 3, 4);
            double shortest =
                    squaredNorm(gradients, plain().weigh(statistics(gradients)).lambda());
            for (int i = 0; i <= 20; i++) {
                for (int j = 0; j <= 20 - i; j++) {
                    double[] weights = {i / 20.0, j / 20.0, (20 - i - j) / 20.0};
                    assertThat(shortest)
                            .isLessThanOrEqualTo(squaredNorm(gradients, weights) + Tolerances.DOUBLE_ALGEBRA);
                }
            }
        }
    }

    private static double[][] random(SplittableRandom random, int k, int width) {
        double[][] gradients = new double[k][width];
        for (double[] gradient : gradients) {
            Arrays.setAll(gradient, d -> random.nextGaussian() + 0.3);
        }
        return gradients;
    }

    @Test
    void permuting_and_scaling_random_sources_permutes_and_keeps_the_weights() {
        SplittableRandom random = new SplittableRandom(6);
        for (int trial = 0; trial < 100; trial++) {
            double[][] gradients = random(random, 5, 8);
            double[] lambda = plain().weigh(statistics(gradients)).lambda();
            double[][] turned = {gradients[3], gradients[0], gradients[4], gradients[2], gradients[1]};
            assertThat(plain().weigh(statistics(turned)).lambda())
                    .containsExactly(
                            new double[] {lambda[3], lambda[0], lambda[4], lambda[2], lambda[1]},
                            within(Tolerances.SOLVER));
            double[][] doubled = Arrays.stream(gradients).map(g -> times(g, 4)).toArray(double[][]::new);
            assertThat(plain().weigh(statistics(doubled)).lambda()).containsExactly(lambda);
            double[][] longer =
                    Arrays.stream(gradients).map(g -> times(g, 1234.5)).toArray(double[][]::new);
            assertThat(plain().weigh(statistics(longer)).lambda())
                    .containsExactly(lambda, within(Tolerances.DOUBLE_ALGEBRA));
        }
    }

    @Test
    void products_over_more_than_the_head_are_weighed_in_its_place() {
        MinNormWeighting all = new MinNormWeighting(0, GradientNormalization.NONE, GradientReach.ALL, true);
        SourceStatistics wide = new SourceStatistics(
                new int[] {0, 1},
                new double[] {1, 1},
                new double[][] {{1, 0}, {-1, 0}},
                new double[][] {{1, 0}, {0, 3}},
                2);
        assertThat(all.reach()).isEqualTo(GradientReach.ALL);
        assertThat(new MinNormWeighting(0, GradientNormalization.NONE, GradientReach.HEAD, false)
                        .weigh(wide)
                        .scale())
                .isEqualTo(1);
        assertThat(all.weigh(wide).scale()).isEqualTo(2);
        assertThat(all.weigh(wide).lambda())
                .containsExactly(new double[] {0.75, 0.25}, within(Tolerances.DOUBLE_ALGEBRA));
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
        weighting.weigh(SourceStatistics.ofHead(new int[] {1}, new double[] {1}, new double[][] {{-3, 0}}, 2));

        assertThat(weighting.state().get("0")).containsExactly(1, 0);
        assertThat(weighting.state().get("1")).containsExactly(-2, 0);
    }

    @Test
    void the_step_of_normalised_gradients_lessens_every_loss_at_one_rate() {
        double[] a = {1, 0.2};
        double[] b = {-10, 30};
        for (GradientNormalization normalization : GradientNormalization.values()) {
            double[] lambda = new MinNormWeighting(0, normalization)
                    .weigh(SourceStatistics.ofHead(new int[] {0, 1}, new double[] {0.7, 0.3}, new double[][] {a, b}, 2))
                    .lambda();
            double[] step = {lambda[0] * a[0] + lambda[1] * b[0], lambda[0] * a[1] + lambda[1] * b[1]};
            double alongA = (step[0] * a[0] + step[1] * a[1]) / normalization.divisor(Math.hypot(a[0], a[1]), 0.7);
            double alongB = (step[0] * b[0] + step[1] * b[1]) / normalization.divisor(Math.hypot(b[0], b[1]), 0.3);

            assertThat(lambda[0] + lambda[1]).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(alongA).isPositive().isCloseTo(alongB, within(Tolerances.SOLVER));
        }
    }

    @Test
    void normalised_gradients_of_any_length_have_an_equal_part_in_the_step() {
        MinNormWeighting l2 = new MinNormWeighting(0, GradientNormalization.L2);
        double[] lambda =
                l2.weigh(statistics(new double[] {1, 0}, new double[] {0, 100})).lambda();

        assertThat(lambda).containsExactly(new double[] {100.0 / 101, 1.0 / 101}, within(Tolerances.DOUBLE_ALGEBRA));
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
