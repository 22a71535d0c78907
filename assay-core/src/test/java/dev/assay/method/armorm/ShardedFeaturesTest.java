package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.checkpoint.FeatureFolder;
import dev.assay.checkpoint.FeatureManifest;
import dev.assay.checkpoint.FeatureShard;
import dev.assay.network.FeatureStore;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PromptPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same states in one file and in several. */
class ShardedFeaturesTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 6;
    private static final GateSettings SETTINGS = GateSettings.PAPER
            .withInput(GateInput.WHITENED)
            .withShape(new GateSettings.Shape(8, 2, 10, 1))
            .withUpdates(new GateSettings.Updates(1e-2, 0, 0.1, 20, 16))
            .withStopping(new GateSettings.Stopping(5, 0));

    @TempDir
    Path folder;

    /** In bf16, as states are stored. */
    private Path write(int shards, int responses) {
        FeatureManifest manifest = new FeatureManifest(
                "m",
                "t",
                "plain",
                new PromptPosition.LastToken(),
                64,
                Precision.FLOAT32,
                Precision.BFLOAT16,
                WIDTH,
                responses,
                ROWS,
                "r",
                shards);
        FeatureFolder place = new FeatureFolder(folder.resolve(responses + "-in-" + shards));
        place.begin(manifest);
        try (TensorScope scope = TensorScope.open()) {
            double[] all = new Random(8)
                    .doubles((responses + 1L) * ROWS * WIDTH, -1, 1)
                    .toArray();
            Tensor states = Tensors.floats(all, ROWS, responses + 1, WIDTH);
            for (int shard = 0; shard < shards; shard++) {
                int from = ROWS * shard / shards;
                int count = ROWS * (shard + 1) / shards - from;
                place.write(shard, manifest, shard(states.narrow(0, from, count), from, responses));
            }
        }
        return place.path();
    }

    /** The last state of a row is its prompt's. */
    private static FeatureShard shard(Tensor states, int from, int responses) {
        int count = Math.toIntExact(states.size(0));
        Tensor answers = responses == 1 ? states.select(1, 0) : states.narrow(1, 0, responses);
        return new FeatureShard(
                answers.contiguous(),
                states.select(1, responses).contiguous(),
                IntStream.range(from, from + count)
                        .mapToObj(row -> "set:" + row)
                        .toList(),
                new int[count][responses],
                List.of());
    }

    private static RatedFeatures rated(FeatureStore store) {
        Random random = new Random(9);
        double[][] ratings = new double[2][];
        Arrays.setAll(ratings, k -> random.doubles(ROWS).toArray());
        Arrays.setAll(ratings[1], row -> row % 4 == 0 ? Double.NaN : ratings[1][row]);
        return new RatedFeatures(
                store.responses(),
                store.ids(),
                IntStream.range(0, ROWS).toArray(),
                List.of(ScaledObjective.unit("a"), ScaledObjective.unit("b")),
                ratings);
    }

    /** All that is fitted and measured. */
    private List<double[]> fitted(int shards) {
        RewardTransform none = RewardTransform.identity(2);
        List<double[]> numbers = new ArrayList<>();
        try (TensorScope scope = TensorScope.open();
                FeatureStore ratings = FeatureStore.open(write(shards, 1));
                FeatureStore stored = FeatureStore.open(write(shards, 2));
                ObjectiveProbes probes =
                        ProbeFitting.fit(rated(ratings), ProbeSettings.DEFAULT).probes()) {
            numbers.add(Tensors.toDoubles(probes.weights()));
            numbers.add(probes.intercepts());
            numbers.add(probes.noise());
            PairFeatures pairs = StoredFeatures.pairs(stored);
            numbers.add(IntStream.of(pairs.promptNumbers()).asDoubleStream().toArray());
            GateFit fit = GateTraining.fit(pairs, probes, none, SETTINGS, look -> {});
            fit.gate().parameters().view().values().forEach(each -> numbers.add(Tensors.toDoubles(each)));
            numbers.add(new double[] {fit.best().heldOutLoss()});
            LinearBaselines baselines = LinearBaselines.fit(pairs, probes, none, SETTINGS.split());
            numbers.add(baselines.mixture().weights());
            numbers.add(baselines.head().weights());
            for (MixtureComparison.Entry entry : MixtureComparison.of(baselines, pairs, probes, none, fit.gate())
                    .entries()) {
                numbers.add(new double[] {entry.accuracy().value()});
            }
            CategoryMixture.of(
                            fit.gate(),
                            pairs,
                            IntStream.range(0, ROWS)
                                    .mapToObj(row -> "c" + row % 3)
                                    .toList())
                    .forEach(each -> numbers.add(each.shares()));
            fit.gate().close();
        }
        return numbers;
    }

    @Test
    void probes_gate_and_baselines_of_several_shards_are_those_of_one_to_the_bit() {
        List<double[]> one = fitted(1);
        List<double[]> seven = fitted(7);
        assertThat(seven).hasSameSizeAs(one);
        for (int i = 0; i < one.size(); i++) {
            assertThat(seven.get(i)).as("number " + i).isEqualTo(one.get(i));
        }
    }

    @Test
    void differences_of_coarse_states_are_not_rounded_once_more() {
        try (TensorScope scope = TensorScope.open()) {
            // Both have a place in bf16, 256 - 1/128 has none.
            Tensor chosen = Tensors.floats(new double[] {256}, 1, 1).to(Precision.BFLOAT16.type());
            Tensor rejected = Tensors.floats(new double[] {1 / 128.0}, 1, 1).to(Precision.BFLOAT16.type());
            PairFeatures pair =
                    new PairFeatures(chosen, chosen, rejected, List.of("a"), new int[] {0}, new int[0], new int[0]);
            assertThat(Tensors.toDoubles(pair.differences())).containsExactly(256 - 1 / 128.0);
        }
    }

    @Test
    void states_of_several_shards_stay_in_their_files() throws IOException {
        Path stored = write(3, 1);
        int last = ROWS / 3 * WIDTH;
        try (FeatureStore store = FeatureStore.open(stored);
                FileChannel file = FileChannel.open(
                        stored.resolve("shard-00003-of-00003.safetensors"), StandardOpenOption.WRITE)) {
            // The file, which ends with its prompts, is changed under the open store: whoever had copied it would not
            // notice.
            file.write(ByteBuffer.wrap(new byte[2 * last]), file.size() - 2L * last);
            float[] prompts = Tensors.toFloats(store.prompts().joined());
            assertThat(Arrays.copyOfRange(prompts, ROWS * WIDTH - last, ROWS * WIDTH))
                    .containsOnly(0);
            assertThat(Arrays.copyOf(prompts, ROWS * WIDTH - last)).doesNotContain(0);
        }
    }
}
