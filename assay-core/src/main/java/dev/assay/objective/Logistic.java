package dev.assay.objective;

/** The logistic function and its logarithm, exact in both tails. */
final class Logistic {
    private Logistic() {}

    /** {@code 1 / (1 + e^-x)}. */
    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /** {@code log(1 + e^x)}: finite for every finite x. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
