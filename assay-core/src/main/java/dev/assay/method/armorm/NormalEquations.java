package dev.assay.method.armorm;

import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Least squares of several ratings on the same rows, {@code A w = b}; centred when an intercept is fitted.
 *
 * @param gram A, {@code [D,D]}: its upper half, what is below the diagonal is not to be read
 * @param moments b, {@code [D,G]}
 * @param mean of the shifted features {@code [D]}; zero without intercept
 * @param labelMean of each rating; 0 without intercept
 * @param labelSquares of each rating, around its mean
 * @param rows n
 */
record NormalEquations(
        Tensor gram, Tensor moments, Tensor mean, double[] labelMean, double[] labelSquares, double rows) {

    /**
     * @param gram {@code X'X}, its upper half, taken over
     * @param sums {@code X'1}
     * @param moments {@code [X,1]'Y}, {@code [D+1,G]}
     * @param squares the diagonal of {@code Y'Y}
     */
    static NormalEquations of(
            Tensor gram, Tensor sums, Tensor moments, double[] squares, double rows, boolean intercept) {
        int width = Math.toIntExact(sums.size(0));
        Tensor products = moments.narrow(0, 0, width);
        double[] labelMean = new double[squares.length];
        if (!intercept) {
            return new NormalEquations(gram, products, torch.zeros_like(sums), labelMean, squares, rows);
        }
        double[] labelSums = Tensors.toDoubles(moments.select(0, width));
        double[] centred = new double[squares.length];
        for (int o = 0; o < squares.length; o++) {
            labelMean[o] = labelSums[o] / rows;
            centred[o] = squares[o] - labelSums[o] * labelMean[o];
        }
        gram.addr_(sums, sums, Tensors.number(1), Tensors.number(-1 / rows));
        Tensor mean = sums.div(Tensors.number(rows));
        Tensor meanMoments = torch.outer(mean, moments.select(0, width));
        return new NormalEquations(gram, products.sub(meanMoments), mean, labelMean, centred, rows);
    }
}
