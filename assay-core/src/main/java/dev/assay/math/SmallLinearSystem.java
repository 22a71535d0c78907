package dev.assay.math;

/** Gaussian elimination with partial pivoting, for the systems of a dozen unknowns in {@link MinNormSolver}. */
final class SmallLinearSystem {
    /** Relative pivot below which a system counts as singular. */
    private static final double SINGULAR = 1e-14;

    private SmallLinearSystem() {}

    /**
     * Solves in place.
     *
     * @param system rows of coefficients, each with its right side last
     * @return the unknowns; empty when the matrix is singular
     */
    static double[] solve(double[][] system) {
        int n = system.length;
        double largest = 0;
        for (double[] row : system) {
            for (int c = 0; c < n; c++) {
                largest = Math.max(largest, Math.abs(row[c]));
            }
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int r = column + 1; r < n; r++) {
                pivot = Math.abs(system[r][column]) > Math.abs(system[pivot][column]) ? r : pivot;
            }
            if (Math.abs(system[pivot][column]) <= SINGULAR * largest) {
                return new double[0];
            }
            double[] row = system[pivot];
            system[pivot] = system[column];
            system[column] = row;
            for (int r = column + 1; r < n; r++) {
                double factor = system[r][column] / row[column];
                for (int c = column; c <= n; c++) {
                    system[r][c] -= factor * row[c];
                }
            }
        }
        double[] unknowns = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double sum = system[r][n];
            for (int c = r + 1; c < n; c++) {
                sum -= system[r][c] * unknowns[c];
            }
            unknowns[r] = sum / system[r][r];
        }
        return unknowns;
    }
}
