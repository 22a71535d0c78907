package dev.assay.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackedBatch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingLossTest {
    private static final RankingLoss LOSS = new RankingLoss(false);

    /** Groups given by the ranks of their responses; label and margin apply to all. */
    static PackedBatch batch(double label, double margin, int[]... ranks) {
        int responses = Arrays.stream(ranks).mapToInt(r -> r.length).sum();
        int[] group = new int[responses];
        int[] rank = new int[responses];
        int n = 0;
        for (int g = 0; g < ranks.length; g++) {
            for (int r : ranks[g]) {
                group[n] = g;
                rank[n++] = r;
            }
        }
        double[] labels = new double[ranks.length];
        double[] margins = new double[ranks.length];
        Arrays.fill(labels, label);
        Arrays.fill(margins, margin);
        int[] zeros = new int[responses];
        return new PackedBatch(
                new int[][] {{1}},
                new int[][] {{0}},
                null,
                new int[0],
                zeros,
                zeros,
                zeros,
                zeros,
                group,
                rank,
                labels,
                margins);
    }

    private static double pairLoss(double chosen, double rejected) {
        return LOSS.terms(new double[] {chosen, rejected}, batch(1, 0, new int[] {1, 2}))
                .groupLoss()[0];
    }

    @Test
    void equal_rewards_cost_ln_2_and_swapping_costs_the_difference() {
        assertThat(pairLoss(3, 3)).isCloseTo(Math.log(2), within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(pairLoss(1, 2.5) - pairLoss(2.5, 1)).isCloseTo(1.5, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void adding_a_constant_changes_nothing() {
        assertThat(pairLoss(101, 100.25)).isCloseTo(pairLoss(1, 0.25), within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void nothing_overflows_at_ten_thousand() {
        assertThat(pairLoss(-1e4, 1e4)).isEqualTo(2e4);
        assertThat(pairLoss(1e4, -1e4)).isZero();
        double[] gradient = LOSS.terms(new double[] {-1e4, 1e4}, batch(1, 0, new int[] {1, 2}))
                .rewardGradient();
        assertThat(gradient).containsExactly(-1, 1);
    }

    @Test
    void the_gradient_is_that_of_finite_differences_for_ties_soft_labels_margins_and_rankings() {
        RankingLoss margins = new RankingLoss(true);
        PackedBatch[] batches = {
            batch(1, 0, new int[] {1, 2}),
            batch(0.8, 0, new int[] {1, 2}, new int[] {2, 1}),
            batch(1, 0.7, new int[] {1, 2}),
            batch(0.5, 0, new int[] {1, 1}),
            batch(1, 0, new int[] {2, 1, 3, 1}, new int[] {1}, new int[] {1, 2, 3})
        };
        SplittableRandom random = new SplittableRandom(5);
        for (PackedBatch batch : batches) {
            double[] rewards = random.doubles(batch.responses(), -2, 2).toArray();
            double[] gradient = margins.terms(rewards, batch).rewardGradient();
            for (int n = 0; n < rewards.length; n++) {
                double[] up = rewards.clone();
                double[] down = rewards.clone();
                up[n] += 1e-5;
                down[n] -= 1e-5;
                double slope = (Arrays.stream(margins.terms(up, batch).groupLoss())
                                        .sum()
                                - Arrays.stream(margins.terms(down, batch).groupLoss())
                                        .sum())
                        / 2e-5;
                assertThat(gradient[n]).isCloseTo(slope, within(Tolerances.SOLVER));
            }
        }
    }

    @Test
    void a_ranking_of_k_is_the_mean_over_its_pairs() {
        double[] rewards = {0.3, -1, 2};
        double mean = (pairLoss(0.3, -1) + pairLoss(0.3, 2) + pairLoss(-1, 2)) / 3;
        RankingLoss.Terms terms = LOSS.terms(rewards, batch(1, 0, new int[] {1, 2, 3}));

        assertThat(terms.groupLoss()[0]).isCloseTo(mean, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(terms.correct()).isEqualTo(1);
        assertThat(terms.compared()).isEqualTo(3);
    }

    @Test
    void a_tie_is_symmetric_and_cheapest_at_equal_rewards() {
        PackedBatch tie = batch(1, 0, new int[] {1, 1});
        double here = LOSS.terms(new double[] {1, 2}, tie).groupLoss()[0];

        assertThat(LOSS.terms(new double[] {2, 1}, tie).groupLoss()[0]).isEqualTo(here);
        assertThat(LOSS.terms(new double[] {2, 2}, tie).groupLoss()[0]).isLessThan(here);
        assertThat(LOSS.terms(new double[] {2, 2}, tie).compared()).isZero();
    }

    @Test
    void a_margin_moves_the_difference_only_where_it_is_asked_for() {
        PackedBatch batch = batch(1, 1.5, new int[] {1, 2});
        double[] rewards = {2, 0};

        assertThat(new RankingLoss(true).terms(rewards, batch).groupLoss()[0])
                .isCloseTo(pairLoss(0.5, 0), within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(LOSS.terms(rewards, batch).groupLoss()[0]).isEqualTo(pairLoss(2, 0));
    }

    @Test
    void centering_costs_the_squared_sum_and_pulls_both_rewards_alike() {
        double[] gradient = new double[2];
        double[] penalty =
                new CenteringPenalty(0.01).terms(new double[] {2, 1}, batch(1, 0, new int[] {1, 2}), gradient);

        assertThat(penalty[0]).isCloseTo(0.09, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(gradient).containsExactly(new double[] {0.06, 0.06}, within(Tolerances.DOUBLE_ALGEBRA));
    }
}
