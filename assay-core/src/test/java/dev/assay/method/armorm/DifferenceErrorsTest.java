package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not known of the difference between two responses' rewards. */
class DifferenceErrorsTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 5;
    private static final double PENALTY = 20;
    private static final double NOISE = 0.2;
    private static final ProbeSettings SETTINGS = ProbeSettings.DEFAULT
            .withChoice(new PenaltyChoice.GeneralizedCrossValidation())
            .withPenalties(PENALTY)
            .withIntercept(true);

    private final TensorScope scope = TensorScope.open();
    private final double[][] features = normal(new Random(31), ROWS);
    private final double[][] first = normal(new Random(32), 4);
    private final double[][] second = normal(new Random(33), 4);

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void they_are_those_of_the_inverse_written_out() {
        try (ObjectiveProbes probes = fit(new Random(34), new double[WIDTH])) {
            double[] errors = Tensors.toDoubles(probes.differenceErrors(tensor(first), tensor(second)));
            for (int i = 0; i < first.length; i++) {
                double[] apart = minus(first[i], second[i]);
                double expected = probes.noise()[0] * Math.sqrt(dot(apart, solve(penalised(), apart)));
                assertThat(errors[i]).isCloseTo(expected, within(Tolerances.FLOAT32_OP * expected));
            }
        }
    }

    @Test
    void equal_responses_differ_for_certain_and_the_order_does_not_count() {
        try (ObjectiveProbes probes = fit(new Random(34), new double[WIDTH])) {
            Tensor one = tensor(first);
            Tensor other = tensor(second);
            assertThat(Tensors.toDoubles(probes.differenceErrors(one, one))).containsOnly(0);
            assertThat(Tensors.toDoubles(probes.differenceErrors(one, other)))
                    .containsExactly(Tensors.toDoubles(probes.differenceErrors(other, one)));
        }
    }

    @Test
    void near_responses_are_told_apart_better_than_either_is_rated() {
        double[][] near = IntStream.range(0, first.length)
                .mapToObj(i -> IntStream.range(0, WIDTH)
                        .mapToDouble(d -> first[i][d] + 0.01 * second[i][d])
                        .toArray())
                .toArray(double[][]::new);
        try (ObjectiveProbes probes = fit(new Random(34), new double[WIDTH])) {
            double[] alone = Tensors.toDoubles(probes.standardErrors(tensor(first)));
            double[] apart = Tensors.toDoubles(probes.differenceErrors(tensor(first), tensor(near)));
            for (int i = 0; i < alone.length; i++) {
                assertThat(apart[i]).isPositive().isLessThan(0.1 * alone[i]);
            }
        }
    }

    /** Weights drawn from the prior that the penalty stands for; 800 refits tell a spread within 2.5 %, the bounds are four of these. */
    @Test
    void over_many_refits_the_differences_miss_the_truth_by_as_much_as_they_say() {
        Random random = new Random(35);
        double[] squaredMiss = new double[first.length];
        double[] said = new double[first.length];
        for (int refit = 0; refit < 800; refit++) {
            double[] truth = new double[WIDTH];
            for (int d = 0; d < WIDTH; d++) {
                truth[d] = NOISE / Math.sqrt(PENALTY) * random.nextGaussian();
            }
            try (TensorScope each = TensorScope.open();
                    ObjectiveProbes probes = fit(random, truth)) {
                double[] one = Tensors.toDoubles(probes.rewards(tensor(first)));
                double[] other = Tensors.toDoubles(probes.rewards(tensor(second)));
                double[] errors = Tensors.toDoubles(probes.differenceErrors(tensor(first), tensor(second)));
                for (int i = 0; i < first.length; i++) {
                    double miss = one[i] - other[i] - dot(truth, minus(first[i], second[i]));
                    squaredMiss[i] += miss * miss;
                    said[i] += errors[i] * errors[i];
                }
            }
        }
        for (int i = 0; i < first.length; i++) {
            assertThat(Math.sqrt(squaredMiss[i] / said[i])).isBetween(0.9, 1.1);
        }
    }

    private ObjectiveProbes fit(Random random, double[] weights) {
        double[][] ratings = new double[1][ROWS];
        for (int row = 0; row < ROWS; row++) {
            ratings[0][row] = 0.5 + dot(weights, features[row]) + NOISE * random.nextGaussian();
        }
        return ProbeFitting.fit(
                        new RatedFeatures(
                                tensor(features),
                                IntStream.range(0, ROWS)
                                        .mapToObj(row -> "row-" + row)
                                        .toList(),
                                IntStream.range(0, ROWS).toArray(),
                                List.of(ScaledObjective.unit("helpful")),
                                ratings),
                        SETTINGS)
                .probes();
    }

    /** {@code A + alpha I}, A of features less their means. */
    private double[][] penalised() {
        double[] mean = new double[WIDTH];
        for (double[] row : features) {
            for (int d = 0; d < WIDTH; d++) {
                mean[d] += row[d] / ROWS;
            }
        }
        double[][] matrix = new double[WIDTH][WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < WIDTH; j++) {
                matrix[i][j] = i == j ? PENALTY : 0;
                for (double[] row : features) {
                    matrix[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]);
                }
            }
        }
        return matrix;
    }

    /** By elimination; positive definite matrices need no pivots. */
    private static double[] solve(double[][] matrix, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                double factor = matrix[j][i] / matrix[i][i];
                for (int k = i; k < x.length; k++) {
                    matrix[j][k] -= factor * matrix[i][k];
                }
                x[j] -= factor * x[i];
            }
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= matrix[i][k] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        return x;
    }

    private static double[][] normal(Random random, int rows) {
        double[][] values = new double[rows][WIDTH];
        for (double[] row : values) {
            for (int d = 0; d < WIDTH; d++) {
                // Exact in fp32.
                row[d] = Math.round(64 * random.nextGaussian()) / 64.0;
            }
        }
        return values;
    }

    private static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(d -> a[d] - b[d]).toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(d -> a[d] * b[d]).sum();
    }

    private static Tensor tensor(double[][] rows) {
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return Tensors.floats(flat, rows.length, WIDTH);
    }
}
