package dev.assay.evaluation;

import dev.assay.math.Bootstrap;

/**
 * What a calibration error depends on and must be stated with.
 *
 * @param bins the number of bins of [0, 1], in [1, 1000]; MORE's code uses 5, 10 and 20
 * @param form how pairs are laid into bins
 * @param bootstrap the intervals of everything but accuracy, and the level of all
 */
public record EvaluationOptions(int bins, BinForm form, Bootstrap bootstrap) {
    /** 10 bins, confidence form, 1000 resamples, 95 %, seed 0. */
    public static final EvaluationOptions DEFAULT =
            new EvaluationOptions(10, BinForm.CONFIDENCE, new Bootstrap(1000, 0.95, 0));

    public EvaluationOptions {
        if (bins < 1 || bins > 1000) {
            throw new IllegalArgumentException("bins must lie in [1, 1000], got " + bins);
        }
    }

    /** The same with another number of bins. */
    public EvaluationOptions withBins(int number) {
        return new EvaluationOptions(number, form, bootstrap);
    }

    /** The same with another form. */
    public EvaluationOptions withForm(BinForm other) {
        return new EvaluationOptions(bins, other, bootstrap);
    }

    /** The same with another bootstrap. */
    public EvaluationOptions withBootstrap(Bootstrap other) {
        return new EvaluationOptions(bins, form, other);
    }
}
