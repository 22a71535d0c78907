package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.network.RewardNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that breaks off while it is written: the system gives the process no more than so many bytes a file. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final int REFUSED = 9;

    @TempDir
    Path folder;

    /** Trains from the newest checkpoint to step 10, in a process that may not write it. */
    public static void main(String[] arguments) {
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, Path.of(arguments[0]), 10).resume();
        } catch (AssayException e) {
            System.out.println(e.getMessage());
            System.exit(REFUSED);
        }
    }

    private static Trainer trainer(RewardNetwork network, Path checkpoints, int stopAfter) {
        Trainer[] trainer = new Trainer[1];
        TrainingListener stopper = new TrainingListener() {
            @Override
            public void onStep(StepRecord step) {
                if (step.step() == stopAfter) {
                    trainer[0].interrupt();
                }
            }
        };
        trainer[0] = new Trainer(
                network,
                List.of(TinyTraining.stage(TinyTraining.more(), TinyTraining.settings(15))),
                0,
                new CheckpointStore(checkpoints, TrainingListener.silent()),
                null,
                stopper);
        return trainer[0];
    }

    @Test
    void a_full_disk_stops_the_training_and_leaves_the_last_checkpoint_to_go_on_from() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        Map<String, float[]> expected;
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, folder.resolve("never-full"), -1).run();
            expected = TinyTraining.weights(network);
        }
        try (RewardNetwork network = TinyTraining.network()) {
            trainer(network, checkpoints, 5).run();
        }
        Map<String, byte[]> before = contents(checkpoints);
        assertThat(before).containsKeys("step-5/weights.safetensors", "step-5/optimizer.safetensors");

        Process full = starved(checkpoints, before);
        String message = new String(full.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(full.waitFor()).as(message).isEqualTo(REFUSED);
        assertThat(message)
                .contains(checkpoints.resolve("step-10").toString())
                .contains("the earlier ones are whole, free some space and resume");
        assertThat(contents(checkpoints)).containsExactlyEntriesOf(before);

        try (RewardNetwork network = TinyTraining.network()) {
            assertThat(trainer(network, checkpoints, -1).resume().steps()).isEqualTo(15);
            TinyTraining.weights(network)
                    .forEach((name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
        }
    }

    @Test
    void what_cannot_be_logged_stops_the_training_and_the_last_checkpoint_is_named() {
        CheckpointStore store = new CheckpointStore(folder.resolve("logged"), TrainingListener.silent());
        TrainingListener full = new TrainingListener() {
            @Override
            public void onStep(StepRecord step) {
                if (step.step() == 6) {
                    throw new AssayException(ErrorKind.NATIVE, "events.jsonl: cannot be written: No space left");
                }
            }
        };
        try (RewardNetwork network = TinyTraining.network()) {
            Stage stage = TinyTraining.stage(
                    TinyTraining.more(), TinyTraining.settings(15).withCheckpointEvery(4));
            assertThatThrownBy(() -> new Trainer(network, List.of(stage), 0, store, null, full).run())
                    .hasMessage("events.jsonl: cannot be written: No space left. The last good checkpoint is "
                            + folder.resolve("logged/step-4"));
        }
    }

    /** Enough for the weights, which come first, and too little for the optimizer's state. */
    private static Process starved(Path checkpoints, Map<String, byte[]> whole) throws IOException {
        int weights = whole.getOrDefault("step-5/weights.safetensors", new byte[0]).length;
        int optimizer = whole.getOrDefault("step-5/optimizer.safetensors", new byte[0]).length;
        assertThat(optimizer).isGreaterThan(weights + 4096);
        int kibibytes = (weights + optimizer) / 2 / 1024;
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kibibytes + " && exec \"$0\" \"$@\""));
        command.addAll(ChildJvm.command(List.of("-XX:-UsePerfData"), FullDiskTest.class, checkpoints.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Map<String, byte[]> contents(Path checkpoints) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkpoints)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(checkpoints.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
