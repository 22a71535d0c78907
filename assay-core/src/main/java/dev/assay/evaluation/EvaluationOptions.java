package dev.assay.evaluation;

import dev.assay.math.Bootstrap;
import java.util.Optional;

/**
 * What a calibration error depends on and must be stated with.
 *
 * @param bins the number of bins of [0, 1], in [1, 1000]; MORE's code uses 5, 10 and 20
 * @param binning where the edges of the bins lie, for {@link Metric#ECE}, {@link Metric#MCE}, {@link Metric#TRUE_ECE}, the
 *     parts of the Brier score and the reliability diagram; {@link Metric#ACE} always has bins of equal mass
 * @param form how pairs are laid into the bins of {@link Metric#ECE}, {@link Metric#MCE} and {@link Metric#TRUE_ECE}
 * @param bootstrap the intervals of everything but accuracy, and the level of all
 */
public record EvaluationOptions(int bins, Binning binning, BinForm form, Bootstrap bootstrap) {
    /** More bins than this are refused. */
    public static final int MOST_BINS = 1000;

    /** 10 bins of equal width, confidence form, 1000 resamples, 95 %, seed 0. */
    public static final EvaluationOptions DEFAULT =
            new EvaluationOptions(10, Binning.EQUAL_WIDTH, BinForm.CONFIDENCE, new Bootstrap(1000, 0.95, 0));

    public EvaluationOptions {
        if (bins < 1 || bins > MOST_BINS) {
            throw new IllegalArgumentException("bins must lie in [1, " + MOST_BINS + "], got " + bins);
        }
    }

    /** The same with another number of bins. */
    public EvaluationOptions withBins(int number) {
        return new EvaluationOptions(number, binning, form, bootstrap);
    }

    /** The same with other edges. */
    public EvaluationOptions withBinning(Binning other) {
        return new EvaluationOptions(bins, other, form, bootstrap);
    }

    /** The same with another form. */
    public EvaluationOptions withForm(BinForm other) {
        return new EvaluationOptions(bins, binning, other, bootstrap);
    }

    /** The same with another bootstrap. */
    public EvaluationOptions withBootstrap(Bootstrap other) {
        return new EvaluationOptions(bins, binning, form, other);
    }

    /**
     * Whether the middle bin hides its gap: in {@link BinForm#BOTH_ORDERS} with an odd number of bins, the two orders of a
     * pair meet there and cancel.
     */
    public boolean hidesMiddleBin() {
        return form == BinForm.BOTH_ORDERS && bins % 2 == 1;
    }

    /** What a reader of these calibration errors must be warned of, as a sentence without its full stop. */
    public Optional<String> caution() {
        return hidesMiddleBin()
                ? Optional.of(
                        "with both-orders and an odd number of bins (" + bins + ") the middle bin's gap is zero by"
                                + " symmetry, so ECE comes out too small; use an even number, or the form confidence")
                : Optional.empty();
    }

    /** Bins, binning and form in words: {@code 10 bins of equal width, each pair once at its confidence}. */
    public String words() {
        return bins
                + switch (binning) {
                    case EQUAL_WIDTH -> " bins of equal width, ";
                    case EQUAL_MASS -> " bins of equal mass, ";
                }
                + switch (form) {
                    case CONFIDENCE -> "each pair once at its confidence";
                    case BOTH_ORDERS -> "each pair twice at p and 1 − p (both-orders)";
                };
    }
}
