package dev.assay.method.armorm;

import static dev.assay.method.armorm.GatedWorld.SMALL;
import static dev.assay.method.armorm.GatedWorld.updates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.head.GatingHead;
import dev.assay.math.Correlation;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole method on simulated features, where the right mixture is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateTrainingTest {
    @AutoClose
    private final GatedWorld world = new GatedWorld();

    private final PairFeatures training = world.training;
    private final PairFeatures test = world.test;
    private final ObjectiveProbes probes = world.probes;
    private final RewardTransform transform = world.transform;
    private final GateFit gated = world.gated;

    @Test
    void the_gate_recovers_the_mixture_of_each_category() {
        double[] mixture = Tensors.toDoubles(gate().mixture(test.prompts().joined()));
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
    void a_whitened_gate_finds_in_a_narrow_cone_of_states_what_a_raw_one_does_not() {
        PairFeatures cone = new PairFeatures(
                training.prompts().joined().mul(Tensors.number(0.05)).add(Tensors.number(0.6)),
                training.chosen().joined(),
                training.rejected().joined(),
                training.ids(),
                training.promptNumbers(),
                new int[0],
                new int[0]);
        GateFit raw = world.fit(cone, SMALL);
        GateFit whitened = world.fit(cone, SMALL.withInput(GateInput.WHITENED));
        assertThat(whitened.best().heldOutLoss()).isLessThan(raw.best().heldOutLoss() - 0.05);
        GateFit better = world.fit(cone, SMALL.withInput(GateInput.AUTO));
        assertThat(better.input()).isEqualTo(GateInput.WHITENED);
        assertThat(better.best()).isEqualTo(whitened.best());
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
            RewardTransform freed = GatedWorld.debiased(reference);
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
        List<Tensor> frozen = List.of(
                probes.weights(),
                training.prompts().joined(),
                training.chosen().joined(),
                training.rejected().joined());
        List<Tensor> before = frozen.stream().map(Tensor::clone).toList();
        double[] intercepts = probes.intercepts();
        world.fit(SMALL.withUpdates(updates(3, 256, 0)));
        for (int i = 0; i < frozen.size(); i++) {
            assertThat(frozen.get(i).equal(before.get(i))).isTrue();
            assertThat(frozen.get(i).requires_grad()).isFalse();
        }
        assertThat(probes.intercepts()).isEqualTo(intercepts);
    }

    @Test
    void the_best_step_is_kept_and_beta_is_trained() {
        GateFit fit = gated;
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
        double[] features = Tensors.toDoubles(training.prompts().joined());
        GateSettings few = SMALL.withUpdates(updates(20, 64, 0.2));
        GatingHead first = world.fit(few).gate();
        GatingHead second = world.fit(few).gate();
        GatingHead other = world.fit(few.withSeed(1)).gate();
        first.parameters()
                .view()
                .forEach((name, tensor) -> assertThat(Tensors.toDoubles(tensor))
                        .as(name)
                        .isEqualTo(Tensors.toDoubles(second.parameters().get(name)))
                        .isNotEqualTo(Tensors.toDoubles(other.parameters().get(name))));
        assertThat(Tensors.toDoubles(probes.weights())).isEqualTo(weights);
        assertThat(Tensors.toDoubles(training.prompts().joined())).isEqualTo(features);
    }

    @Test
    void training_stops_when_the_held_out_loss_has_stopped_falling() {
        GateSettings impatient = SMALL.withShape(new GateSettings.Shape(32, 2, 2000, 1))
                .withUpdates(updates(4000, 32, 0))
                .withStopping(new GateSettings.Stopping(5, 3));
        GateFit fit = world.fit(impatient);
        int last = fit.looks().getLast().step();
        assertThat(last).isLessThan(4000).isEqualTo(fit.best().step() + 15);
    }

    @Test
    void a_reward_is_the_exact_sum_of_its_contributions_and_what_the_tensors_say() {
        ObjectiveMixture mixture = new ObjectiveMixture(probes, transform, gate());
        Tensor prompts = test.prompts().joined().narrow(0, 0, 5);
        Tensor responses = test.chosen().joined().narrow(0, 0, 5);
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
                .explain(
                        test.prompts().joined().narrow(0, 0, 1),
                        test.chosen().joined().narrow(0, 0, 1),
                        new int[] {250})
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
        few.rejected().joined().select(0, 1).fill_(Tensors.number(Double.NaN));
        assertThatThrownBy(() -> GateTraining.fit(few, probes, transform, SMALL, look -> {}))
                .hasMessageContaining("rejected response, pair row-1");
        PairFeatures one = test.where(prompt -> prompt == 0);
        assertThatThrownBy(() -> GateTraining.fit(one, probes, transform, SMALL, look -> {}))
                .hasMessageContaining("of 1 pairs, none is");
    }

    private GatingHead gate() {
        return gated.gate();
    }
}
