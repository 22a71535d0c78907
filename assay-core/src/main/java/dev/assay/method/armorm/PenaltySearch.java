package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Fits every objective with every penalty and says how each does, {@code criterion[k][p]}: the mean squared error on held-out
 * rows, or the score of generalised cross-validation. Infinite where a penalty was too small to solve with.
 */
final class PenaltySearch {
    private final RatedFeatures data;
    private final ProbeSettings settings;
    private final int penalties;
    private final int objectives;

    PenaltySearch(RatedFeatures data, ProbeSettings settings) {
        this.data = data;
        this.settings = settings;
        this.penalties = settings.penalties().size();
        this.objectives = data.objectives().size();
    }

    /**
     * Weights for all penalties, from the training rows, in the current scope.
     *
     * @param weights {@code [D, P * K]}, penalty by penalty
     * @param constants b of each column, for shifted features
     * @param crossValidation score of each, {@code [K][P]}; filled only where asked for
     * @param freedom effective parameters of each, {@code [K][P]}; likewise
     */
    record Candidates(Tensor weights, double[] constants, double[][] crossValidation, double[][] freedom) {}

    /** All fits on what the statistics hold. */
    Candidates fit(RidgeStatistics statistics, RidgeSpace space, boolean crossValidate) {
        Candidates all = new Candidates(
                Tensors.doubleZeros(data.width(), (long) penalties * objectives),
                new double[penalties * objectives],
                new double[objectives][penalties],
                new double[objectives][penalties]);
        for (List<Integer> group : statistics.groups()) {
            try (TensorScope scope = TensorScope.open()) {
                NormalEquations equations = statistics.equations(group, settings.intercept(), space);
                List<Consumer<RidgeSpace.Worker>> pieces = new ArrayList<>();
                for (int p = 0; p < penalties; p++) {
                    int penalty = p;
                    pieces.add(room -> fit(equations, room, group, penalty, crossValidate, all));
                }
                SideBySide.run(space.workers(), pieces);
            }
        }
        return all;
    }

    private void fit(
            NormalEquations equations,
            RidgeSpace.Worker room,
            List<Integer> group,
            int p,
            boolean crossValidate,
            Candidates all) {
        RidgeFactor factor = RidgeFactor.of(equations, settings.penalties().get(p), room);
        if (factor == null) {
            group.forEach(k -> {
                all.crossValidation[k][p] = Double.POSITIVE_INFINITY;
                all.constants[p * objectives + k] = Double.POSITIVE_INFINITY;
            });
            return;
        }
        Tensor weights = factor.weights();
        double freedom = crossValidate ? freedom(factor) : 0;
        double[] scores = crossValidate ? scores(equations, factor, weights, freedom) : new double[group.size()];
        double[] means = Tensors.toDoubles(equations.mean().matmul(weights));
        for (int o = 0; o < group.size(); o++) {
            int k = group.get(o);
            all.weights.select(1, (long) p * objectives + k).copy_(weights.select(1, o));
            all.constants[p * objectives + k] = equations.labelMean()[o] - means[o];
            all.crossValidation[k][p] = scores[o];
            all.freedom[k][p] = freedom;
        }
    }

    private double freedom(RidgeFactor factor) {
        return factor.degreesOfFreedom(factor.inverse()) + (settings.intercept() ? 1 : 0);
    }

    private static double[] scores(NormalEquations equations, RidgeFactor factor, Tensor weights, double freedom) {
        double n = equations.rows();
        double left = n - freedom;
        return Arrays.stream(factor.squaredErrors(weights))
                .map(sum -> left > 0 ? n * sum / (left * left) : Double.POSITIVE_INFINITY)
                .toArray();
    }

    /** Mean squared errors of all candidates on the held-out rows. */
    double[][] heldOutErrors(Candidates candidates, List<LabelPattern> patterns, Tensor shift) {
        FeatureBlocks blocks = new FeatureBlocks(data.features(), shift);
        double[][] sums = new double[objectives][penalties];
        long[] counts = new long[objectives];
        for (LabelPattern pattern : patterns) {
            for (int k : pattern.rated()) {
                counts[k] += pattern.heldOut().length;
            }
            blocks.forEach(pattern.heldOut(), (block, rows) -> {
                double[] predictions = Tensors.toDoubles(block.matmul(candidates.weights));
                for (int r = 0; r < rows.length; r++) {
                    for (int p = 0; p < penalties; p++) {
                        for (int k : pattern.rated()) {
                            int column = p * objectives + k;
                            double error = predictions[r * penalties * objectives + column]
                                    + candidates.constants[column]
                                    - data.ratings()[k][rows[r]];
                            sums[k][p] += error * error;
                        }
                    }
                }
            });
        }
        for (int k = 0; k < objectives; k++) {
            for (int p = 0; p < penalties; p++) {
                // A penalty that solved nothing has no constant; without it an infinite error comes from the rows.
                boolean solved = Double.isFinite(candidates.constants[p * objectives + k]);
                if (Double.isNaN(sums[k][p]) || solved && Double.isInfinite(sums[k][p])) {
                    throw data.notFinite();
                }
                sums[k][p] /= counts[k];
            }
        }
        return sums;
    }

    /** The index of the best penalty of each objective; of equal ones the largest. */
    int[] best(double[][] criterion) {
        int[] best = new int[objectives];
        for (int k = 0; k < objectives; k++) {
            for (int p = 1; p < penalties; p++) {
                best[k] = criterion[k][p] <= criterion[k][best[k]] ? p : best[k];
            }
            if (!Double.isFinite(criterion[k][best[k]])) {
                throw new AssayException(
                        ErrorKind.NUMERIC,
                        "objective " + data.objectives().get(k).name() + ": no penalty of " + settings.penalties()
                                + " makes its equations solvable; its features repeat one another or it has fewer rows than"
                                + " the " + data.width() + " features, so try larger penalties");
            }
        }
        return best;
    }
}
