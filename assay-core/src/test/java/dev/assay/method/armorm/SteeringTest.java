package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.Steering;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of steering, on a mixture whose first objective is the nuisance the others were freed of. */
class SteeringTest {
    private static final int ROWS = 6;
    private static final int WIDTH = 24;
    private static final Offset<Double> SAME = within(Tolerances.FLOAT32_OP);
    private static final Map<String, Double> WEIGHTS = Map.of("aspect-1", 2.0, "aspect-3", -6.0);

    @SuppressWarnings("NullAway.Init")
    private static ObjectiveMixture mixture;

    @BeforeAll
    static void make() {
        mixture = Mixtures.random(WIDTH, 0.01, 21);
    }

    @AfterAll
    static void close() {
        mixture.close();
    }

    private static List<Explanation.Mixture> explain(Steering steering) {
        try (TensorScope scope = TensorScope.open()) {
            Random random = new Random(22);
            float[] values = new float[2 * ROWS * WIDTH];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            var both = Tensors.floats(values, 2 * ROWS, WIDTH);
            return mixture.explain(
                    both.narrow(0, 0, ROWS), both.narrow(0, ROWS, ROWS), new int[] {3, 9, 27, 81, 5, 25}, steering);
        }
    }

    private static double[] shares(Explanation.Mixture one) {
        return one.parts().stream()
                .limit(Mixtures.OBJECTIVES)
                .mapToDouble(ObjectivePart::gate)
                .toArray();
    }

