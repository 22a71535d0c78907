package dev.assay.math;

import java.util.Arrays;

/**
 * The shortest vector in the convex hull of K vectors, given only their inner products: minimise {@code lambda^T G lambda}
 * over the simplex. MORE's weights (arXiv 2312.07401, Eq. 6) and multiple-gradient descent (Désidéri 2012) are this
 * problem.
 *
 * <p>Solved exactly, in one of two ways. Block principal pivoting on G itself ({@link PrincipalPivoting}) is done in less than a
 * microsecond for five vectors that are apart from one another, and gives its point only if it can vouch for it.
 *
 * <p>The rest is solved as a least-distance problem by non-negative least squares (Lawson and Hanson 1974, chapter 23). Write the
 * vectors as unit vectors u_i over their inverse lengths c_i. The x &gt;= 0 that minimises {@code |sum_i x_i u_i|^2 + (sum_i c_i
 * x_i - 1)^2} points to the optimum: {@code lambda_i = c_i x_i / sum_j c_j x_j} fulfils the optimality conditions {@code g_i .
 * w >= |w|^2} for {@code w = sum_j lambda_j g_j}, with equality where lambda_i is positive.
 *
 * <p>The u_i come from a pivoted Cholesky factor of the vectors' cosines. Working on these, not on G itself, keeps vectors
 * apart that nearly coincide or nearly cancel, whatever their lengths: in normal equations their differences, squared,
 * drown in rounding.
 */
public final class MinNormSolver {
    /** Squared distance of a unit vector from the span of others that rounding of a Gram matrix alone can make. */
    private static final double RANK = 1e-15;

    private MinNormSolver() {}

    /**
     * The weights of the shortest convex combination.
     *
     * @param gram inner products {@code [K][K]}, symmetric, positive semidefinite but for rounding, finite
     * @return K weights, none negative, summing to 1; among several optima one that the order of the vectors decides
     * @throws IllegalArgumentException when the matrix is empty, not square, not symmetric or not finite
     */
    public static double[] solve(double[][] gram) {
        check(gram);
        for (int i = 0; i < gram.length; i++) {
            if (gram[i][i] <= 0) {
                return zeroVectors(gram);
            }
        }
        double[] quick = PrincipalPivoting.solve(gram);
        return quick != null ? quick : leastDistance(gram);
    }

    /** The slower way, for vectors none of which is zero. */
    static double[] leastDistance(double[][] gram) {
        int size = gram.length;
        int shortest = 0;
        for (int i = 1; i < size; i++) {
            shortest = gram[i][i] < gram[shortest][shortest] ? i : shortest;
        }
        double[] length = new double[size];
        for (int i = 0; i < size; i++) {
            length[i] = Math.sqrt(gram[i][i]);
        }
        double[][] columns = unitVectors(gram, length);
        for (int i = 0; i < size; i++) {
            columns[i][size] = length[shortest] / length[i];
        }
        double[] target = new double[size + 1];
        target[size] = 1;
        double[] weights = NonNegativeLeastSquares.solve(columns, target);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            weights[i] *= columns[i][size];
            sum += weights[i];
        }
        for (int i = 0; i < size; i++) {
            weights[i] /= sum;
        }
        return weights;
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
            // Rows behind this one may yet be too short, so only what lies before the diagonal is looked at.
            for (int j = 0; j <= i; j++) {
                boolean symmetric = gram[i][j] == gram[j][i]
                        || Math.abs(gram[i][j] - gram[j][i])
                                <= 1e-9 * Math.max(Math.abs(gram[i][j]), Math.sqrt(Math.abs(gram[i][i] * gram[j][j])));
                if (!Double.isFinite(gram[i][j]) || !Double.isFinite(gram[j][i]) || !symmetric) {
                    throw new IllegalArgumentException("entry [" + i + "][" + j + "] = " + gram[i][j]
                            + " of the Gram matrix is not finite or differs from [" + j + "][" + i + "]");
                }
            }
        }
    }

    /** A zero vector is the shortest combination by itself; several share the weight. */
    private static double[] zeroVectors(double[][] gram) {
        int zeros = 0;
        for (int i = 0; i < gram.length; i++) {
            zeros += gram[i][i] <= 0 ? 1 : 0;
        }
        double[] weights = new double[gram.length];
        for (int i = 0; i < gram.length; i++) {
            weights[i] = gram[i][i] <= 0 ? 1.0 / zeros : 0;
        }
        return weights;
    }

    /** Rows {@code [K][K + 1]} whose first K entries have the cosines as inner products; the last is left free. */
    private static double[][] unitVectors(double[][] gram, double[] length) {
        int size = length.length;
        double[][] rows = new double[size][size + 1];
        boolean[] used = new boolean[size];
        double[] left = new double[size];
        Arrays.fill(left, 1);
        for (int d = 0; d < size; d++) {
            int pivot = -1;
            for (int i = 0; i < size; i++) {
                pivot = !used[i] && (pivot < 0 || left[i] > left[pivot]) ? i : pivot;
            }
            if (left[pivot] <= RANK) {
                break;
            }
            used[pivot] = true;
            rows[pivot][d] = Math.sqrt(left[pivot]);
            for (int i = 0; i < size; i++) {
                if (!used[i]) {
                    double rest = gram[i][pivot] / length[i] / length[pivot];
                    for (int earlier = 0; earlier < d; earlier++) {
                        rest -= rows[i][earlier] * rows[pivot][earlier];
                    }
                    rows[i][d] = rest / rows[pivot][d];
                    left[i] -= rows[i][d] * rows[i][d];
                }
            }
        }
        return rows;
    }
}
