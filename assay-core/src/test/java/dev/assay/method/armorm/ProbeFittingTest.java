package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.math.RegressionQuality;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeFittingTest {
    private static final ProbeSettings BY_LEVERAGE =
            ProbeSettings.DEFAULT.withChoice(new PenaltyChoice.GeneralizedCrossValidation());

    private final TensorScope scope = TensorScope.open();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void held_out_errors_are_those_of_probes_fitted_to_the_other_prompts_alone() {
        Made made = new Made(300, 6, 2, 0.3, 7);
        PromptSplit split = new PromptSplit(0.3, 5);
        ProbeSettings settings = ProbeSettings.DEFAULT
                .withChoice(new PenaltyChoice.HeldOut(split))
                .withPenalties(0.1, 10.0, 1000.0)
                .withIntercept(true);
        int[] training = made.rows(row -> !split.holdsOut(made.prompts[row]));
        int[] heldOut = made.rows(row -> split.holdsOut(made.prompts[row]));
        try (ObjectiveProbes unused = ProbeFitting.fit(made.data(), settings).probes()) {
            List<ObjectiveFit> fitted = ProbeFitting.fit(made.data(), settings).objectives();
            for (int p = 0; p < 3; p++) {
                ProbeSettings one =
                        BY_LEVERAGE.withPenalties(settings.penalties().get(p));
                try (ObjectiveProbes probes =
                        ProbeFitting.fit(made.subset(training).data(), one).probes()) {
                    Made rest = made.subset(heldOut);
                    double[] rewards = Tensors.toDoubles(probes.rewards(rest.tensor()));
                    for (int k = 0; k < 2; k++) {
                        assertThat(fitted.get(k).criterion().get(p))
                                .isCloseTo(rest.meanSquaredError(rewards, k), within(Tolerances.SOLVER));
                    }
                }
            }
            for (ObjectiveFit fit : fitted) {
                assertThat(fit.quality().meanSquaredError().value())
                        .isCloseTo(Collections.min(fit.criterion()), within(Tolerances.SOLVER));
            }
        }
    }

    @Test
    void the_final_fit_uses_all_rows() {
        Made made = new Made(200, 5, 2, 0.2, 3);
        ProbeSettings held = ProbeSettings.DEFAULT.withPenalties(1.0);
        try (ObjectiveProbes split = ProbeFitting.fit(made.data(), held).probes();
                ObjectiveProbes whole = ProbeFitting.fit(made.data(), BY_LEVERAGE.withPenalties(1.0))
                        .probes()) {
            assertThat(Tensors.toDoubles(split.weights()))
                    .containsExactly(Tensors.toDoubles(whole.weights()), within(Tolerances.SOLVER));
            assertThat(split.intercepts()).containsExactly(whole.intercepts(), within(Tolerances.SOLVER));
        }
    }

    @Test
    void with_more_patterns_than_memory_allows_the_probes_are_those_of_each_objective_alone() {
        Made made = new Made(1200, 128, 12, 0.5, 5);
        List<LabelPattern> patterns = LabelPattern.of(made.data(), row -> false);
        try (RidgeStatistics statistics = new RidgeStatistics(made.data(), patterns, Tensors.doubleZeros(128));
                ObjectiveProbes together = ProbeFitting.fit(made.data(), BY_LEVERAGE.withPenalties(1.0))
                        .probes()) {
            assertThat(patterns).hasSizeGreaterThan(1000);
            assertThat(statistics.matrices()).isEqualTo(12);
            double[] weights = Tensors.toDoubles(together.weights());
            for (int k = 0; k < 12; k++) {
                Made one = new Made(made.features, made.prompts, new double[][] {made.ratings[k]});
                try (ObjectiveProbes alone = ProbeFitting.fit(one.data(), BY_LEVERAGE.withPenalties(1.0))
                        .probes()) {
                    assertThat(Arrays.copyOfRange(weights, 128 * k, 128 * (k + 1)))
                            .containsExactly(Tensors.toDoubles(alone.weights()), within(Tolerances.SOLVER));
                    assertThat(together.intercepts()[k]).isCloseTo(alone.intercepts()[0], within(Tolerances.SOLVER));
                }
            }
        }
    }

    @Test
    void rows_by_objectives_are_each_row_once_for_every_group_it_rates() {
        Made made = new Made(50, 2, 3, 0.4, 8);
        for (LabelPattern group : LabelPattern.byObjectives(LabelPattern.of(made.data(), row -> row % 3 == 0))) {
            int k = group.rated()[0];
            assertThat(group.training())
                    .containsExactly(made.rows(row -> row % 3 != 0 && !Double.isNaN(made.ratings[k][row])));
            assertThat(group.heldOut())
                    .containsExactly(made.rows(row -> row % 3 == 0 && !Double.isNaN(made.ratings[k][row])));
        }
    }

    @Test
    void with_an_intercept_a_far_origin_changes_nothing_but_the_intercept() {
        Made made = new Made(200, 5, 2, 0.2, 3);
        try (ObjectiveProbes near = ProbeFitting.fit(made.data(), BY_LEVERAGE).probes();
                ObjectiveProbes far =
                        ProbeFitting.fit(made.movedBy(4096).data(), BY_LEVERAGE).probes()) {
            assertThat(Tensors.toDoubles(far.weights()))
                    .containsExactly(Tensors.toDoubles(near.weights()), within(Tolerances.SOLVER));
            assertThat(far.intercepts()[0]).isNotCloseTo(near.intercepts()[0], within(1.0));
        }
    }

    @Test
    void an_interval_of_two_standard_errors_and_noise_covers_95_percent_of_new_ratings() {
        Made made = new Made(400, 20, 1, 0, 11);
        Made fresh = new Made(4000, 20, 1, 0, 12);
        try (ObjectiveProbes probes = ProbeFitting.fit(made.data(), BY_LEVERAGE).probes()) {
            double[] rewards = Tensors.toDoubles(probes.rewards(fresh.tensor()));
            double[] errors = Tensors.toDoubles(probes.standardErrors(fresh.tensor()));
            double noise = probes.noise()[0];
            long covered = IntStream.range(0, 4000)
                    .filter(i -> Math.abs(fresh.ratings[0][i] - rewards[i]) < 1.96 * Math.hypot(errors[i], noise))
                    .count();
            assertThat(covered / 4000.0).isBetween(0.93, 0.97);
            // Half the data would double their variance: they must not be swallowed by the noise unseen.
            assertThat(Arrays.stream(errors).average().orElseThrow() / noise).isBetween(0.15, 0.35);
        }
    }

    @Test
    void quality_without_held_out_rows_is_close_to_that_on_new_rows() {
        Made made = new Made(100, 40, 1, 0, 21);
        Made fresh = new Made(4000, 40, 1, 0, 22);
        ProbeFit fit = ProbeFitting.fit(made.data(), BY_LEVERAGE);
        try (ObjectiveProbes probes = fit.probes()) {
            double[] rewards = Tensors.toDoubles(probes.rewards(fresh.tensor()));
            RegressionQuality seen = fit.objectives().getFirst().quality();
            assertThat(fresh.meanSquaredError(rewards, 0))
                    .isBetween(
                            seen.meanSquaredError().low(),
                            seen.meanSquaredError().high());
        }
    }

    @Test
    void every_unusable_objective_is_named_at_once() {
        Made made = new Made(50, 3, 3, 0, 1);
        Arrays.fill(made.ratings[0], Double.NaN);
        Arrays.fill(made.ratings[1], 0.25);
        made.ratings[2][17] = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> ProbeFitting.fit(made.data(), ProbeSettings.DEFAULT))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("objective-0: no row is rated")
                .hasMessageContaining("objective-1: every rating is 0.25")
                .hasMessageContaining("objective-2, row row-17: the rating is Infinity");
    }

    @Test
    void an_objective_with_too_few_rows_for_the_split_is_named() {
        Made made = new Made(50, 3, 2, 0, 1);
        Arrays.fill(made.ratings[1], 2, 50, Double.NaN);
        assertThatThrownBy(() -> ProbeFitting.fit(made.data(), ProbeSettings.DEFAULT))
                .hasMessageContaining("objective-1: ")
                .hasMessageContaining("generalised cross-validation");
    }

    @Test
    void the_row_of_a_feature_that_is_no_number_is_named_on_both_sides_of_the_split() {
        PromptSplit split = ((PenaltyChoice.HeldOut) ProbeSettings.DEFAULT.choice()).split();
        for (boolean held : new boolean[] {true, false}) {
            for (float none : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                Made made = new Made(60, 4, 1, 0, 1);
                int row = made.rows(r -> split.holdsOut(made.prompts[r]) == held)[3];
                made.features[row][2] = none;
                assertThatThrownBy(() -> ProbeFitting.fit(made.data(), ProbeSettings.DEFAULT))
                        .isInstanceOf(AssayException.class)
                        .hasMessageContaining("row row-" + row + ", column 2: " + none + " is not finite");
            }
        }
    }

    @Test
    void features_of_another_width_are_refused() {
        Made made = new Made(60, 4, 1, 0, 1);
        try (ObjectiveProbes probes = ProbeFitting.fit(made.data(), BY_LEVERAGE).probes()) {
            assertThatThrownBy(() -> probes.rewards(new Made(3, 5, 1, 0, 1).tensor()))
                    .hasMessageContaining("features are 5 wide")
                    .hasMessageContaining("fitted on 4");
        }
    }

    @Test
    void no_penalty_on_fewer_rows_than_features_is_an_error_that_says_so() {
        Made made = new Made(10, 20, 1, 0, 1);
        assertThatThrownBy(() -> ProbeFitting.fit(made.data(), BY_LEVERAGE.withPenalties(0.0)))
                .hasMessageContaining("objective objective-0: no penalty of [0.0]")
                .hasMessageContaining("larger penalties");
    }

    /** Made-up rows with a linear truth and missing ratings. */
    private static final class Made {
        final float[][] features;
        final int[] prompts;
        final double[][] ratings;

        Made(int rows, int width, int objectives, double missing, long seed) {
            Random world = new Random(width * 31L + objectives);
            double[][] truth = new double[objectives][width];
            for (double[] weights : truth) {
                Arrays.setAll(weights, d -> 0.1 * world.nextGaussian());
            }
            Random random = new Random(seed);
            features = new float[rows][width];
            prompts = new int[rows];
            ratings = new double[objectives][rows];
            for (int row = 0; row < rows; row++) {
                prompts[row] = row / 2;
                for (int d = 0; d < width; d++) {
                    // Multiples of 1/64 stay exact in fp32 when the origin moves far away.
                    features[row][d] = Math.round(64 * random.nextGaussian()) / 64f;
                }
                for (int k = 0; k < objectives; k++) {
                    double value = 0.5 + 0.2 * random.nextGaussian();
                    for (int d = 0; d < width; d++) {
                        value += truth[k][d] * features[row][d];
                    }
                    ratings[k][row] = random.nextDouble() < missing ? Double.NaN : value;
                }
            }
        }

        private Made(float[][] features, int[] prompts, double[][] ratings) {
            this.features = features;
            this.prompts = prompts;
            this.ratings = ratings;
        }

        int[] rows(java.util.function.IntPredicate which) {
            return IntStream.range(0, prompts.length).filter(which).toArray();
        }

        Made subset(int[] rows) {
            return new Made(
                    IntStream.of(rows).mapToObj(row -> features[row]).toArray(float[][]::new),
                    IntStream.of(rows).map(row -> prompts[row]).toArray(),
                    Arrays.stream(ratings)
                            .map(of -> IntStream.of(rows)
                                    .mapToDouble(row -> of[row])
                                    .toArray())
                            .toArray(double[][]::new));
        }

        Made movedBy(float offset) {
            float[][] moved = new float[features.length][];
            for (int row = 0; row < moved.length; row++) {
                moved[row] = features[row].clone();
                for (int d = 0; d < moved[row].length; d++) {
                    moved[row][d] += offset;
                }
            }
            return new Made(moved, prompts, ratings);
        }

        Tensor tensor() {
            int width = features[0].length;
            float[] flat = new float[features.length * width];
            for (int row = 0; row < features.length; row++) {
                System.arraycopy(features[row], 0, flat, row * width, width);
            }
            return Tensors.floats(flat, features.length, width);
        }

        RatedFeatures data() {
            return new RatedFeatures(
                    tensor(),
                    IntStream.range(0, prompts.length)
                            .mapToObj(row -> "row-" + row)
                            .toList(),
                    prompts,
                    IntStream.range(0, ratings.length)
                            .mapToObj(k -> ScaledObjective.unit("objective-" + k))
                            .toList(),
                    ratings);
        }

        double meanSquaredError(double[] rewards, int k) {
            IntToDoubleFunction error = row -> rewards[row * ratings.length + k] - ratings[k][row];
            return IntStream.range(0, prompts.length)
                    .filter(row -> !Double.isNaN(ratings[k][row]))
                    .mapToDouble(row -> error.applyAsDouble(row) * error.applyAsDouble(row))
                    .average()
                    .orElseThrow();
        }
    }
}