    private static ObjectivePart part(Explanation.Mixture one, String name) {
        return one.parts().stream()
                .filter(part -> part.objective().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_blend_of_0_is_the_gate_to_the_last_bit() {
        assertThat(explain(Steering.blending(WEIGHTS, 0))).isEqualTo(explain(Steering.NONE));
    }

    @Test
    void a_blend_of_1_has_the_users_weights_for_every_prompt_in_magnitudes_that_sum_to_1() {
        assertThat(explain(Steering.replacing(WEIGHTS)))
                .allSatisfy(one -> assertThat(shares(one)).containsExactly(0, 0.25, 0, -0.75));
    }

    @Test
    void a_blend_between_is_linear_in_the_value() {
        List<Explanation.Mixture> gate = explain(Steering.NONE);
        List<Explanation.Mixture> user = explain(Steering.replacing(WEIGHTS));
        List<Explanation.Mixture> half = explain(Steering.blending(WEIGHTS, 0.25));
        for (int n = 0; n < ROWS; n++) {
            assertThat(half.get(n).value())
                    .isCloseTo(0.75 * gate.get(n).value() + 0.25 * user.get(n).value(), SAME);
        }
    }

    @Test
    void only_proportions_of_weights_count() {
        List<Explanation.Mixture> one = explain(Steering.replacing(Map.of("aspect-1", 1.0, "aspect-2", 3.0)));
        List<Explanation.Mixture> ten = explain(Steering.replacing(Map.of("aspect-1", 10.0, "aspect-2", 30.0)));
        for (int n = 0; n < ROWS; n++) {
            assertThat(ten.get(n).value()).isCloseTo(one.get(n).value(), SAME);
        }
    }

    @Test
    void an_ignored_objective_contributes_nothing_and_the_others_keep_their_proportions() {
        List<Explanation.Mixture> gate = explain(Steering.NONE);
        List<Explanation.Mixture> without = explain(Steering.NONE.ignoring("aspect-2"));
        for (int n = 0; n < ROWS; n++) {
            double[] before = shares(gate.get(n));
            double[] after = shares(without.get(n));
            assertThat(part(without.get(n), "aspect-2").contribution()).isZero();
            assertThat(after[0] + after[1] + after[3]).isCloseTo(1, SAME);
            assertThat(after[1] / after[3]).isCloseTo(before[1] / before[3], SAME);
        }
    }

    @Test
    void an_ignored_nuisance_stays_as_the_correction_of_the_others() {
        for (Explanation.Mixture one : explain(Steering.NONE.ignoring("aspect-0"))) {
            double[] shares = shares(one);
            assertThat(shares[0]).isZero();
            double correction = -Mixtures.SCALE * (0.1 * shares[1] + 0.2 * shares[2] + 0.3 * shares[3]);
            assertThat(part(one, "aspect-0").coefficient()).isCloseTo(correction, SAME);
        }
    }

    @Test
    void a_minimum_costs_what_is_missing_and_nothing_where_it_is_met() {
        List<Explanation.Mixture> free = explain(Steering.NONE);
        List<Explanation.Mixture> bound = explain(Steering.NONE.atLeast("aspect-3", 0.5));
        int missed = 0;
        for (int n = 0; n < ROWS; n++) {
            double missing = Math.max(0, 0.5 - part(free.get(n), "aspect-3").original());
            ObjectivePart cost = bound.get(n).parts().getLast();
            assertThat(cost.objective()).isEqualTo(new Objective("shortfall of aspect-3 below 0.5"));
            assertThat(cost.original()).isCloseTo(missing, SAME);
            // The scale runs from -3 to 4: 7 units of the ratings are one of the mixture's.
            double penalty = Steering.AtLeast.STRENGTH * Mixtures.SCALE * missing / 7;
            assertThat(bound.get(n).value()).isCloseTo(free.get(n).value() - penalty, SAME);
            missed += missing > 0 ? 1 : 0;
        }
        assertThat(missed).isBetween(1, ROWS - 1);
    }

    @Test
    void steered_values_are_the_sums_of_their_contributions_to_the_last_bit() {
        Steering all = Steering.blending(WEIGHTS, 0.4).ignoring("aspect-0").atLeast("aspect-2", 0.3);
        for (Explanation.Mixture one : explain(all)) {
            double sum = 0;
            for (ObjectivePart part : one.parts()) {
                sum += part.contribution();
            }
            assertThat(one.value()).isEqualTo(sum);
        }
    }

    @Test
    void a_minimum_off_the_scale_of_the_ratings_is_refused() {
        // Ratings of aspect-3 run from -3 to 4.
        explain(Steering.NONE.atLeast("aspect-3", -3).atLeast("aspect-3", 4));
        assertThatThrownBy(() -> explain(Steering.NONE.atLeast("aspect-3", -3.5).atLeast("aspect-3", 6)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("at least -3.5 of aspect-3 is off the scale of its ratings, -3.0 to 4.0")
                .hasMessageContaining("no answer would fall short; give a value between")
                .hasMessageContaining("at least 6.0 of aspect-3")
                .hasMessageContaining("every answer would fall short");
    }

    @Test
    void every_unknown_objective_is_named_with_the_one_that_was_meant() {
        Steering wrong = Steering.replacing(Map.of("aspct-1", 1.0)).ignoring("verbosity");
        assertThatThrownBy(() -> explain(wrong))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("a mixture of aspect-0, aspect-1, aspect-2, aspect-3")
                .hasMessageContaining("\"aspct-1\"; did you mean aspect-1?")
                .hasMessageContaining("\"verbosity\"")
                .extracting(e -> ((AssayException) e).kind())
                .isEqualTo(ErrorKind.INPUT);
    }

    @Test
    void steering_that_says_nothing_is_refused() {
        assertThatThrownBy(() -> Steering.blending(Map.of("aspect-1", 0.0), 1.5))
                .hasMessageContaining("the blend 1.5 is outside [0, 1]")
                .hasMessageContaining("all weights are 0");
        assertThatThrownBy(() -> Steering.NONE.atLeast("aspect-1", Double.NaN)).hasMessageContaining("finite");
        Steering nothing = Steering.replacing(Map.of("aspect-1", 1.0)).ignoring("aspect-1");
        assertThatThrownBy(() -> explain(nothing)).hasMessageContaining("nothing is left to reward");
    }
}
