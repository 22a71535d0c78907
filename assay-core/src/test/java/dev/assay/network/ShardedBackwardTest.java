package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.backbone.Batches;
import dev.assay.backbone.LoadOptions;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackedBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Batches cut into parts that are computed side by side. */
class ShardedBackwardTest {
    private static final Path MODEL = Path.of("../golden/backbone/gptneox");
    private static final int PAIRS = 16;

    /** Rows of 20 to 60 tokens: enough for several parts. */
    private static PackedBatch batch() {
        Random random = new Random(5);
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < 2 * PAIRS; i++) {
            sequences.add(random.ints(20 + random.nextInt(40), 0, 64).toArray());
        }
        return Batches.padded(sequences);
    }

    private static Tensor loss(RewardNetwork network, Tensor pooled) {
        Tensor pairs = network.rewards(pooled).view(-1, 2);
        return torch.log_sigmoid(pairs.select(1, 0).sub(pairs.select(1, 1)))
                .mean()
                .neg();
    }

    private static List<float[]> gradients(RewardNetwork network, int parts) {
        network.trainable().view().values().forEach(Tensors::clearGradient);
        new ShardedBackward(network.backbone(), network.backbone().parameters())
                .run(BatchShards.of(batch(), parts), pooled -> loss(network, pooled));
        try (TensorScope scope = TensorScope.open()) {
            return network.trainable().view().values().stream()
                    .map(tensor -> Tensors.toFloats(Objects.requireNonNull(Tensors.gradient(tensor))))
                    .toList();
        }
    }

    @Test
    void parts_give_the_gradients_of_the_whole_and_the_same_bits_each_time() {
        for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
            try (RewardNetwork network = RewardNetwork.fresh(MODEL, LoadOptions.training(precision), 3)) {
                List<float[]> whole = gradients(network, 1);
                List<float[]> parts = gradients(network, 3);
                List<float[]> again = gradients(network, 3);
                double tolerance = precision == Precision.FLOAT32 ? Tolerances.REFERENCE : Tolerances.BFLOAT16;
                for (int p = 0; p < whole.size(); p++) {
                    assertThat(again.get(p)).containsExactly(parts.get(p));
                }
                assertThat(distance(parts, whole)).isLessThan(tolerance);
            }
        }
    }

    @Test
    void gradients_of_several_batches_add_up() {
        try (RewardNetwork network = RewardNetwork.fresh(MODEL, LoadOptions.training(Precision.FLOAT32), 3)) {
            List<float[]> once = gradients(network, 2);
            network.backward(batch(), pooled -> loss(network, pooled));
            try (TensorScope scope = TensorScope.open()) {
                List<float[]> halves = network.trainable().view().values().stream()
                        .map(tensor -> Tensors.toFloats(
                                Objects.requireNonNull(Tensors.gradient(tensor)).div(Tensors.number(2))))
                        .toList();
                assertThat(distance(halves, once)).isLessThan(Tolerances.REFERENCE);
            }
        }
    }

    @Test
    void every_response_is_in_one_part_and_finds_its_place_again() {
        PackedBatch batch = batch();
        BatchShards shards = BatchShards.of(batch, 4);
        assertThat(shards.parts()).hasSize(4);
        int[] joined = shards.responses().stream().flatMapToInt(Arrays::stream).toArray();
        int[] order = shards.order();
        assertThat(IntStream.range(0, order.length).map(n -> joined[order[n]]))
                .containsExactly(IntStream.range(0, batch.responses()).boxed().toArray(Integer[]::new));
        long fewest = shards.parts().stream()
                .mapToLong(ShardedBackwardTest::tokens)
                .min()
                .orElse(0);
        long most = shards.parts().stream()
                .mapToLong(ShardedBackwardTest::tokens)
                .max()
                .orElse(0);
        assertThat(most - fewest).isLessThanOrEqualTo(60);
        for (int p = 0; p < 4; p++) {
            PackedBatch part = shards.parts().get(p);
            for (int n = 0; n < part.responses(); n++) {
                int whole = shards.responses().get(p)[n];
                assertThat(part.tokens()[part.row()[n]]).isEqualTo(batch.tokens()[batch.row()[whole]]);
                assertThat(part.last()[n]).isEqualTo(batch.last()[whole]);
            }
        }
    }

    @Test
    void a_small_batch_stays_whole() {
        assertThat(BatchShards.of(Batches.padded(List.of(new int[] {1, 2}, new int[] {3})), 8)
                        .parts())
                .hasSize(1);
    }

    private static long tokens(PackedBatch part) {
        return Arrays.stream(part.last()).mapToLong(last -> last + 1).sum();
    }

    /** Distance relative to the length of what was expected; over all, since some gradients cancel to nothing but rounding. */
    private static double distance(List<float[]> actual, List<float[]> expected) {
        double difference = 0;
        double length = 0;
        for (int p = 0; p < expected.size(); p++) {
            for (int i = 0; i < expected.get(p).length; i++) {
                difference += Math.pow(actual.get(p)[i] - expected.get(p)[i], 2);
                length += Math.pow(expected.get(p)[i], 2);
            }
        }
        return Math.sqrt(difference / length);
    }
}
