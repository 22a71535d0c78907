package dev.assay.training;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The checkpoints of a run, {@code step-N/} each: weights and optimizer state with checksums. A checkpoint is filled beside
 * its place, flushed and renamed, so that a killed process, a power cut or a full disk leaves the one before it whole; one
 * that was damaged later is noticed and passed over.
 */
public final class CheckpointStore {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String CHECKSUMS = "sha256.txt";
    private static final int KEPT = 2;

    private final Path folder;
    private final TrainingListener listener;

    /** Checkpoints under a folder, which is made when the first is written. */
    public CheckpointStore(Path folder, TrainingListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Writes a checkpoint and removes all but the newest two; on failure the earlier ones are untouched. */
    Path save(TrainingState state, Parameters trainable, AdamW optimizer) {
        Path place = folder.resolve("step-" + state.total());
        Path partial = folder.resolve(".step-" + state.total() + ".partial");
        try {
            delete(partial);
            Files.createDirectories(partial);
            SafetensorsWriter.write(partial.resolve(WEIGHTS), trainable.view(), Map.of());
            SafetensorsWriter.write(partial.resolve(OPTIMIZER), optimizer.moments(), state.toStrings());
            AtomicFile.write(
                    partial.resolve(CHECKSUMS),
                    sha256(partial.resolve(WEIGHTS)) + "  " + WEIGHTS + "\n" + sha256(partial.resolve(OPTIMIZER)) + "  "
                            + OPTIMIZER + "\n");
            delete(place);
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            flush(folder);
        } catch (IOException | AssayException e) {
            discard(partial);
            throw new AssayException(
                    ErrorKind.NATIVE,
                    place + ": the checkpoint cannot be written: " + e.getMessage()
                            + "; the earlier ones are whole, free some space and resume",
                    e);
        }
        leftovers().forEach(this::discard);
        newestFirst().stream().skip(KEPT).forEach(this::discard);
        listener.onCheckpoint(state.total(), place);
        return place;
    }

    /** Loads the newest whole checkpoint into the given tensors; empty where there is none. */
    Optional<Restored> restore(Parameters trainable, AdamWFactory optimizers) {
        for (Path checkpoint : newestFirst()) {
            String damage = damage(checkpoint);
            if (!damage.isEmpty()) {
                listener.onMessage(checkpoint + ": " + damage + "; the one before it is used");
                continue;
            }
            return Optional.of(load(checkpoint, trainable, optimizers));
        }
        return Optional.empty();
    }

    /** The newest checkpoint that is not damaged. */
    Optional<Path> newestWhole() {
        return newestFirst().stream()
                .filter(checkpoint -> damage(checkpoint).isEmpty())
                .findFirst();
    }

    /** Where a training goes on, and with what. */
    record Restored(TrainingState state, AdamW optimizer) {}

    /** Makes the optimizer of a stage; only then is it known which one a checkpoint continues. */
    @FunctionalInterface
    interface AdamWFactory {
        AdamW of(TrainingState state);
    }

    private static Restored load(Path checkpoint, Parameters trainable, AdamWFactory optimizers) {
        try (SafetensorsFile weights = SafetensorsFile.open(checkpoint.resolve(WEIGHTS));
                SafetensorsFile moments = SafetensorsFile.open(checkpoint.resolve(OPTIMIZER));
                TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            if (!weights.names().equals(trainable.names())) {
                throw new AssayException(
                        ErrorKind.CHECKPOINT,
                        checkpoint
                                + ": its weights are not those of this model; resume with the recipe it was made by");
            }
            trainable.view().forEach((name, tensor) -> tensor.copy_(weights.tensor(name)));
            TrainingState state = TrainingState.of(moments.metadata());
            Map<String, Tensor> saved = new LinkedHashMap<>();
            moments.names().forEach(name -> saved.put(name, moments.tensor(name)));
            AdamW optimizer = optimizers.of(state);
            optimizer.restore(saved, state.updates());
            return new Restored(state, optimizer);
        }
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> path.getFileName().toString().matches("step-\\d+"))
                    .sorted(Comparator.comparingLong(CheckpointStore::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, folder + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    /** What killed processes left unfinished. */
    private List<Path> leftovers() {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> path.getFileName().toString().matches("\\.step-\\d+\\.partial"))
                    .toList();
        } catch (IOException e) {
            listener.onMessage(folder + ": cannot be listed: " + e.getMessage());
            return List.of();
        }
    }

    private static String checksumLine(Path checkpoint, String file) throws IOException {
        return sha256(checkpoint.resolve(file)) + "  " + file;
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }

    /** What is wrong with a checkpoint; empty when it is whole. */
    private static String damage(Path checkpoint) {
        try {
            List<String> written = Files.readAllLines(checkpoint.resolve(CHECKSUMS));
            for (String file : List.of(WEIGHTS, OPTIMIZER)) {
                if (!written.contains(checksumLine(checkpoint, file))) {
                    return file + " does not have the checksum it was written with";
                }
            }
            return "";
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void flush(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Removes what is no longer needed; a failure is worth a line, not the end of a training whose state is safe. */
    private void discard(Path tree) {
        try {
            delete(tree);
        } catch (IOException e) {
            listener.onMessage(tree + ": cannot be removed: " + e.getMessage());
        }
    }
}
