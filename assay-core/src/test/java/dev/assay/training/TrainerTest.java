package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    Path folder;

    private static final class Recorder implements TrainingListener {
        private final List<StepRecord> steps = new ArrayList<>();
        private final List<String> messages = new ArrayList<>();

        @Override
        public void onStep(StepRecord step) {
            steps.add(step);
        }

        @Override
        public void onMessage(String message) {
            messages.add(message);
        }
    }

    private static StaticWeighting uniform() {
        return new StaticWeighting(StaticWeighting.Kind.UNIFORM);
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values));
    }

    @Test
    void a_separable_task_is_learnt_and_the_same_seed_gives_the_same_bits() {
        Recorder recorder = new Recorder();
        Map<String, float[]> first;
        try (RewardNetwork network = TinyTraining.network()) {
            TinyTraining.train(
                    network, TinyTraining.stage(TinyTraining.more(), TinyTraining.settings(60)), null, recorder);
            first = TinyTraining.weights(network);
        }
        assertThat(recorder.steps).hasSize(60);
        assertThat(recorder.steps.getFirst().loss()).isCloseTo(Math.log(2), within(0.05));
        assertThat(recorder.steps.subList(50, 60).stream()
                        .mapToDouble(StepRecord::accuracy)
                        .average()
                        .orElse(0))
                .isGreaterThan(0.9);
        try (RewardNetwork network = TinyTraining.network()) {
            TinyTraining.train(
                    network,
                    TinyTraining.stage(TinyTraining.more(), TinyTraining.settings(60)),
                    null,
                    TrainingListener.silent());
            assertSame(TinyTraining.weights(network), first);
        }
    }

    @Test
    void small_parts_of_a_batch_give_the_gradient_of_the_whole_for_fixed_and_for_min_norm_weights() {
        for (SourceWeighting weighting : List.of(uniform(), TinyTraining.more())) {
            try (RewardNetwork whole = TinyTraining.network();
                    RewardNetwork parts = TinyTraining.network()) {
                double[] a = gradient(whole, weighting, Integer.MAX_VALUE);
                weighting.restore(Map.of());
                double[] b = gradient(parts, weighting, 40);
                weighting.restore(Map.of());
                double scale = Arrays.stream(a).map(Math::abs).max().orElseThrow();
                assertThat(b).hasSameSizeAs(a);
                for (int i = 0; i < a.length; i++) {
                    assertThat(b[i]).isCloseTo(a[i], within(Tolerances.FLOAT32_OP * scale));
                }
            }
        }
    }

    static double[] gradient(RewardNetwork network, SourceWeighting weighting, int budget) {
        return gradient(network, weighting, budget, StepComputation.MOST_GRADIENT_BYTES);
    }

    static double[] gradient(RewardNetwork network, SourceWeighting weighting, int budget, long mostGradientBytes) {
        PrefixPacker packer = new PrefixPacker(new PackingOptions(PackingOptions.Sharing.AUTO, budget), 0);
        List<TokenizedGroup> groups = new ArrayList<>();
        TinyTraining.sources().forEach(rows -> groups.addAll(rows.subList(0, 6)));
        new StepComputation(network, packer, GroupLoss.RANKING, weighting, TinyTraining.SOURCES, mostGradientBytes)
                .accumulate(groups, 1, 1);
        return network.trainable().view().values().stream()
                .flatMapToDouble(tensor -> {
                    double[] values = Tensors.toDoubles(Objects.requireNonNull(Tensors.gradient(tensor)));
                    return Arrays.stream(values);
                })
                .toArray();
    }

    @Test
    void solved_weights_of_1_over_k_are_multitask_on_equal_batches_to_the_bit() {
        double[] thirds = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        List<Map<String, float[]>> ends = new ArrayList<>();
        for (SourceWeighting weighting :
                List.of(uniform(), (SourceWeighting) statistics -> new SourceWeighting.Weights(thirds, 1))) {
            try (RewardNetwork network = TinyTraining.network()) {
                TinyTraining.train(
                        network,
                        TinyTraining.stage(weighting, TinyTraining.settings(8)),
                        null,
                        TrainingListener.silent());
                ends.add(TinyTraining.weights(network));
            }
        }
        assertSame(ends.getLast(), ends.getFirst());
    }

    @Test
    void mores_factor_k_makes_the_gradient_of_equal_weights_the_sum_of_the_sources_gradients() {
        double[] thirds = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        try (RewardNetwork one = TinyTraining.network();
                RewardNetwork other = TinyTraining.network()) {
            double[] mean = gradient(one, uniform(), Integer.MAX_VALUE);
            double[] more = gradient(other, any -> new SourceWeighting.Weights(thirds, 3), Integer.MAX_VALUE);
            double scale = Arrays.stream(more).map(Math::abs).max().orElseThrow();
            for (int i = 0; i < mean.length; i++) {
                assertThat(more[i]).isCloseTo(3 * mean[i], within(Tolerances.FLOAT32_OP * scale));
            }
        }
    }

    @Test
    void the_heads_gradient_in_closed_form_is_that_of_autograd() {
        try (RewardNetwork network = TinyTraining.network()) {
            SourceStatistics[] seen = new SourceStatistics[1];
            SourceWeighting spy = statistics -> {
                seen[0] = statistics;
                return new SourceWeighting.Weights(new double[] {1, 0, 0}, 1);
            };
            gradient(network, spy, Integer.MAX_VALUE);
            double[] autograd = Tensors.toDoubles(Objects.requireNonNull(
                    Tensors.gradient(network.head().parameters().get("score.weight"))));
            double[] closed = seen[0].headGradients()[0];
            for (int d = 0; d < closed.length; d++) {
                assertThat(closed[d]).isCloseTo(autograd[d], within(Tolerances.FLOAT32_FLOOR));
            }
        }
    }

    @Test
    void stopping_and_resuming_ends_in_the_same_bits() {
        Map<String, float[]> uninterrupted;
        try (RewardNetwork network = TinyTraining.network()) {
            TinyTraining.train(
                    network,
                    TinyTraining.stage(TinyTraining.more(), TinyTraining.settings(20)),
                    null,
                    TrainingListener.silent());
            uninterrupted = TinyTraining.weights(network);
        }
        try (RewardNetwork network = TinyTraining.network()) {
            Trainer[] trainer = new Trainer[1];
            TrainingListener stopper = new TrainingListener() {
                @Override
                public void onStep(StepRecord step) {
                    if (step.step() == 7) {
                        trainer[0].interrupt();
                    }
                }
            };
            trainer[0] = trainer(network, stopper);
            assertThat(trainer[0].run().end()).isEqualTo(TrainingResult.End.INTERRUPTED);
        }
        try (RewardNetwork network = TinyTraining.network()) {
            assertThat(trainer(network, TrainingListener.silent()).resume().steps())
                    .isEqualTo(20);
            assertSame(TinyTraining.weights(network), uninterrupted);
        }
    }

    private Trainer trainer(RewardNetwork network, TrainingListener listener) {
        return new Trainer(
                network,
                List.of(TinyTraining.stage(
                        TinyTraining.more(), TinyTraining.settings(20).withCheckpointEvery(5))),
                0,
                new CheckpointStore(folder, listener),
                null,
                listener);
    }

    @Test
    void a_damaged_checkpoint_is_noticed_and_the_one_before_it_used() throws IOException {
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, TrainingListener.silent()).run();
        }
        Path newest = folder.resolve("step-20/weights.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 3] ^= 1;
        Files.write(newest, bytes);
        Recorder recorder = new Recorder();
        try (RewardNetwork network = TinyTraining.network()) {
            assertThat(trainer(network, recorder).resume().steps()).isEqualTo(20);
        }
        assertThat(recorder.messages)
                .anyMatch(message -> message.contains("step-20") && message.contains("checksum"))
                .anyMatch(message -> message.contains("resuming after step 15"));
        assertThat(recorder.steps).hasSize(5);
    }

    @Test
    void a_checkpoint_without_its_checksums_is_damaged_too() throws IOException {
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, TrainingListener.silent()).run();
        }
        Files.writeString(folder.resolve("step-20/sha256.txt"), "");
        Recorder recorder = new Recorder();
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, recorder).resume();
        }
        assertThat(recorder.messages).anyMatch(message -> message.contains("resuming after step 15"));
    }

    @Test
    void what_a_killed_process_left_unfinished_is_removed_at_the_next_checkpoint() throws IOException {
        Path partial = Files.createDirectories(folder.resolve(".step-3.partial"));
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, TrainingListener.silent()).run();
        }
        assertThat(partial).doesNotExist();
    }

    @Test
    void half_precision_learns_the_task_on_masters_in_full_precision_and_resumes_to_the_bit() {
        TrainingSettings settings = TinyTraining.settings(40).withCheckpointEvery(20);
        Recorder recorder = new Recorder();
        Map<String, float[]> whole;
        try (RewardNetwork network = TinyTraining.network(Precision.BFLOAT16)) {
            network.trainable()
                    .view()
                    .values()
                    .forEach(master -> assertThat(Tensors.type(master)).isEqualTo(ScalarType.Float));
            TinyTraining.train(network, TinyTraining.stage(TinyTraining.more(), settings), folder, recorder);
            whole = TinyTraining.weights(network);
        }
        assertThat(recorder.steps.getLast().loss())
                .isLessThan(0.7 * recorder.steps.getFirst().loss());
        try (RewardNetwork network = TinyTraining.network(Precision.BFLOAT16)) {
            Recorder half = new Recorder();
            Trainer[] trainer = new Trainer[1];
            TrainingListener stopper = new TrainingListener() {
                @Override
                public void onStep(StepRecord step) {
                    if (step.step() == 17) {
                        trainer[0].interrupt();
                    }
                }
            };
            Stage stage = TinyTraining.stage(TinyTraining.more(), settings);
            CheckpointStore store = new CheckpointStore(folder.resolve("half"), half);
            trainer[0] = new Trainer(network, List.of(stage), 0, store, null, stopper);
            trainer[0].run();
        }
        try (RewardNetwork network = TinyTraining.network(Precision.BFLOAT16)) {
            Stage stage = TinyTraining.stage(TinyTraining.more(), settings);
            CheckpointStore store = new CheckpointStore(folder.resolve("half"), TrainingListener.silent());
            new Trainer(network, List.of(stage), 0, store, null, TrainingListener.silent()).resume();
            assertSame(TinyTraining.weights(network), whole);
        }
    }

    @Test
    void a_time_limit_ends_a_training_after_the_step_it_is_in_with_a_checkpoint() {
        TrainingSettings settings =
                TinyTraining.settings(50).withLength(new TrainingSettings.Length(50, Duration.ZERO));
        try (RewardNetwork network = TinyTraining.network()) {
            TrainingResult result = TinyTraining.train(
                    network, TinyTraining.stage(uniform(), settings), folder, TrainingListener.silent());
            assertThat(result.end()).isEqualTo(TrainingResult.End.TIME_LIMIT);
            assertThat(result.steps()).isEqualTo(1);
            assertThat(folder.resolve("step-1")).isDirectory();
        }
    }

    @Test
    void a_log_knows_losses_weights_and_cosines_of_every_source() {
        Recorder recorder = new Recorder();
        try (RewardNetwork network = TinyTraining.network()) {
            TinyTraining.train(
                    network, TinyTraining.stage(TinyTraining.more(), TinyTraining.settings(1)), null, recorder);
        }
        StepRecord step = recorder.steps.getFirst();
        assertThat(step.sources()).containsExactly(0, 1, 2);
        assertThat(Arrays.stream(step.lambda()).sum()).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(step.cosines()[1][1]).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(step.cosines()[0][2]).isEqualTo(step.cosines()[2][0]);
        assertThat(step.pairs()).isEqualTo(12);
    }
}
