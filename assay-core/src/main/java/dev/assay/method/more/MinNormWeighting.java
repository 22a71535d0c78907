package dev.assay.method.more;

import dev.assay.math.GramMatrix;
import dev.assay.math.MinNormSolver;
import dev.assay.training.GradientReach;
import dev.assay.training.SourceStatistics;
import dev.assay.training.SourceWeighting;
import java.util.Map;
import java.util.TreeMap;

/**
 * MORE's weights: lambda = argmin over the simplex of {@code ||sum_i lambda_i g_i||^2}, g_i the mean gradient of source i on
 * the reward head (arXiv 2312.07401, Eq. 6) or on more parameters, solved exactly on the K x K Gram matrix. The loss of the step is {@code K sum_i
 * lambda_i mean_i}, so that uniform weights give the sum of the sources' mean losses.
 *
 * <p>Normalised gradients {@code g_i / d_i} have their own shortest combination, with weights mu_i; the losses then get {@code
 * lambda_i = (mu_i / d_i) / sum_j (mu_j / d_j)}, with which the step goes along it. (The published code gives mu_i to the
 * losses as they are: a step that is neither shortest nor sure to lessen every loss.)
 *
 * <p>With momentum alpha the gradient used is {@code alpha * (the one used before) + (1 - alpha) * g_i}, started at the
 * source's first gradient on the head. A source absent from a batch keeps what it had and has no part in the step.
 */
public final class MinNormWeighting implements SourceWeighting {
    private final double momentum;
    private final GradientNormalization normalization;
    private final GradientReach reach;
    private final boolean rescaled;
    private final Map<Integer, double[]> remembered = new TreeMap<>();

    /**
     * @param momentum alpha, in [0, 1); 0.5 in the first version of the paper, 0 in the revision
     * @param normalization what gradients are divided by
     */
    public MinNormWeighting(double momentum, GradientNormalization normalization) {
        this(momentum, normalization, GradientReach.HEAD, true);
    }

    /**
     * @param momentum alpha, in [0, 1); 0 where the reach is wider than the head, since what is remembered is one gradient a
     *     source
     * @param normalization what gradients are divided by
     * @param reach the parameters the gradients are of
     * @param rescaled whether the loss is K times the weighted mean of the sources' losses, or the weighted mean itself
     */
    public MinNormWeighting(
            double momentum, GradientNormalization normalization, GradientReach reach, boolean rescaled) {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " is outside [0, 1)");
        }
        if (momentum > 0 && reach != GradientReach.HEAD) {
            throw new IllegalArgumentException("momentum " + momentum + " would remember gradients of reach " + reach);
        }
        this.reach = reach;
        this.rescaled = rescaled;
        this.momentum = momentum;
        this.normalization = normalization;
    }

    @Override
    public GradientReach reach() {
        return reach;
    }

    @Override
    public Weights weigh(SourceStatistics statistics) {
        int present = statistics.sources().length;
        double[][] gram = momentum > 0 ? smoothed(statistics) : statistics.gram();
        double[] divisors = divisors(gram, statistics.losses());
        double[] lambda = MinNormSolver.solve(GramMatrix.divided(gram, divisors));
        return new Weights(undivided(lambda, divisors), rescaled ? present : 1);
    }

    /** Weights of the gradients themselves with which they add up to a multiple of the shortest combination. */
    private static double[] undivided(double[] lambda, double[] divisors) {
        double[] weights = new double[lambda.length];
        double sum = 0;
        for (int p = 0; p < weights.length; p++) {
            weights[p] = lambda[p] / divisors[p];
            sum += weights[p];
        }
        for (int p = 0; p < weights.length; p++) {
            weights[p] /= sum;
        }
        return weights;
    }

    private double[][] smoothed(SourceStatistics statistics) {
        double[][] gradients = new double[statistics.sources().length][];
        for (int p = 0; p < gradients.length; p++) {
            gradients[p] = smoothed(statistics, p);
        }
        return GramMatrix.of(gradients);
    }

    private double[] smoothed(SourceStatistics statistics, int p) {
        double[] gradient = statistics.headGradients()[p].clone();
        double[] before = remembered.getOrDefault(statistics.sources()[p], gradient);
        for (int d = 0; d < gradient.length; d++) {
            gradient[d] = momentum * before[d] + (1 - momentum) * gradient[d];
        }
        remembered.put(statistics.sources()[p], gradient);
        return gradient;
    }

    private double[] divisors(double[][] gram, double[] losses) {
        double[] divisors = new double[gram.length];
        for (int p = 0; p < divisors.length; p++) {
            divisors[p] = normalization.divisor(Math.sqrt(gram[p][p]), losses[p]);
        }
        return divisors;
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
