package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.backbone.LoadOptions;
import dev.assay.data.Origin;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PackingOptions.Sharing;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packer shares, a network reads as if it were not shared. */
class SharedPrefixTest {
    /** Responses that begin like earlier ones, repeat them, or stop inside them. */
    private static List<TokenizedGroup> groups() {
        SplittableRandom random = new SplittableRandom(17);
        List<TokenizedGroup> groups = new ArrayList<>();
        for (int size : new int[] {2, 7, 1, 12}) {
            List<int[]> sequences = new ArrayList<>();
            int[] prompt = random.ints(15, 0, 64).toArray();
            for (int s = 0; s < size; s++) {
                int[] like = sequences.isEmpty() ? prompt : sequences.get(random.nextInt(s));
                int kept = random.nextInt(10, like.length + 1);
                int[] own = random.ints(random.nextInt(3) * 5, 0, 64).toArray();
                sequences.add(IntStream.concat(Arrays.stream(like).limit(kept), Arrays.stream(own))
                        .toArray());
            }
            int[] ranks = IntStream.range(0, size).toArray();
            groups.add(new TokenizedGroup(
                    sequences, ranks, 1, 0, TokenizedGroup.noPrompts(size), 0, Origin.of("test", "memory", size)));
        }
        return groups;
    }

    private static PrefixPacker packer(Sharing sharing) {
        return new PrefixPacker(PackingOptions.unbounded(sharing), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gptneox", "llama3", "qwen2-sliding"})
    void rewards_and_gradients_are_those_of_sequences_in_rows_of_their_own(String family) {
        Path folder = Path.of("../golden/backbone").resolve(family);
        try (RewardNetwork network = RewardNetwork.fresh(folder, LoadOptions.training(Precision.FLOAT32), 3);
                TensorScope scope = TensorScope.open()) {
            double[] apart = rewards(network, Sharing.NEVER);
            List<float[]> gradients = gradients(network, Sharing.NEVER);
            for (Sharing sharing : List.of(Sharing.AUTO, Sharing.ALWAYS)) {
                double[] shared = rewards(network, sharing);
                for (int i = 0; i < apart.length; i++) {
                    assertThat(shared[i])
                            .isCloseTo(
                                    apart[i],
                                    within(Tolerances.FLOAT32_OP * Math.abs(apart[i]) + Tolerances.FLOAT32_FLOOR));
                }
                assertThat(distance(gradients(network, sharing), gradients)).isLessThan(Tolerances.REFERENCE);
            }
        }
    }

    private static double[] rewards(RewardNetwork network, Sharing sharing) {
        return GroupRewards.of(network, packer(sharing), groups()).stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** Each response pulls by its own weight, so that states swapped between responses would show. */
    private static List<float[]> gradients(RewardNetwork network, Sharing sharing) {
        network.trainable().view().values().forEach(Tensors::clearGradient);
        network.backward(packer(sharing).packOne(groups()), pooled -> {
            float[] weights = new float[(int) pooled.size(0)];
            IntStream.range(0, weights.length).forEach(i -> weights[i] = i + 1);
            return network.rewards(pooled)
                    .mul(Tensors.floats(weights, weights.length))
                    .sum();
        });
        return network.trainable().view().values().stream()
                .map(tensor -> Tensors.toFloats(Objects.requireNonNull(Tensors.gradient(tensor))))
                .toList();
    }

    private static double distance(List<float[]> mine, List<float[]> expected) {
        double distance = 0;
        double length = 0;
        for (int p = 0; p < mine.size(); p++) {
            for (int i = 0; i < mine.get(p).length; i++) {
                distance += Math.pow(mine.get(p)[i] - expected.get(p)[i], 2);
                length += Math.pow(expected.get(p)[i], 2);
            }
        }
        return Math.sqrt(distance / length);
    }
}
