package dev.assay.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Standard errors of differences, against covariances written out. */
class PairExplanationTest {
    private static final Objective HELPFUL = new Objective("helpful");
    private static final Offset<Double> SAME = within(Tolerances.SOLVER);

    private static Explanation.Mixture mixture(double reward, double coefficient, double error) {
        return new Explanation.Mixture(
                "m", List.of(new ObjectivePart(HELPFUL, reward, reward, coefficient, coefficient, error)));
    }

    private static double error(Explanation.Mixture first, Explanation.Mixture second, Map<Objective, Double> errors) {
        return new PairExplanation(first, second, errors)
                .differences()
                .getFirst()
                .standardError();
    }

    @Test
    void the_error_of_a_difference_is_that_of_two_weighed_rewards_with_their_covariance() {
        RandomGenerator random = new SplittableRandom(4);
        for (int trial = 0; trial < 100; trial++) {
            double v = random.nextDouble(0.1, 1);
            double w = random.nextDouble(0.1, 1);
            double covariance = random.nextDouble(-1, 1) * Math.sqrt(v * w);
            double c = random.nextDouble(-2, 2);
            double d = random.nextDouble(-2, 2);
            Map<Objective, Double> apart = Map.of(HELPFUL, Math.sqrt(v + w - 2 * covariance));
            assertThat(error(mixture(0.3, c, Math.sqrt(v)), mixture(0.8, d, Math.sqrt(w)), apart))
                    .isCloseTo(Math.sqrt(c * c * v + d * d * w - 2 * c * d * covariance), SAME);
        }
    }

    @Test
    void one_coefficient_for_both_answers_is_a_factor_of_the_error() {
        Map<Objective, Double> apart = Map.of(HELPFUL, 0.02);
        assertThat(error(mixture(0.3, -1.5, 0.4), mixture(0.8, -1.5, 0.5), apart))
                .isCloseTo(0.03, SAME);
        assertThat(error(mixture(0.3, 0, 0.4), mixture(0.8, 0, 0.5), apart)).isZero();
    }

    @Test
    void a_reward_that_is_exact_leaves_the_error_of_the_other() {
        // A shortfall of one answer alone: the other falls short of nothing, and exactly so.
        assertThat(error(mixture(0.3, -2, 0.4), mixture(0, -2, 0), Map.of(HELPFUL, 0.1)))
                .isCloseTo(0.8, SAME);
        assertThat(error(mixture(12, 0.1, 0), mixture(9, 0.1, 0), Map.of())).isZero();
    }

    @Test
    void what_is_unknown_is_no_number_unless_it_does_not_count() {
        Explanation.Mixture known = mixture(0.3, 1, 0.1);
        assertThat(error(known, mixture(0.4, 1, 0.1), Map.of())).isNaN();
        assertThat(error(mixture(0.3, 1, Double.NaN), mixture(0.4, 1, Double.NaN), Map.of(HELPFUL, Double.NaN)))
                .isNaN();
        assertThat(error(mixture(0.3, 0, Double.NaN), mixture(0.4, 0, Double.NaN), Map.of()))
                .isZero();
        assertThat(new PairExplanation(known, known).standardErrorBound()).isNaN();
    }

    @Test
    void swapped_answers_turn_the_sign_and_keep_the_errors() {
        Map<Objective, Double> apart = Map.of(HELPFUL, 0.2);
        PairExplanation pair = new PairExplanation(mixture(0.3, 1, 0.4), mixture(0.8, 1.2, 0.5), apart);
        PairExplanation swapped = new PairExplanation(pair.second(), pair.first(), apart);
        assertThat(swapped.value()).isEqualTo(-pair.value());
        assertThat(swapped.standardErrorBound()).isCloseTo(pair.standardErrorBound(), SAME);
    }
}
