package dev.assay.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which maps the pairs can tell, and which only say where the range of the fit ends. */
class RecalibrationFitTest {
    private static RecalibrationFit fit(RecalibrationKind kind, int n, IntToDoubleFunction difference) {
        List<PairScore> pairs = IntStream.range(0, n)
                .mapToObj(
                        i -> new PairScore(difference.applyAsDouble(i), 0, Strength.HARD, Origin.of("test", "made", i)))
                .toList();
        return RecalibrationFit.of(kind, List.of(new PairScores("test", pairs)));
    }

    /** Right on two of three, with gaps of many sizes on both sides. */
    private static double mixed(int i) {
        return (i % 3 == 0 ? -1 : 1) * (0.2 + i % 7);
    }

    @ParameterizedTest
    @EnumSource
    void as_many_pairs_as_are_needed_tell_a_map(RecalibrationKind kind) {
        RecalibrationFit told = fit(kind, RecalibrationFit.LEAST_PAIRS, RecalibrationFitTest::mixed);
        assertThat(told.pairs()).isEqualTo(30);
        assertThat(told.caution()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void one_pair_fewer_does_not_and_pairs_of_equal_rewards_do_not_count(RecalibrationKind kind) {
        assertThat(fit(kind, 29, RecalibrationFitTest::mixed).caution().orElseThrow())
                .contains("fitted on 29 pairs")
                .contains("at least 30");
        assertThat(fit(kind, 40, i -> i < 29 ? mixed(i) : 0).pairs()).isEqualTo(29);
    }

    @ParameterizedTest
    @EnumSource
    void a_model_that_is_right_on_all_pairs_or_never_better_than_a_coin_tells_no_map(RecalibrationKind kind) {
        assertThat(fit(kind, 200, i -> 0.1 + i % 9).caution().orElseThrow())
                .contains("the end of its range")
                .contains("200 pairs");
        assertThat(fit(kind, 200, i -> -0.1 - i % 9).caution().orElseThrow()).contains("no better than a coin");
        // One error is enough to bound the likelihood from above.
        assertThat(fit(kind, 200, i -> i == 100 ? -3 : 0.1 + i % 9).caution()).isEmpty();
    }
}
