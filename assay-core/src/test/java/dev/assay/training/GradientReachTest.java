package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.head.ScalarHead;
import dev.assay.math.GramMatrix;
import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.method.more.GradientNormalization;
import dev.assay.method.more.MinNormWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.nn.lora.LoraConfig;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientReachTest {
    /** Answers with known weights and keeps what it was shown. */
    private static final class Spy implements SourceWeighting {
        private final GradientReach reach;
        private final Weights answer;
        private final List<SourceStatistics> seen = new ArrayList<>();

        Spy(GradientReach reach, double scale, double... lambda) {
            this.reach = reach;
            this.answer = new Weights(lambda, scale);
        }

        @Override
        public GradientReach reach() {
            return reach;
        }

        @Override
        public Weights weigh(SourceStatistics statistics) {
            seen.add(statistics);
            return answer;
        }

        double[][] gram() {
            return seen.getFirst().gram();
        }
    }

    private static double[] gradient(SourceWeighting weighting, int budget) {
        try (RewardNetwork network = TinyTraining.network()) {
            return TrainerTest.gradient(network, weighting, budget);
        }
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        double scale = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(1e-5 * scale));
        }
    }

    @Test
    void over_the_head_alone_gradients_by_backward_passes_have_the_products_of_the_closed_form() {
        Spy spy = new Spy(GradientReach.HEAD, 1, 1, 0, 0);
        List<TokenizedGroup> groups = new ArrayList<>();
        TinyTraining.sources().forEach(rows -> groups.addAll(rows.subList(0, 6)));
        try (RewardNetwork network = TinyTraining.network()) {
            PrefixPacker packer = new PrefixPacker(new PackingOptions(PackingOptions.Sharing.AUTO, 40), 0);
            StepComputation computation =
                    new StepComputation(network, packer, GroupLoss.RANKING, spy, TinyTraining.SOURCES);
            computation.bySource(packer, groups, computation.totals(groups), 1, 1, Set.of(ScalarHead.WEIGHT));
        }
        assertClose(spy.gram(), GramMatrix.of(spy.seen.getFirst().headGradients()));
    }

    @ParameterizedTest
    @EnumSource(names = {"LAST_BLOCK", "ALL"})
    void known_weights_give_the_same_gradient_whatever_the_reach_and_the_parts(GradientReach reach) {
        double[] expected = gradient(new Spy(GradientReach.HEAD, 3, 0.5, 0.3, 0.2), Integer.MAX_VALUE);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int budget : List.of(40, Integer.MAX_VALUE)) {
            assertThat(gradient(new Spy(reach, 3, 0.5, 0.3, 0.2), budget))
                    .containsExactly(expected, within(Tolerances.FLOAT32_OP * largest));
        }
    }

    @Test
    void a_batch_in_parts_has_the_gradient_of_the_whole_one_whether_it_is_run_by_source_or_twice() {
        MinNormWeighting more = new MinNormWeighting(0, GradientNormalization.NONE);
        double[] expected = gradient(more, Integer.MAX_VALUE);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (long mostGradientBytes : new long[] {0, StepComputation.MOST_GRADIENT_BYTES}) {
            try (RewardNetwork network = TinyTraining.network()) {
                assertThat(TrainerTest.gradient(network, more, 40, mostGradientBytes))
                        .containsExactly(expected, within(Tolerances.FLOAT32_OP * largest));
            }
        }
    }

    @Test
    void a_source_without_weight_leaves_no_trace_in_the_step() {
        double[] expected = gradient(new Spy(GradientReach.HEAD, 1, 0, 1, 0), Integer.MAX_VALUE);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(gradient(new Spy(GradientReach.HEAD, 1, 0, 1, 0), 40))
                .containsExactly(expected, within(Tolerances.FLOAT32_OP * largest));
    }

    @Test
    void the_products_over_all_parameters_are_those_of_each_sources_own_gradient() {
        double[][] gradients = new double[TinyTraining.SOURCES][];
        for (int s = 0; s < gradients.length; s++) {
            double[] alone = new double[TinyTraining.SOURCES];
            alone[s] = 1;
            gradients[s] = gradient(new Spy(GradientReach.HEAD, 1, alone), Integer.MAX_VALUE);
        }
        Spy all = new Spy(GradientReach.ALL, 1, 1, 0, 0);
        gradient(all, Integer.MAX_VALUE);
        assertClose(all.gram(), GramMatrix.of(gradients));
        Spy last = new Spy(GradientReach.LAST_BLOCK, 1, 1, 0, 0);
        gradient(last, Integer.MAX_VALUE);
        for (int s = 0; s < gradients.length; s++) {
            assertThat(last.gram()[s][s]).isLessThan(all.gram()[s][s]);
        }
    }

    @Test
    void min_norm_weights_over_all_parameters_give_a_gradient_no_longer_than_any_sources_or_the_mean() {
        MinNormWeighting more = new MinNormWeighting(0, GradientNormalization.NONE, GradientReach.ALL, true);
        double shortest = norm(gradient(more, Integer.MAX_VALUE)) / TinyTraining.SOURCES;
        StaticWeighting uniform = new StaticWeighting(StaticWeighting.Kind.UNIFORM);
        assertThat(shortest).isLessThan(norm(gradient(uniform, Integer.MAX_VALUE)));
        for (int s = 0; s < TinyTraining.SOURCES; s++) {
            double[] alone = new double[TinyTraining.SOURCES];
            alone[s] = 1;
            assertThat(shortest).isLessThan(norm(gradient(new Spy(GradientReach.HEAD, 1, alone), Integer.MAX_VALUE)));
        }
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }

    @Test
    void the_reach_names_its_parameters() {
        try (RewardNetwork network = TinyTraining.network()) {
            assertThat(GradientReach.HEAD.parameters(network)).containsExactly(ScalarHead.WEIGHT);
            assertThat(GradientReach.LAST_BLOCK.parameters(network))
                    .contains(ScalarHead.WEIGHT, "gpt_neox.layers.1.mlp.dense_h_to_4h.weight")
                    .noneMatch(name -> name.contains("layers.0") || name.contains("embed"))
                    .hasSize(1 + 12);
            assertThat(GradientReach.ALL.parameters(network))
                    .isEqualTo(network.trainable().names());
            assertThatThrownBy(() -> GradientReach.ADAPTER.parameters(network)).hasMessageContaining("no adapter");
        }
    }

    @Test
    void with_an_adapter_its_parameters_are_reached_and_those_of_the_frozen_decoder_are_not() {
        LoraConfig config = new LoraConfig(2, 4, 0.1, List.of("query_key_value"), false);
        try (RewardNetwork network = TinyTraining.adapted(config)) {
            LoraAdapter adapter = Objects.requireNonNull(network.adapter());
            assertThat(GradientReach.ADAPTER.parameters(network))
                    .isEqualTo(adapter.parameters().names())
                    .hasSize(4);
            assertThat(GradientReach.LAST_BLOCK.parameters(network)).hasSize(1 + 2);
            MinNormWeighting more = new MinNormWeighting(0, GradientNormalization.L2, GradientReach.ADAPTER, true);
            List<StepRecord> steps = new ArrayList<>();
            TinyTraining.train(
                    network, TinyTraining.stage(more, TinyTraining.settings(3)), null, new TrainingListener() {
                        @Override
                        public void onStep(StepRecord step) {
                            steps.add(step);
                        }
                    });
            assertThat(steps).hasSize(3).allSatisfy(step -> {
                assertThat(step.weightingSeconds()).isPositive();
                assertThat(Arrays.stream(step.lambda()).sum()).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
            });
        }
    }

    @Test
    void a_training_with_a_wide_reach_learns_and_repeats_to_the_bit() {
        List<Map<String, float[]>> ends = new ArrayList<>();
        List<StepRecord> steps = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            MinNormWeighting more = new MinNormWeighting(0, GradientNormalization.NONE, GradientReach.ALL, true);
            try (RewardNetwork network = TinyTraining.network()) {
                TinyTraining.train(
                        network, TinyTraining.stage(more, TinyTraining.settings(50)), null, new TrainingListener() {
                            @Override
                            public void onStep(StepRecord step) {
                                steps.add(step);
                            }
                        });
                ends.add(TinyTraining.weights(network));
            }
        }
        assertThat(steps.get(49).loss()).isLessThan(0.7 * steps.getFirst().loss());
        ends.getFirst()
                .forEach((name, values) ->
                        assertThat(ends.getLast().get(name)).as(name).containsExactly(values));
    }

    @Test
    void momentum_over_more_than_the_head_is_refused() {
        assertThatThrownBy(() -> new MinNormWeighting(0.5, GradientNormalization.NONE, GradientReach.ALL, true))
                .hasMessageContaining("momentum 0.5");
    }
}
