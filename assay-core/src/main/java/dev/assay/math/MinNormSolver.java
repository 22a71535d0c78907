package dev.assay.math;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The shortest vector in the convex hull of K vectors, given only their inner products: minimise {@code lambda^T G lambda}
 * over the simplex. MORE's weights (arXiv 2312.07401, Eq. 6) and multiple-gradient descent (Désidéri 2012) are this
 * problem.
 *
 * <p>Solved exactly by Wolfe's finite algorithm (1976, "Finding the nearest point in a polytope") on the Gram matrix: an
 * active set of vectors is grown by the one that violates optimality most, and shrunk whenever the affine minimiser over it
 * leaves the simplex. Each step lowers the norm, so no active set comes twice and the number of steps is finite. Vectors
 * that are (nearly) affine combinations of the active ones never enter, so the linear systems stay solvable.
 */
public final class MinNormSolver {
    /** Relative violation below which a point is optimal. */
    private static final double OPTIMAL = 1e-13;

    private final int size;
    private final double[][] gram;
    private final double[] lambda;
    private final boolean[] active;
    /** Vectors that lie in the affine hull of the active ones, as far as doubles tell: they cannot enter just now. */
    private final boolean[] dependent;

    private MinNormSolver(double[][] gram) {
        this.size = gram.length;
        this.gram = gram;
        this.lambda = new double[size];
        this.active = new boolean[size];
        this.dependent = new boolean[size];
    }

    /**
     * The weights of the shortest convex combination.
     *
     * @param gram inner products {@code [K][K]}, symmetric, positive semidefinite, finite
     * @return K weights, none negative, summing to 1; among several optima one that the order of the vectors decides
     * @throws IllegalArgumentException when the matrix is empty, not square, not symmetric or not finite
     */
    public static double[] solve(double[][] gram) {
        check(gram);
        double scale = 0;
        for (int i = 0; i < gram.length; i++) {
            scale = Math.max(scale, gram[i][i]);
        }
        if (gram.length == 1 || scale == 0) {
            return uniform(gram.length);
        }
        double[][] scaled = new double[gram.length][gram.length];
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                scaled[i][j] = gram[i][j] / scale;
            }
        }
        return new MinNormSolver(scaled).run();
    }

    private static void check(double[][] gram) {
        if (gram.length == 0) {
            throw new IllegalArgumentException("no vectors to combine");
        }
        for (int i = 0; i < gram.length; i++) {
            if (gram[i].length != gram.length) {
                throw new IllegalArgumentException(
                        "row " + i + " of the Gram matrix has " + gram[i].length + " entries, not " + gram.length);
            }
            for (int j = 0; j < gram.length; j++) {
                boolean symmetric = Math.abs(gram[i][j] - gram[j][i])
                        <= 1e-9 * Math.max(Math.abs(gram[i][j]), Math.sqrt(Math.abs(gram[i][i] * gram[j][j])));
                if (!Double.isFinite(gram[i][j]) || !symmetric) {
                    throw new IllegalArgumentException("entry [" + i + "][" + j + "] = " + gram[i][j]
                            + " of the Gram matrix is not finite or differs from [" + j + "][" + i + "]");
                }
            }
        }
    }

    private static double[] uniform(int size) {
        double[] weights = new double[size];
        Arrays.fill(weights, 1.0 / size);
        return weights;
    }

    private double[] run() {
        int first = 0;
        for (int i = 1; i < size; i++) {
            first = gram[i][i] < gram[first][first] ? i : first;
        }
        active[first] = true;
        lambda[first] = 1;
        // 2^K active sets bound the loop; the factor only guards against rounding that would repeat one.
        for (int major = 0; major < 50 * size + 100; major++) {
            int entering = mostViolating();
            if (entering < 0) {
                break;
            }
            active[entering] = true;
            if (shrinkToInterior(entering)) {
                Arrays.fill(dependent, false);
            } else {
                dependent[entering] = true;
            }
        }
        return normalised();
    }

    /** The vector whose inner product with the current point is smallest, where below the point's squared norm; -1 at the optimum. */
    private int mostViolating() {
        double[] products = products();
        double norm = 0;
        for (int i = 0; i < size; i++) {
            norm += lambda[i] * products[i];
        }
        int best = -1;
        double lowest = norm - OPTIMAL * Math.max(norm, 1e-3 * largestProduct(products));
        for (int i = 0; i < size; i++) {
            if (!active[i] && !dependent[i] && products[i] < lowest) {
                best = i;
                lowest = products[i];
            }
        }
        return best;
    }

    private static double largestProduct(double[] products) {
        return Arrays.stream(products).map(Math::abs).max().orElse(0);
    }

    private double[] products() {
        double[] products = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                products[i] += gram[i][j] * lambda[j];
            }
        }
        return products;
    }

    /** Moves to the affine minimiser of the active set, dropping vectors on the way; false when the entering one cannot stay. */
    private boolean shrinkToInterior(int entering) {
        while (true) {
            double[] target = affineMinimiser();
            if (target.length == 0) {
                active[entering] = false;
                return false;
            }
            double step = 1;
            for (int i = 0; i < size; i++) {
                if (active[i] && target[i] <= 0 && lambda[i] > target[i]) {
                    step = Math.min(step, lambda[i] / (lambda[i] - target[i]));
                }
            }
            int dropped = -1;
            for (int i = 0; i < size; i++) {
                if (active[i]) {
                    boolean leaves =
                            step < 1 && target[i] <= 0 && lambda[i] <= step * (lambda[i] - target[i]) * (1 + 1e-15);
                    lambda[i] = leaves ? 0 : lambda[i] + step * (target[i] - lambda[i]);
                    if (leaves) {
                        active[i] = false;
                        dropped = i;
                    }
                }
            }
            if (dropped < 0) {
                return true;
            }
        }
    }

    /** Weights summing to 1 over the active set that minimise the norm, signs free; empty when the set is affinely dependent. */
    private double[] affineMinimiser() {
        int[] members = IntStream.range(0, size).filter(i -> active[i]).toArray();
        int n = members.length;
        // G + s 11^T is positive definite exactly when the vectors are affinely independent, for any s > 0 (Wolfe
        // 1976).
        // s of the size of the shortest vector and a unit diagonal keep vectors of very different length apart.
        double shift = IntStream.of(members).mapToDouble(i -> gram[i][i]).min().orElse(0);
        shift = shift > 0 ? shift : 1e-16;
        double[] length = new double[n];
        for (int r = 0; r < n; r++) {
            length[r] = Math.sqrt(gram[members[r]][members[r]] + shift);
        }
        double[][] system = new double[n][n + 1];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                system[r][c] = (gram[members[r]][members[c]] + shift) / length[r] / length[c];
            }
            system[r][n] = length[0] / length[r];
        }
        double[] solution = SmallLinearSystem.solve(system);
        double[] target = new double[solution.length == 0 ? 0 : size];
        double sum = 0;
        for (int r = 0; r < solution.length; r++) {
            sum += solution[r] / length[r];
        }
        for (int r = 0; r < solution.length; r++) {
            target[members[r]] = solution[r] / length[r] / sum;
        }
        return target;
    }

    private double[] normalised() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            lambda[i] = active[i] ? Math.max(0, lambda[i]) : 0;
            sum += lambda[i];
        }
        for (int i = 0; i < size; i++) {
            lambda[i] /= sum;
        }
        return lambda;
    }
}
