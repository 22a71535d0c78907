package dev.assay.math;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shortest convex combination straight from the Gram matrix: z &gt;= 0 with {@code G z >= 1}, and equality where z is
 * positive, points to the optimum. Block principal pivoting (Júdice and Pires 1994; Kim and Park 2011) starts with all
 * vectors, solves for the equalities and exchanges every vector on the wrong side at once; for gradients that are apart
 * from one another it ends after one to three small Cholesky factors.
 *
 * <p>Quick, but blind where vectors nearly coincide or cancel: there the factor has lost its digits. So the point is given
 * away only if the optimality conditions, computed anew from G, hold to rounding; {@link MinNormSolver} has a slower way for
 * the rest.
 */
final class PrincipalPivoting {
    /** Share of a vector's squared length outside the span of others below which it is left to the slower way. */
    private static final double DEPENDENT = 1e-9;

    /** Violation of an optimality condition that is taken for rounding, relative to the products summed. */
    private static final double ROUNDING = 1e-14;

    /** Exchanges of all vectors at once that may fail to lessen the number of wrong ones, as Kim and Park advise. */
    private static final int PATIENCE = 3;

    private final double[][] gram;
    private final int size;
    private final boolean[] active;
    private final int[] order;
    private final double[] lower;
    private final double[] inversePivot;
    private final double[] z;
    private int count;

    private PrincipalPivoting(double[][] gram) {
        this.gram = gram;
        this.size = gram.length;
        this.active = new boolean[size];
        this.order = new int[size];
        this.lower = new double[size * size];
        this.inversePivot = new double[size];
        this.z = new double[size];
    }

    /** Weights on the simplex; null where they could not be found or vouched for. */
    static double @Nullable [] solve(double[][] gram) {
        PrincipalPivoting pivoting = new PrincipalPivoting(gram);
        return pivoting.complementary() ? pivoting.vouched() : null;
    }

    /** Exchanges until no vector is on the wrong side; false where there is no end or no factor. */
    private boolean complementary() {
        Arrays.fill(active, true);
        int fewest = size + 1;
        int patience = PATIENCE;
        for (int round = 0; round < 4 * size; round++) {
            if (!factor()) {
                return false;
            }
            substitute();
            int wrong = 0;
            int last = -1;
            for (int i = 0; i < size; i++) {
                if (wrong(i)) {
                    wrong++;
                    last = i;
                }
            }
            if (wrong == 0) {
                return true;
            }
            boolean fewer = wrong < fewest;
            fewest = Math.min(fewest, wrong);
            patience = fewer ? PATIENCE : patience - 1;
            exchange(patience >= 0, last);
        }
        return false;
    }

    /** All wrong ones, or the last alone, which ends for certain (Murty 1974). */
    private void exchange(boolean all, int last) {
        boolean[] leave = new boolean[size];
        for (int i = all ? 0 : last; i <= last; i++) {
            leave[i] = wrong(i);
        }
        for (int i = 0; i <= last; i++) {
            active[i] ^= leave[i];
        }
    }

    /** A negative weight, or a product below 1. */
    private boolean wrong(int i) {
        if (active[i]) {
            return z[i] < 0;
        }
        double sum = 0;
        double measure = 1;
        for (int j = 0; j < size; j++) {
            double part = gram[i][j] * z[j];
            sum += part;
            measure += Math.abs(part);
        }
        return sum < 1 - ROUNDING * measure;
    }

    /** L D L^T of the active vectors' Gram matrix; false where it has lost its digits. */
    private boolean factor() {
        count = 0;
        for (int i = 0; i < size; i++) {
            if (active[i] && !append(i)) {
                return false;
            }
        }
        return count > 0;
    }

    private boolean append(int i) {
        double[] row = gram[i];
        int own = count * size;
        double pivot = row[i];
        for (int b = 0; b < count; b++) {
            double rest = row[order[b]];
            int other = b * size;
            for (int e = 0; e < b; e++) {
                rest -= lower[own + e] * lower[other + e];
            }
            // Until the row is whole it holds L D, so that each product needs one factor D and not two.
            lower[own + b] = rest;
        }
        for (int b = 0; b < count; b++) {
            double scaled = lower[own + b];
            lower[own + b] = scaled * inversePivot[b];
            pivot -= scaled * lower[own + b];
        }
        if (!(pivot > DEPENDENT * row[i])) {
            return false;
        }
        inversePivot[count] = 1 / pivot;
        order[count++] = i;
        return true;
    }

    /** z with {@code G z = 1} over the active vectors, and 0 elsewhere. */
    private void substitute() {
        Arrays.fill(z, 0);
        double[] part = new double[count];
        for (int a = 0; a < count; a++) {
            double rest = 1;
            for (int b = 0; b < a; b++) {
                rest -= lower[a * size + b] * part[b];
            }
            part[a] = rest;
        }
        for (int a = count - 1; a >= 0; a--) {
            double rest = part[a] * inversePivot[a];
            for (int c = a + 1; c < count; c++) {
                rest -= lower[c * size + a] * z[order[c]];
            }
            z[order[a]] = rest;
        }
    }

    /** The weights, if the products of all vectors with the point are what they should be; null otherwise. */
    private double @Nullable [] vouched() {
        double sum = 0;
        for (double value : z) {
            sum += value;
        }
        double[] weights = new double[size];
        double mean = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = z[i] / sum;
            mean += weights[i] * Math.sqrt(gram[i][i]);
        }
        double[] products = new double[size];
        double norm = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                products[i] += gram[i][j] * weights[j];
            }
            norm += weights[i] * products[i];
        }
        for (int i = 0; i < size; i++) {
            double allowed = ROUNDING * mean * (Math.sqrt(gram[i][i]) + mean);
            double missing = norm - products[i];
            if (!(missing <= allowed && (weights[i] == 0 || -missing <= allowed))) {
                return null;
            }
        }
        return weights;
    }
}
