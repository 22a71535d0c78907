package dev.assay.method.armorm;

import static dev.assay.method.armorm.GatedWorld.SMALL;
import static dev.assay.method.armorm.GatedWorld.updates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.math.Estimate;
import dev.assay.math.PairedDifference;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A gate beside what it has to beat, on simulated features. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixtureComparisonTest {
    @AutoClose
    private final GatedWorld world = new GatedWorld();

    private final PairFeatures training = world.training;
    private final PairFeatures test = world.test;
    private final ObjectiveProbes probes = world.probes;
    private final RewardTransform transform = world.transform;
    private final GateFit gated = world.gated;

    @Test
    void the_gate_beats_the_best_fixed_mixture_by_three_points_and_every_objective_alone() {
        MixtureComparison comparison = comparison(test);
        double best = comparison.named("gate").accuracy().value();
        assertThat(best)
                .isGreaterThan(comparison.named("fixed mixture").accuracy().value() + 0.03);
        assertThat(best)
                .isGreaterThan(comparison.named("linear head").accuracy().value() + 0.03);
        assertThat(comparison.entries()).hasSize(9).allSatisfy(entry -> {
            assertThat(entry.accuracy().value()).isLessThanOrEqualTo(best);
            // What 95 % intervals of 4,000 pairs span where 50 to 92 % are right.
            assertThat(entry.accuracy().high() - entry.accuracy().low()).isBetween(0.016, 0.032);
        });
        comparison.entries().stream().skip(1).forEach(entry -> {
            PairedDifference ahead = entry.gateAhead().orElseThrow();
            assertThat(ahead.estimate().value())
                    .isCloseTo(best - entry.accuracy().value(), within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(ahead.estimate().low()).isPositive();
            assertThat(ahead.pValue()).isLessThan(0.001);
        });
        assertThat(comparison.named("gate").gateAhead()).isEmpty();
        // The linear reward and the mixture of linear probes see the same; neither sees the category.
        assertThat(comparison.named("linear head").accuracy().value())
                .isCloseTo(comparison.named("fixed mixture").accuracy().value(), within(0.02));
    }

    @Test
    void measured_pairs_without_numbers_are_named_and_do_not_count_as_wrong() {
        PairFeatures few = test.where(prompt -> prompt < 20);
        few.chosen().narrow(7, 1).fill_(Tensors.number(Double.NaN));
        assertThatThrownBy(() -> comparison(few)).hasMessageContaining("chosen response, pair row-7");
    }

    @Test
    void pairs_of_one_prompt_are_one_piece_of_evidence() {
        PairFeatures thrice = new PairFeatures(
                test.prompts().joined().repeat_interleave(3, new LongOptional(0), new LongOptional()),
                test.chosen().joined().repeat_interleave(3, new LongOptional(0), new LongOptional()),
                test.rejected().joined().repeat_interleave(3, new LongOptional(0), new LongOptional()),
                IntStream.range(0, 3 * test.pairs())
                        .mapToObj(row -> "row-" + row)
                        .toList(),
                IntStream.range(0, 3 * test.pairs()).map(row -> row / 3).toArray(),
                new int[0],
                new int[0]);
        MixtureComparison once = comparison(test);
        MixtureComparison repeated = comparison(thrice);
        assertThat(repeated.pairs()).isEqualTo(3 * test.pairs());
        assertThat(repeated.prompts()).isEqualTo(once.prompts()).isEqualTo(test.pairs());
        for (int at = 0; at < once.entries().size(); at++) {
            Estimate wanted = once.entries().get(at).accuracy();
            Estimate found = repeated.entries().get(at).accuracy();
            assertThat(found.low()).isCloseTo(wanted.low(), within(Tolerances.REFERENCE));
            assertThat(found.high()).isCloseTo(wanted.high(), within(Tolerances.REFERENCE));
        }
    }

    @Test
    void a_gate_is_warned_of_where_a_coin_or_a_fixed_mixture_does_better() {
        assertThat(check(gated, SMALL).warnings()).isEmpty();
        GateSettings sure =
                SMALL.withShape(new GateSettings.Shape(32, 2, 3000, 1)).withUpdates(updates(1, 256, 0));
        GateFit fit = world.fit(sure);
        GateCheck check = check(fit, sure);
        assertThat(check.gate().value())
                .isCloseTo(fit.best().heldOutAccuracy(), within(Tolerances.FLOAT32_OP))
                .isLessThan(check.mixture().value());
        assertThat(check.warnings()).hasSize(2);
        assertThat(check.warnings().getFirst())
                .contains("that of a coin is 0.693")
                .contains("set method.gate.input: whitened, or lower method.gate.scale (beta, now 3000), or set"
                        + " method.gate.dropout");
        assertThat(check.warnings().getLast()).contains("fewer pairs right than the best fixed mixture");
    }

    @Test
    void baselines_are_fitted_on_the_prompts_the_gate_is_trained_on() {
        LinearBaselines found = LinearBaselines.fit(training, probes, transform, SMALL.split());
        PairFeatures learnt = training.where(prompt -> !SMALL.split().holdsOut(prompt));
        Tensor margins = learnt.margins(probes, transform);
        double penalty = NewtonLogistic.relativePenalty(margins, found.mixture().share());
        assertThat(found.mixture().weights())
                .containsExactly(
                        Tensors.toDoubles(new NewtonLogistic(margins, penalty).solve()), within(Tolerances.REFERENCE));
        assertThat(found.head().weights()).hasSize(24);
    }

    private MixtureComparison comparison(PairFeatures measured) {
        LinearBaselines baselines = LinearBaselines.fit(training, probes, transform, SMALL.split());
        return MixtureComparison.of(baselines, measured, probes, transform, gated.gate());
    }

    private GateCheck check(GateFit fit, GateSettings settings) {
        LinearBaselines baselines = LinearBaselines.fit(training, probes, transform, settings.split());
        return GateCheck.of(fit, baselines, training, probes, transform, settings);
    }
}
