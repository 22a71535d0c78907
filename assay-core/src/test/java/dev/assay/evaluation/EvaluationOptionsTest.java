package dev.assay.evaluation;

import static dev.assay.evaluation.SimulatedScores.QUICK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationOptionsTest {
    @Test
    void only_both_orders_with_odd_bins_hide_the_middle_one() {
        EvaluationOptions both = QUICK.withForm(BinForm.BOTH_ORDERS);
        assertThat(both.withBins(5).hidesMiddleBin()).isTrue();
        assertThat(both.hidesMiddleBin()).isFalse();
        assertThat(QUICK.withBins(5).hidesMiddleBin()).isFalse();
        assertThat(both.withBins(5).caution().orElse("")).contains("odd number of bins (5)");
        assertThat(QUICK.withBins(5).caution()).isEmpty();
    }

    @Test
    void options_are_told_in_words() {
        assertThat(EvaluationOptions.DEFAULT.words())
                .isEqualTo("10 bins of equal width, each pair once at its confidence");
        assertThat(EvaluationOptions.DEFAULT
                        .withBins(7)
                        .withBinning(Binning.EQUAL_MASS)
                        .withForm(BinForm.BOTH_ORDERS)
                        .words())
                .isEqualTo("7 bins of equal mass, each pair twice at p and 1 − p (both-orders)");
    }
}
