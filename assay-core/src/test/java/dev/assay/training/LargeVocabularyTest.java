package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.method.more.GradientNormalization;
import dev.assay.method.more.MinNormWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table so large that its gradient is added up sparse, against the same network with the few rows that are looked up. */
class LargeVocabularyTest {
    /** With 16 numbers a row, 4 Mi of them. */
    private static final int LARGE = 1 << 18;

    static Stream<Arguments> schemes() {
        SourceWeighting multiTask = new StaticWeighting(StaticWeighting.Kind.BY_ROWS);
        return Stream.of(multiTask, more(GradientReach.HEAD), more(GradientReach.ALL))
                .flatMap(scheme -> Stream.of(40, Integer.MAX_VALUE).map(budget -> Arguments.of(scheme, budget)));
    }

    private static SourceWeighting more(GradientReach reach) {
        return new MinNormWeighting(0, GradientNormalization.NONE, reach, true);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void it_trains_as_a_small_one_does(SourceWeighting scheme, int budget) {
        TrainingSettings settings =
                TinyTraining.settings(5).withPacking(new PackingOptions(PackingOptions.Sharing.AUTO, budget));
        try (RewardNetwork small = TinyTraining.network();
                RewardNetwork large = TinyTraining.network(LARGE)) {
            copy(small, large);
            List<Double> norms = train(small, scheme, settings);
            assertThat(train(large, scheme, settings))
                    .allSatisfy(norm -> assertThat(norm).isPositive())
                    .usingElementComparator((a, b) -> Math.abs(a - b) < Tolerances.FLOAT32_OP * a ? 0 : 1)
                    .containsExactlyElementsOf(norms);
            Map<String, float[]> expected = TinyTraining.weights(small);
            TinyTraining.weights(large).forEach((name, values) -> {
                float[] those = Objects.requireNonNull(expected.get(name));
                for (int i = 0; i < those.length; i++) {
                    assertThat((double) values[i]).isCloseTo(those[i], within(Tolerances.TRAJECTORY));
                }
            });
        }
    }

    private static List<Double> train(RewardNetwork network, SourceWeighting scheme, TrainingSettings settings) {
        List<Double> norms = new ArrayList<>();
        TinyTraining.train(network, TinyTraining.stage(scheme, settings), null, new TrainingListener() {
            @Override
            public void onStep(StepRecord step) {
                norms.add(step.gradientNorm());
            }
        });
        return norms;
    }

    /** Gives the large network the small one's weights; rows of its table beyond those stay as they are. */
    private static void copy(RewardNetwork small, RewardNetwork large) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            small.trainable().view().forEach((name, tensor) -> {
                boolean whole = Arrays.equals(
                        Tensors.shape(tensor), Tensors.shape(large.trainable().get(name)));
                var target = large.trainable().get(name);
                (whole ? target : target.narrow(0, 0, tensor.size(0))).copy_(tensor);
            });
        }
    }
}
