package dev.assay.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final double LEVEL = 0.95;
    private static final int ROWS = 60;
    private final double[] outcomes = outcomes(3);
    private final double[] others = outcomes(4);

    private static double[] outcomes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(ROWS).map(x -> x < 0.7 ? 1 : 0).toArray();
    }

    private static double[] thrice(double[] values) {
        return IntStream.range(0, 3 * values.length)
                .mapToDouble(row -> values[row / 3])
                .toArray();
    }

    private static Clusters ofSize(int rows, int size) {
        // Labels of any size, in any order of first occurrence.
        return new Clusters(
                IntStream.range(0, rows).map(row -> 1000 - 7 * (row / size)).toArray());
    }

    @Test
    void rows_that_stand_alone_have_the_plain_interval_and_the_paired_t_test() {
        Clusters alone = ofSize(ROWS, 1);
        double right = Arrays.stream(outcomes).sum();
        assertSame(WilsonInterval.of(outcomes, alone, LEVEL), WilsonInterval.of(right, ROWS, LEVEL));
        double[] differences = IntStream.range(0, ROWS)
                .mapToDouble(row -> outcomes[row] - others[row])
                .toArray();
        PairedDifference found = PairedDifference.of(outcomes, others, alone, LEVEL);
        assertSame(found.estimate(), StudentInterval.of(differences, LEVEL));
        assertThat(found.pValue()).isCloseTo(StudentInterval.pValue(differences), within(Tolerances.SOLVER));
    }

    @Test
    void a_prompt_asked_three_times_with_the_same_outcome_is_one_piece_of_evidence() {
        Clusters threes = ofSize(3 * ROWS, 3);
        assertThat(threes.count()).isEqualTo(ROWS);
        assertSame(
                WilsonInterval.of(thrice(outcomes), threes, LEVEL),
                WilsonInterval.of(outcomes, ofSize(ROWS, 1), LEVEL));
        PairedDifference found = PairedDifference.of(thrice(outcomes), thrice(others), threes, LEVEL);
        PairedDifference once = PairedDifference.of(outcomes, others, ofSize(ROWS, 1), LEVEL);
        assertSame(found.estimate(), once.estimate());
        assertThat(found.pValue()).isCloseTo(once.pValue(), within(Tolerances.SOLVER));
        Estimate naive = WilsonInterval.of(Arrays.stream(outcomes).sum() * 3, 3 * ROWS, LEVEL);
        Estimate robust = WilsonInterval.of(thrice(outcomes), threes, LEVEL);
        assertThat(robust.high() - robust.low()).isGreaterThan(1.5 * (naive.high() - naive.low()));
    }

    @Test
    void where_all_are_right_the_prompts_are_counted() {
        double[] right = new double[12];
        Arrays.fill(right, 1);
        assertSame(WilsonInterval.of(right, ofSize(12, 3), LEVEL), WilsonInterval.of(4.0, 4, LEVEL));
    }

    @Test
    void outcomes_that_balance_within_prompts_are_no_more_than_independent_ones() {
        double[] balanced = IntStream.range(0, 40).mapToDouble(row -> row % 2).toArray();
        assertSame(WilsonInterval.of(balanced, ofSize(40, 2), LEVEL), WilsonInterval.of(20.0, 40, LEVEL));
    }

    @Test
    void a_single_prompt_says_nothing_of_a_difference_and_equal_outcomes_do_not_differ() {
        PairedDifference single = PairedDifference.of(outcomes, others, ofSize(ROWS, ROWS), LEVEL);
        assertThat(single.estimate().hasInterval()).isFalse();
        assertThat(single.pValue()).isNaN();
        PairedDifference none = PairedDifference.of(outcomes, outcomes, ofSize(ROWS, 2), LEVEL);
        assertThat(none).isEqualTo(new PairedDifference(new Estimate(0, 0, 0), 1));
    }

    /** Simulated: the share of 95 % intervals that hold the truth, with three pairs a prompt that mostly agree. */
    @Test
    void the_interval_over_prompts_covers_and_the_one_over_pairs_does_not() {
        SplittableRandom random = new SplittableRandom(8);
        int trials = 400;
        int robust = 0;
        int naive = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] rows = new double[300];
            for (int row = 0; row < rows.length; row++) {
                boolean copied = row % 3 > 0 && random.nextDouble() < 0.9;
                rows[row] = copied ? rows[row - 1] : random.nextDouble() < 0.6 ? 1 : 0;
            }
            robust += WilsonInterval.of(rows, ofSize(300, 3), LEVEL).covers(0.6) ? 1 : 0;
            naive += WilsonInterval.of(Arrays.stream(rows).sum(), 300, LEVEL).covers(0.6) ? 1 : 0;
        }
        assertThat((double) robust / trials).isBetween(0.92, 0.98);
        assertThat((double) naive / trials).isLessThan(0.85);
    }

    private static void assertSame(Estimate found, Estimate wanted) {
        assertThat(found.value()).isCloseTo(wanted.value(), within(Tolerances.SOLVER));
        assertThat(found.low()).isCloseTo(wanted.low(), within(Tolerances.SOLVER));
        assertThat(found.high()).isCloseTo(wanted.high(), within(Tolerances.SOLVER));
    }
}
