package dev.assay.benchmarks;

import dev.assay.math.MinNormSolver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/**
 * MORE's weights: the exact solver against Frank and Wolfe's method to the same duality gap, on Gram matrices of K gradients.
 * Prints a row for each kind of matrix; processor time of the thread, best of several rounds over all matrices, so that
 * other work on the machine counts little. Nothing is timed before both have found the same point.
 */
public final class MinNormBenchmark {
    private static final int MATRICES = 64;
    private static final int DIMENSION = 768;
    /** Where Frank and Wolfe's method gives up; what it needs is then more than what is shown. */
    private static final long MOST_STEPS = 1_000_000;

    private static final double[] GAPS = {1e-6, 1e-9};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MinNormBenchmark() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        // The compiler settles on all kinds of matrices: those whose optimum has all weights, and those where it has
        // not.
        for (int sources : new int[] {5, 10}) {
            for (double spread : new double[] {1, 3}) {
                double[][][] matrices = matrices(sources, 1, spread);
                micros(matrices, MinNormSolver::solve, 2000);
                micros(
                        matrices,
                        gram -> FrankWolfe.solve(gram, 1e-3, MOST_STEPS).weights(),
                        1000);
            }
        }
        System.out.println(
                "| K | shared | spread | exact, us | steps to 1e-6 | us | times | steps to 1e-9 | us | times |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int sources : new int[] {5, 10}) {
            double[] sums = new double[1 + GAPS.length];
            for (double shared : new double[] {0, 1}) {
                for (double spread : new double[] {1, 3}) {
                    row(sources, shared, spread, sums);
                }
            }
            System.out.printf("| %d | all | all | %.2f |", sources, sums[0] / 4);
            for (int g = 1; g < sums.length; g++) {
                System.out.printf(" | %.1f | %.0f |", sums[g] / 4, sums[g] / sums[0]);
            }
            System.out.println();
        }
    }

    private static void row(int sources, double shared, double spread, double[] sums) {
        double[][][] matrices = matrices(sources, shared, spread);
        double exact = micros(matrices, MinNormSolver::solve, 400);
        System.out.printf("| %d | %.0f | %.0f | %.2f |", sources, shared, spread, exact);
        sums[0] += exact;
        for (int g = 0; g < GAPS.length; g++) {
            double gap = GAPS[g];
            double steps = agreedSteps(matrices, gap);
            // Rounds enough to warm up, few enough for slow kinds.
            int rounds = (int) Math.clamp(2e6 / steps / MATRICES, 3, 400);
            double slow = micros(
                    matrices, gram -> FrankWolfe.solve(gram, gap, MOST_STEPS).weights(), rounds);
            System.out.printf(" %.0f | %.1f | %.1f |", steps, slow, slow / exact);
            sums[g + 1] += slow;
        }
        System.out.println();
    }

    /** Mean steps of Frank and Wolfe's method, whose points must be as short as the exact ones up to their gap. */
    private static double agreedSteps(double[][][] matrices, double gap) {
        double steps = 0;
        for (double[][] gram : matrices) {
            FrankWolfe slow = FrankWolfe.solve(gram, gap, MOST_STEPS);
            double longest = 0;
            for (int i = 0; i < gram.length; i++) {
                longest = Math.max(longest, gram[i][i]);
            }
            double excess = squaredNorm(gram, slow.weights()) - squaredNorm(gram, MinNormSolver.solve(gram));
            if (excess < -1e-12 * longest || excess > (2 * slow.gap() + 1e-12) * longest) {
                throw new IllegalStateException(
                        "squared norms differ by " + excess + " for " + Arrays.deepToString(gram));
            }
            steps += slow.steps();
        }
        return steps / matrices.length;
    }

    private static double micros(double[][][] matrices, Function<double[][], double[]> solver, int rounds) {
        long best = Long.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < rounds; round++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            for (double[][] gram : matrices) {
                sum += solver.apply(gram)[0];
            }
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - begun);
        }
        if (!(sum > 0)) {
            throw new IllegalStateException("no weights");
        }
        return best / 1e3 / matrices.length;
    }

    /**
     * Gram matrices of random gradients.
     *
     * @param shared deviation of the part that all gradients share; that of a gradient's own part is 1
     * @param spread lengths lie between 1 / spread and spread, evenly in their logarithm
     */
    private static double[][][] matrices(int sources, double shared, double spread) {
        Random random = new Random(20261121);
        double[][][] matrices = new double[MATRICES][][];
        for (int m = 0; m < MATRICES; m++) {
            double[] common = gaussian(random);
            double[][] gradients = new double[sources][];
            for (int s = 0; s < sources; s++) {
                double length = Math.pow(spread, 2 * random.nextDouble() - 1) / Math.sqrt(DIMENSION);
                gradients[s] = gaussian(random);
                for (int d = 0; d < DIMENSION; d++) {
                    gradients[s][d] = length * (gradients[s][d] + shared * common[d]);
                }
            }
            matrices[m] = gram(gradients);
        }
        return matrices;
    }

    private static double[] gaussian(Random random) {
        double[] values = new double[DIMENSION];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static double[][] gram(double[][] gradients) {
        double[][] gram = new double[gradients.length][gradients.length];
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                for (int d = 0; d < DIMENSION; d++) {
                    gram[i][j] += gradients[i][d] * gradients[j][d];
                }
            }
        }
        return gram;
    }

    private static double squaredNorm(double[][] gram, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                sum += weights[i] * gram[i][j] * weights[j];
            }
        }
        return sum;
    }
}
