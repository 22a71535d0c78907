package dev.assay.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinNormSolverTest {
    private static double[][] gram(double[]... vectors) {
        double[][] gram = new double[vectors.length][vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors.length; j++) {
                for (int d = 0; d < vectors[i].length; d++) {
                    gram[i][j] += vectors[i][d] * vectors[j][d];
                }
            }
        }
        return gram;
    }

    private static double squaredNorm(double[][] gram, double[] lambda) {
        double sum = 0;
        for (int i = 0; i < lambda.length; i++) {
            for (int j = 0; j < lambda.length; j++) {
                sum += lambda[i] * gram[i][j] * lambda[j];
            }
        }
        return sum;
    }

    private static double[][] randomVectors(SplittableRandom random) {
        int count = random.nextInt(1, 13);
        int dimension = random.nextInt(1, 9);
        double[][] vectors = new double[count][dimension];
        for (double[] vector : vectors) {
            double length = Math.pow(10, random.nextDouble(-6, 6));
            for (int d = 0; d < dimension; d++) {
                vector[d] = length * (random.nextDouble() * 2 - 1 + 0.3);
            }
        }
        if (count > 2 && random.nextInt(3) == 0) {
            vectors[1] = vectors[0].clone();
            vectors[2] = Arrays.stream(vectors[0]).map(v -> v * 2).toArray();
        }
        if (count > 1 && random.nextInt(8) == 0) {
            vectors[count - 1] = new double[dimension];
        }
        return vectors;
    }

    /**
     * The largest violation of {@code g_i . w >= |w|^2}, relative to {@code L (|g_i| + L)} with {@code L = sum_j lambda_j |g_j|}:
     * the size of the products that are summed. Each vector has its own measure, so long ones cannot hide short ones.
     */
    private static double violationByLength(double[][] gram, double[] lambda) {
        double norm = squaredNorm(gram, lambda);
        double mean = 0;
        for (int j = 0; j < lambda.length; j++) {
            mean += lambda[j] * Math.sqrt(gram[j][j]);
        }
        double worst = 0;
        for (int i = 0; i < lambda.length; i++) {
            double product = 0;
            for (int j = 0; j < lambda.length; j++) {
                product += gram[i][j] * lambda[j];
            }
            if (norm > product) {
                worst = Math.max(worst, (norm - product) / (mean * (Math.sqrt(gram[i][i]) + mean)));
            }
        }
        return worst;
    }

    @Test
    void a_hundred_thousand_random_and_degenerate_cases_are_optimal_and_on_the_simplex() {
        assertThat(worstOf(100_000, MinNormSolver::solve)).isLessThanOrEqualTo(Tolerances.DOUBLE_ALGEBRA);
    }

    @Test
    void the_slower_way_is_right_on_easy_cases_too() {
        assertThat(worstOf(
                        20_000, gram -> hasZero(gram) ? MinNormSolver.solve(gram) : MinNormSolver.leastDistance(gram)))
                .isLessThanOrEqualTo(Tolerances.DOUBLE_ALGEBRA);
    }

    @Test
    void the_quick_way_gives_a_right_point_or_none() {
        int[] given = new int[1];
        double worst = worstOf(20_000, gram -> {
            double[] quick = hasZero(gram) ? null : PrincipalPivoting.solve(gram);
            given[0] += quick != null ? 1 : 0;
            return quick != null ? quick : MinNormSolver.solve(gram);
        });

        assertThat(worst).isLessThanOrEqualTo(Tolerances.DOUBLE_ALGEBRA);
        // Most of these matrices are degenerate on purpose.
        assertThat(given[0]).isBetween(2_000, 18_000);
    }

    @Test
    void the_quick_way_leaves_vectors_that_nearly_coincide_to_the_slower_one() {
        double[] a = {1, 2, 0};
        double[] b = {1, 2, 1e-7};

        assertThat(PrincipalPivoting.solve(gram(a, b))).isNull();
        assertThat(PrincipalPivoting.solve(gram(a, new double[] {2, -1, 1}))).isNotNull();
    }

    private static boolean hasZero(double[][] gram) {
        return IntStream.range(0, gram.length).anyMatch(i -> gram[i][i] <= 0);
    }

    /** The largest violation over many matrices; throws with the first one whose weights are wrong. */
    private static double worstOf(int cases, Function<double[][], double[]> solver) {
        GramMatrices matrices = new GramMatrices(20261121);
        double worst = 0;
        for (int i = 0; i < cases; i++) {
            double[][] gram = matrices.next();
            double[] lambda = solver.apply(gram);
            double sum = 0;
            double least = 0;
            for (double weight : lambda) {
                sum += weight;
                least = Math.min(least, weight);
            }
            worst = Math.max(worst, violationByLength(gram, lambda));
            boolean optimal = worst <= Tolerances.SOLVER;
            // Without AssertJ inside the loop: its descriptions would take longer than the solver.
            if (!(Math.abs(sum - 1) <= Tolerances.DOUBLE_ALGEBRA && least == 0 && optimal)) {
                throw new AssertionError("case " + i + ": weights " + Arrays.toString(lambda) + " violate by " + worst
                        + " for " + Arrays.deepToString(gram));
            }
        }
        return worst;
    }

    @Test
    void rounding_that_spoils_definiteness_does_no_harm() {
        GramMatrices matrices = new GramMatrices(5);
        for (int i = 0; i < 2000; i++) {
            double[][] gram = matrices.next();
            for (double[] row : gram) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = (float) row[j];
                }
            }
            double[] lambda = MinNormSolver.solve(gram);
            assertThat(Arrays.stream(lambda).sum()).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            // A Gram matrix in fp32 tells lengths to 6e-8, and so the point's products to that.
            assertThat(violationByLength(gram, lambda)).isLessThanOrEqualTo(Tolerances.FLOAT32_FLOOR);
        }
    }

    @Test
    void the_slow_twin_never_finds_a_shorter_vector() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 200; i++) {
            double[][] gram = gram(randomVectors(random));
            double exact = squaredNorm(gram, MinNormSolver.solve(gram));
            double slow = squaredNorm(gram, frankWolfe(gram, 2000));
            double scale = Arrays.stream(gram)
                    .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
                    .max()
                    .orElseThrow();
            assertThat(exact).isLessThanOrEqualTo(slow + Tolerances.SOLVER * scale);
        }
    }

    /** Frank-Wolfe with exact line search, as MORE's code has it. */
    private static double[] frankWolfe(double[][] gram, int iterations) {
        double[] lambda = new double[gram.length];
        lambda[0] = 1;
        for (int t = 0; t < iterations; t++) {
            double[] products = new double[lambda.length];
            int best = 0;
            double norm = 0;
            for (int i = 0; i < lambda.length; i++) {
                for (int j = 0; j < lambda.length; j++) {
                    products[i] += gram[i][j] * lambda[j];
                }
                best = products[i] < products[best] ? i : best;
                norm += lambda[i] * products[i];
            }
            double curvature = norm - 2 * products[best] + gram[best][best];
            double step = curvature <= 0 ? 0 : Math.min(1, Math.max(0, (norm - products[best]) / curvature));
            for (int i = 0; i < lambda.length; i++) {
                lambda[i] = (1 - step) * lambda[i] + (i == best ? step : 0);
            }
        }
        return lambda;
    }

    @Test
    void two_vectors_have_the_closed_form() {
        double[] a = {1, 0.5};
        double[] b = {-0.5, 2};
        double weight =
                ((b[0] - a[0]) * b[0] + (b[1] - a[1]) * b[1]) / (Math.pow(b[0] - a[0], 2) + Math.pow(b[1] - a[1], 2));

        assertThat(MinNormSolver.solve(gram(a, b))[0]).isCloseTo(weight, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(MinNormSolver.solve(gram(new double[] {1}, new double[] {-3})))
                .containsExactly(new double[] {0.75, 0.25}, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_vector_longer_than_its_shadow_gets_nothing() {
        assertThat(MinNormSolver.solve(gram(new double[] {1, 0}, new double[] {3, 1})))
                .containsExactly(1, 0);
    }

    @Test
    void three_vectors_agree_with_a_grid() {
        double[][] gram = gram(new double[] {1, 2, 0}, new double[] {-1, 1, 1}, new double[] {0.5, -2, 1});
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 400; i++) {
            for (int j = 0; j <= 400 - i; j++) {
                best = Math.min(best, squaredNorm(gram, new double[] {i / 400.0, j / 400.0, (400 - i - j) / 400.0}));
            }
        }
        double exact = squaredNorm(gram, MinNormSolver.solve(gram));
        assertThat(exact).isLessThanOrEqualTo(best).isCloseTo(best, within(1e-3));
    }

    @Test
    void permuting_the_vectors_permutes_the_weights_and_scaling_all_changes_nothing() {
        double[] a = {1, 2, 0};
        double[] b = {-1, 1, 1};
        double[] c = {0.5, -2, 1};
        double[] lambda = MinNormSolver.solve(gram(a, b, c));
        double[] permuted = MinNormSolver.solve(gram(c, a, b));
        double[][] scaled = gram(a, b, c);
        for (double[] row : scaled) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= 1e-18;
            }
        }

        assertThat(permuted).containsExactly(new double[] {lambda[2], lambda[0], lambda[1]}, within(Tolerances.SOLVER));
        assertThat(MinNormSolver.solve(scaled)).containsExactly(lambda, within(Tolerances.SOLVER));
    }

    @Test
    void one_vector_and_zero_vectors_have_their_weights() {
        assertThat(MinNormSolver.solve(new double[][] {{7}})).containsExactly(1);
        assertThat(MinNormSolver.solve(new double[2][2])).containsExactly(0.5, 0.5);
        assertThat(MinNormSolver.solve(gram(new double[] {1, 1}, new double[] {0, 0})))
                .containsExactly(0, 1);
    }

    @Test
    void what_is_no_gram_matrix_is_refused() {
        assertThatThrownBy(() -> MinNormSolver.solve(new double[0][0])).hasMessageContaining("no vectors");
        assertThatThrownBy(() -> MinNormSolver.solve(new double[][] {{1, 2}, {3, 4}}))
                .hasMessageContaining("[0][1]");
        assertThatThrownBy(() -> MinNormSolver.solve(new double[][] {{Double.NaN}}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> MinNormSolver.solve(new double[][] {{1, 2}})).hasMessageContaining("row 0");
    }
}
