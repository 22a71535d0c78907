package dev.assay.method.more;

import dev.assay.math.MinNormSolver;
import dev.assay.training.SourceStatistics;
import dev.assay.training.SourceWeighting;
import java.util.Map;
import java.util.TreeMap;

/**
 * MORE's weights: lambda = argmin over the simplex of {@code ||sum_i lambda_i g_i||^2}, g_i the mean gradient of source i on
 * the reward head (arXiv 2312.07401, Eq. 6), solved exactly on the K x K Gram matrix. The loss of the step is {@code K sum_i
 * lambda_i mean_i}, so that uniform weights give the sum of the sources' mean losses.
 *
 * <p>With momentum alpha the gradient used is {@code alpha * (the one used before) + (1 - alpha) * g_i}, started at the
 * source's first gradient. A source absent from a batch keeps what it had and has no part in the step.
 */
public final class MinNormWeighting implements SourceWeighting {
    private final double momentum;
    private final GradientNormalization normalization;
    private final Map<Integer, double[]> remembered = new TreeMap<>();

    /**
     * @param momentum alpha, in [0, 1); 0.5 in the first version of the paper, 0 in the revision
     * @param normalization what gradients are divided by
     */
    public MinNormWeighting(double momentum, GradientNormalization normalization) {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " is outside [0, 1)");
        }
        this.momentum = momentum;
        this.normalization = normalization;
    }

    @Override
    public Weights weigh(SourceStatistics statistics) {
        int present = statistics.sources().length;
        double[][] gradients = new double[present][];
        for (int p = 0; p < present; p++) {
            gradients[p] = normalised(smoothed(statistics, p), statistics.losses()[p]);
        }
        return new Weights(MinNormSolver.solve(gram(gradients)), present);
    }

    private double[] smoothed(SourceStatistics statistics, int p) {
        double[] gradient = statistics.headGradients()[p].clone();
        if (momentum > 0) {
            double[] before = remembered.getOrDefault(statistics.sources()[p], gradient);
            for (int d = 0; d < gradient.length; d++) {
                gradient[d] = momentum * before[d] + (1 - momentum) * gradient[d];
            }
            remembered.put(statistics.sources()[p], gradient);
        }
        return gradient;
    }

    private double[] normalised(double[] gradient, double loss) {
        double divisor = normalization.divisor(Math.sqrt(dot(gradient, gradient)), loss);
        double[] normalised = new double[gradient.length];
        for (int d = 0; d < gradient.length; d++) {
            normalised[d] = gradient[d] / divisor;
        }
        return normalised;
    }

    private static double[][] gram(double[][] gradients) {
        double[][] gram = new double[gradients.length][gradients.length];
        for (int i = 0; i < gradients.length; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = dot(gradients[i], gradients[j]);
                gram[j][i] = gram[i][j];
            }
        }
        return gram;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    @Override
    public Map<String, double[]> state() {
        Map<String, double[]> state = new TreeMap<>();
        remembered.forEach((source, gradient) -> state.put(Integer.toString(source), gradient.clone()));
        return state;
    }

    @Override
    public void restore(Map<String, double[]> state) {
        remembered.clear();
        state.forEach((source, gradient) -> remembered.put(Integer.valueOf(source), gradient.clone()));
    }
}
