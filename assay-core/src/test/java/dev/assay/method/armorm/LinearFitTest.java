package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinearFitTest {
    private final TensorScope scope = TensorScope.open();
    private final Random random = new Random(12);

    @AfterEach
    void free() {
        scope.close();
    }

    /** Differences of features whose first number is what pairs were labelled by, through noise. */
    private Tensor pairs(int rows, int width) {
        double[] values = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            for (int d = 0; d < width; d++) {
                values[row * width + d] = random.nextGaussian();
            }
            double sign = values[row * width] + random.nextGaussian() > 0 ? 1 : -1;
            for (int d = 0; d < width; d++) {
                values[row * width + d] *= sign;
            }
        }
        return Tensors.doubles(values, rows, width);
    }

    private static int[] rows(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    @Test
    void few_pairs_of_wide_features_are_shrunk_strongly_and_many_of_narrow_ones_are_not() {
        Tensor wide = pairs(1200, 50);
        LinearFit shrunk = LinearFit.of(wide, rows(0, 80), rows(80, 1200));
        LinearFit free = LinearFit.of(pairs(4000, 3), rows(0, 3000), rows(3000, 4000));
        assertThat(shrunk.share()).isGreaterThanOrEqualTo(0.1);
        assertThat(free.share()).isLessThan(0.1);
        assertThat(LinearFit.SHARES).contains(shrunk.share(), free.share());
        assertThat(shrunk.heldOutLoss()).isLessThan(loss(wide, 1e-4) - 0.2);
        for (double share : LinearFit.SHARES) {
            assertThat(shrunk.heldOutLoss()).isLessThanOrEqualTo(loss(wide, share) + Tolerances.SOLVER);
        }
    }

    /** The held-out loss of one penalty, fitted from nothing. */
    private static double loss(Tensor features, double share) {
        Tensor fitted = features.narrow(0, 0, 80);
        Tensor weights = new NewtonLogistic(fitted, NewtonLogistic.relativePenalty(fitted, share)).solve();
        Tensor held = features.narrow(0, 80, features.size(0) - 80);
        return PairOutcome.of(Tensors.toDoubles(held.matmul(weights))).loss();
    }

    @Test
    void weights_come_from_the_training_rows_alone() {
        Tensor features = pairs(300, 4);
        LinearFit fit = LinearFit.of(features, rows(0, 200), rows(200, 300));
        Tensor fitted = features.narrow(0, 0, 200);
        double[] alone = Tensors.toDoubles(
                new NewtonLogistic(fitted, NewtonLogistic.relativePenalty(fitted, fit.share())).solve());
        assertThat(fit.weights()).containsExactly(alone, within(Tolerances.REFERENCE));
        double[] differences = fit.differences(features);
        assertThat(differences).hasSize(300);
        assertThat(differences[299])
                .isCloseTo(
                        Tensors.scalar(features.select(0, 299).dot(Tensors.doubles(fit.weights(), 4))),
                        within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void the_fit_is_where_the_gradient_vanishes_and_separable_pairs_have_one_too() {
        double[] values =
                random.doubles(1500).map(x -> Math.abs(random.nextGaussian())).toArray();
        Tensor x = Tensors.floats(values, 500, 3);
        double penalty = 0.5;
        Tensor weights = new NewtonLogistic(x, penalty).solve();
        Tensor wide = x.to(ScalarType.Double);
        Tensor gradient = weights.mul(Tensors.number(penalty))
                .sub(wide.t().matmul(wide.matmul(weights).neg().sigmoid()));
        assertThat(Tensors.toDoubles(gradient)).containsOnly(new double[] {0}, within(1e-4));
        assertThat(DoubleStream.of(Tensors.toDoubles(weights))).allMatch(w -> w > 0);
    }

    @Test
    void a_start_that_is_near_leads_to_the_same_weights() {
        Tensor x = pairs(400, 6);
        double[] cold = Tensors.toDoubles(new NewtonLogistic(x, 3).solve());
        double[] start = Arrays.stream(cold).map(w -> w * 1.3 + 0.1).toArray();
        double[] warm = Tensors.toDoubles(new NewtonLogistic(x, 3).solve(Tensors.doubles(start, 6)));
        assertThat(warm).containsExactly(cold, within(Tolerances.REFERENCE));
    }
}
