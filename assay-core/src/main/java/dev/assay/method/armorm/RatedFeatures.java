package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Stored features of N rated responses. The features stay their owner's, and may lie in a mapped file: they are read in blocks
 * of rows.
 *
 * @param features {@code [N,D]} of any floating-point type, on the CPU
 * @param ids the name of each row, for messages
 * @param prompts the number of each row's prompt: rows of one prompt are never on both sides of a split
 * @param objectives the K objectives
 * @param ratings {@code [K][N]}, mapped to the objective's unit scale; NaN where nobody rated
 */
public record RatedFeatures(
        ShardedRows features, List<String> ids, int[] prompts, List<ScaledObjective> objectives, double[][] ratings) {
    public RatedFeatures {
        ids = List.copyOf(ids);
        objectives = List.copyOf(objectives);
        long[] shape = features.shape();
        if (shape.length != 2 || shape[0] != ids.size() || prompts.length != ids.size()) {
            throw new IllegalArgumentException("features " + Arrays.toString(shape) + " do not fit " + ids.size()
                    + " row names and " + prompts.length + " prompts");
        }
        if (ratings.length != objectives.size()) {
            throw new IllegalArgumentException(
                    ratings.length + " columns of ratings for " + objectives.size() + " objectives");
        }
        for (int k = 0; k < ratings.length; k++) {
            if (ratings[k].length != ids.size()) {
                throw new IllegalArgumentException(
                        objectives.get(k).name() + ": " + ratings[k].length + " ratings for " + ids.size() + " rows");
            }
        }
    }

    /** Features in one tensor. */
    public RatedFeatures(
            Tensor features, List<String> ids, int[] prompts, List<ScaledObjective> objectives, double[][] ratings) {
        this(ShardedRows.of(features), ids, prompts, objectives, ratings);
    }

    /** N. */
    public int rows() {
        return ids.size();
    }

    /** D. */
    public int width() {
        return features.width();
    }

    /** Whether a row has a rating of objective k. */
    boolean rated(int k, int row) {
        return !Double.isNaN(ratings[k][row]);
    }

    /** Stops at objectives no probe can be fitted to, naming each. */
    void requireUsableRatings() {
        Problems problems = new Problems(ErrorKind.DATA, "ratings of " + rows() + " rows");
        for (int k = 0; k < objectives.size(); k++) {
            String name = objectives.get(k).name();
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < rows(); row++) {
                double rating = ratings[k][row];
                if (Double.isInfinite(rating)) {
                    problems.add("objective " + name + ", row " + ids.get(row) + ": the rating is " + rating
                            + "; ratings are finite, a missing one is left out");
                } else if (rated(k, row)) {
                    low = Math.min(low, rating);
                    high = Math.max(high, rating);
                }
            }
            if (low > high) {
                problems.add("objective " + name + ": no row is rated; leave it out or add ratings");
            } else if (low == high) {
                problems.add("objective " + name + ": every rating is " + low
                        + "; nothing can be learned from a constant, leave it out");
            }
        }
        problems.throwIfAny();
    }

    /** The failure of a statistic that left the reals: names the first row whose features did. */
    AssayException notFinite() {
        for (int row = 0; row < rows(); row++) {
            float[] values = Tensors.toFloats(features.narrow(row, 1));
            for (int d = 0; d < values.length; d++) {
                if (!Float.isFinite(values[d])) {
                    return new AssayException(
                            ErrorKind.DATA,
                            "features, row " + ids.get(row) + ", column " + d + ": " + values[d]
                                    + " is not finite; compute the features of this row again or leave it out");
                }
            }
        }
        return new AssayException(
                ErrorKind.NUMERIC,
                "sums of squared features exceed double precision although each is finite; scale the features down");
    }
}
