package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.head.GatingHead;
import dev.assay.math.Correlation;
import dev.assay.math.Estimate;
import dev.assay.math.PairedDifference;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole method on simulated features, where the right mixture is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateTrainingTest {
    private static final GateSettings SMALL = GateSettings.PAPER
            .withShape(new GateSettings.Shape(32, 2, 20, 1))
            .withUpdates(updates(400, 256, 0))
            .withStopping(new GateSettings.Stopping(20, 0));

    private final TensorScope scope = TensorScope.open();
    private final SimulatedFeatures world = new SimulatedFeatures(5);
    private final PairFeatures training = world.pairs(8000);
    private final PairFeatures test = world.pairs(4000);
    private final ObjectiveProbes probes =
            ProbeFitting.fit(world.ratings(3000, 0.4), ProbeSettings.DEFAULT).probes();
    private RewardTransform transform = RewardTransform.identity(SimulatedFeatures.QUALITIES + 1);
    private final List<GateFit> fits = new ArrayList<>();

    @BeforeAll
    void train() {
        transform = debiased(columns(probes.rewards(training.chosen())));
        fits.add(fit(SMALL));
    }

    private static RewardTransform debiased(double[][] reference) {
        return Debiasing.of(
                        SimulatedFeatures.objectives().stream()
                                .map(ScaledObjective::objective)
                                .toList(),
                        reference,
                        new int[0],
                        DebiasSettings.solved(new Nuisance.OfObjective(SimulatedFeatures.VERBOSITY)))
                .transform();
    }

    @AfterAll
    void free() {
        fits.forEach(fit -> fit.gate().close());
        probes.close();
        scope.close();
    }

    @Test
    void the_gate_recovers_the_mixture_of_each_category() {
        double[] mixture = Tensors.toDoubles(gate().mixture(test.prompts()));
        int objectives = transform.objectives();
        double[] found = new double[SimulatedFeatures.CATEGORIES * objectives];
        double[] truth = new double[found.length];
        for (int n = 0; n < test.pairs(); n++) {
            int category = n % SimulatedFeatures.CATEGORIES;
            for (int k = 0; k < objectives; k++) {
                found[category * objectives + k] += mixture[n * objectives + k] / test.pairs();
                truth[category * objectives + k] =
                        k == SimulatedFeatures.QUALITIES ? 0 : SimulatedFeatures.truth(category, k);
            }
        }
        assertThat(Correlation.PEARSON.of(found, truth)).isGreaterThan(0.9);
    }

    @Test
    void the_gate_beats_the_best_fixed_mixture_by_three_points_and_every_objective_alone() {
        MixtureComparison comparison = comparison(test);
        double gated = comparison.named("gate").accuracy().value();
        assertThat(gated)
                .isGreaterThan(comparison.named("fixed mixture").accuracy().value() + 0.03);
        assertThat(gated)
                .isGreaterThan(comparison.named("linear head").accuracy().value() + 0.03);
        assertThat(comparison.entries()).hasSize(9).allSatisfy(entry -> {
            assertThat(entry.accuracy().value()).isLessThanOrEqualTo(gated);
            // What 95 % intervals of 4,000 pairs span where 50 to 92 % are right.
            assertThat(entry.accuracy().high() - entry.accuracy().low()).isBetween(0.016, 0.032);
        });
        comparison.entries().stream().skip(1).forEach(entry -> {
            PairedDifference ahead = entry.gateAhead().orElseThrow();
            assertThat(ahead.estimate().value())
                    .isCloseTo(gated - entry.accuracy().value(), within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(ahead.estimate().low()).isPositive();
            assertThat(ahead.pValue()).isLessThan(0.001);
        });
        assertThat(comparison.named("gate").gateAhead()).isEmpty();
        // The linear reward and the mixture of linear probes see the same; neither sees the category.
        assertThat(comparison.named("linear head").accuracy().value())
                .isCloseTo(comparison.named("fixed mixture").accuracy().value(), within(0.02));
    }

    @Test
    void pairs_of_one_prompt_are_one_piece_of_evidence() {
        PairFeatures thrice = new PairFeatures(
                test.prompts().repeat_interleave(3, new LongOptional(0), new LongOptional()),
                test.chosen().repeat_interleave(3, new LongOptional(0), new LongOptional()),
                test.rejected().repeat_interleave(3, new LongOptional(0), new LongOptional()),
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
        assertThat(check(fits.getFirst(), SMALL).warnings()).isEmpty();
        GateSettings sure =
                SMALL.withShape(new GateSettings.Shape(32, 2, 3000, 1)).withUpdates(updates(1, 256, 0));
        GateFit fit = fit(sure);
        fits.add(fit);
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

    @Test
    void a_whitened_gate_finds_in_a_narrow_cone_of_states_what_a_raw_one_does_not() {
        PairFeatures cone = new PairFeatures(
                training.prompts().mul(Tensors.number(0.05)).add(Tensors.number(0.6)),
                training.chosen(),
                training.rejected(),
                training.ids(),
                training.promptNumbers(),
                new int[0],
                new int[0]);
        GateFit raw = GateTraining.fit(cone, probes, transform, SMALL, look -> {});
        fits.add(raw);
        GateFit whitened = GateTraining.fit(cone, probes, transform, SMALL.withInput(GateInput.WHITENED), look -> {});
        fits.add(whitened);
        assertThat(whitened.best().heldOutLoss()).isLessThan(raw.best().heldOutLoss() - 0.05);
        // The gate that is handed over reads the states as they are.
        PairFeatures held = cone.where(prompt -> SMALL.split().holdsOut(prompt));
        GatedPairs pairs = GatedPairs.all(held.prompts(), held.margins(probes, transform));
        assertThat(pairs.evaluate(whitened.gate()).loss())
                .isCloseTo(whitened.best().heldOutLoss(), within(Tolerances.REFERENCE));
    }

    @Test
    void debiased_rewards_are_free_of_verbosity_on_new_responses() {
        // Two samples differ by chance: with 120,000 responses each by 0.004, where the bar is 0.01.
        SimulatedFeatures other = new SimulatedFeatures(6);
        ObjectiveProbes learnt = ProbeFitting.fit(other.ratings(3000, 0.4), ProbeSettings.DEFAULT)
                .probes();
        try (learnt) {
            double[][] reference = StoredFeatures.rewards(other.pairs(60_000), learnt);
            RewardTransform freed = debiased(reference);
            double[][] before = StoredFeatures.rewards(other.pairs(60_000), learnt);
            double[] verbosity = before[SimulatedFeatures.QUALITIES];
            double[][] after = new double[before.length][verbosity.length];
            for (int n = 0; n < verbosity.length; n++) {
                double[] one = new double[before.length];
                for (int k = 0; k < one.length; k++) {
                    one[k] = before[k][n];
                }
                double[] transformed = freed.apply(one, 0);
                for (int k = 0; k < one.length; k++) {
                    after[k][n] = transformed[k];
                }
            }
            for (int k = 0; k < SimulatedFeatures.QUALITIES; k++) {
                assertThat(Correlation.SPEARMAN.of(before[k], verbosity)).isGreaterThan(0.2);
                assertThat(Correlation.SPEARMAN.of(after[k], verbosity)).isCloseTo(0, within(0.01));
            }
        }
    }

    @Test
    void the_probes_and_the_states_are_frozen_while_the_gate_is_trained() {
        List<Tensor> frozen = List.of(probes.weights(), training.prompts(), training.chosen(), training.rejected());
        List<Tensor> before = frozen.stream().map(Tensor::clone).toList();
        double[] intercepts = probes.intercepts();
        fits.add(fit(SMALL.withUpdates(updates(3, 256, 0))));
        for (int i = 0; i < frozen.size(); i++) {
            assertThat(frozen.get(i).equal(before.get(i))).isTrue();
            assertThat(frozen.get(i).requires_grad()).isFalse();
        }
        assertThat(probes.intercepts()).isEqualTo(intercepts);
    }

    @Test
    void the_best_step_is_kept_and_beta_is_trained() {
        GateFit fit = fits.getFirst();
        assertThat(fit.looks()).hasSize(21);
        assertThat(fit.looks())
                .allSatisfy(look -> assertThat(look.heldOutLoss())
                        .isGreaterThanOrEqualTo(fit.best().heldOutLoss()));
        assertThat(fit.best().heldOutLoss()).isLessThan(fit.looks().getFirst().heldOutLoss());
        assertThat(fit.gate().scale())
                .isEqualTo(fit.best().scale())
                .isNotEqualTo(SMALL.shape().scale());
        assertThat(fit.trainingPairs() + fit.heldOutPairs()).isEqualTo(8000);
        PairFeatures held = training.where(prompt -> SMALL.split().holdsOut(prompt));
        GatedPairs pairs = GatedPairs.all(held.prompts(), held.margins(probes, transform));
        assertThat(pairs.evaluate(gate()).loss()).isCloseTo(fit.best().heldOutLoss(), within(Tolerances.FLOAT32_OP));
    }

    @Test
    void a_seed_repeats_a_run_and_features_and_probes_stay_as_they_are() {
        double[] weights = Tensors.toDoubles(probes.weights());
        double[] features = Tensors.toDoubles(training.prompts());
        GateSettings few = SMALL.withUpdates(updates(20, 64, 0.2));
        try (GatingHead first = fit(few).gate();
                GatingHead second = fit(few).gate();
                GatingHead other = fit(few.withSeed(1)).gate()) {
            first.parameters()
                    .view()
                    .forEach((name, tensor) -> assertThat(Tensors.toDoubles(tensor))
                            .as(name)
                            .isEqualTo(Tensors.toDoubles(second.parameters().get(name)))
                            .isNotEqualTo(Tensors.toDoubles(other.parameters().get(name))));
        }
        assertThat(Tensors.toDoubles(probes.weights())).isEqualTo(weights);
        assertThat(Tensors.toDoubles(training.prompts())).isEqualTo(features);
    }

    @Test
    void training_stops_when_the_held_out_loss_has_stopped_falling() {
        GateSettings impatient = SMALL.withShape(new GateSettings.Shape(32, 2, 2000, 1))
                .withUpdates(updates(4000, 32, 0))
                .withStopping(new GateSettings.Stopping(5, 3));
        GateFit fit = fit(impatient);
        fits.add(fit);
        int last = fit.looks().getLast().step();
        assertThat(last).isLessThan(4000).isEqualTo(fit.best().step() + 15);
    }

    @Test
    void a_reward_is_the_exact_sum_of_its_contributions_and_what_the_tensors_say() {
        ObjectiveMixture mixture = new ObjectiveMixture(probes, transform, gate());
        Tensor prompts = test.prompts().narrow(0, 0, 5);
        Tensor responses = test.chosen().narrow(0, 0, 5);
        double[] expected = Tensors.toDoubles(gate().coefficients(prompts)
                .mul(transform.apply(probes.rewards(responses), new int[0]))
                .sum(-1));
        List<Explanation.Mixture> explained = mixture.explain(prompts, responses, new int[0]);
        for (int n = 0; n < 5; n++) {
            Explanation.Mixture one = explained.get(n);
            double sum = 0;
            for (ObjectivePart part : one.parts()) {
                sum += part.coefficient() * part.reward();
                assertThat(part.standardError()).isBetween(1e-6, 0.1);
            }
            assertThat(one.value()).isEqualTo(sum).isCloseTo(expected[n], within(Tolerances.REFERENCE));
            assertThat(one.parts().stream().mapToDouble(ObjectivePart::gate).sum())
                    .isCloseTo(1, within(Tolerances.FLOAT32_OP));
            // What flattered the qualities is subtracted: verbosity has a negative coefficient though its share is not.
            assertThat(one.parts().getLast().coefficient()).isNegative();
            assertThat(Math.abs(one.topByContribution(1).getFirst().contribution()))
                    .isEqualTo(one.parts().stream()
                            .mapToDouble(part -> Math.abs(part.contribution()))
                            .max()
                            .orElseThrow());
        }
    }

    @Test
    void a_penalty_by_length_is_a_part_of_its_own() {
        RewardTransform byLength = new RewardTransform(
                RewardTransform.identity(5).matrix(), new double[] {0.001, 0.001, 0.001, 0.001, 0.001});
        Explanation.Mixture one = new ObjectiveMixture(probes, byLength, gate())
                .explain(test.prompts().narrow(0, 0, 1), test.chosen().narrow(0, 0, 1), new int[] {250})
                .getFirst();
        assertThat(one.parts()).hasSize(6);
        assertThat(one.parts().getLast().objective()).isEqualTo(ObjectiveMixture.LENGTH);
        assertThat(one.parts().getLast().contribution())
                .isCloseTo(-0.25 * gate().scale(), within(1e-3 * gate().scale()));
        assertThat(one.rewards()).containsKey(new Objective("quality-2"));
    }

    @Test
    void pairs_that_cannot_be_used_are_named() {
        PairFeatures few = test.where(prompt -> prompt < 3);
        few.rejected().select(0, 1).fill_(Tensors.number(Double.NaN));
        assertThatThrownBy(() -> GateTraining.fit(few, probes, transform, SMALL, look -> {}))
                .hasMessageContaining("rejected response, pair row-1");
        PairFeatures one = test.where(prompt -> prompt == 0);
        assertThatThrownBy(() -> GateTraining.fit(one, probes, transform, SMALL, look -> {}))
                .hasMessageContaining("of 1 pairs, none is");
    }

    private static GateSettings.Updates updates(int steps, int batch, double dropout) {
        return new GateSettings.Updates(1e-3, 0, dropout, steps, batch);
    }

    private GateFit fit(GateSettings settings) {
        return GateTraining.fit(training, probes, transform, settings, look -> {});
    }

    private MixtureComparison comparison(PairFeatures measured) {
        LinearBaselines baselines = LinearBaselines.fit(training, probes, transform, SMALL.split());
        return MixtureComparison.of(baselines, measured, probes, transform, gate());
    }

    private GateCheck check(GateFit fit, GateSettings settings) {
        LinearBaselines baselines = LinearBaselines.fit(training, probes, transform, settings.split());
        return GateCheck.of(fit, baselines, training, probes, transform, settings);
    }

    private GatingHead gate() {
        return fits.getFirst().gate();
    }

    private static double[][] columns(Tensor rewards) {
        double[][] columns = new double[Math.toIntExact(rewards.size(1))][];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = Tensors.toDoubles(rewards.select(1, k));
        }
        return columns;
    }
}
