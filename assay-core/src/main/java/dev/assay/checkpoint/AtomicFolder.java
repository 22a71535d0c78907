package dev.assay.checkpoint;

import dev.assay.AssayException;
import dev.assay.WriteFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes a folder so that its name always leads to a complete one: filled under another name, then renamed. A folder of
 * that name already there is moved aside first and deleted last.
 */
public final class AtomicFolder {
    private AtomicFolder() {}

    /** Fills a folder. */
    @FunctionalInterface
    public interface Content {
        /** Writes every file into the given, existing folder. */
        void writeTo(Path folder) throws IOException;
    }

    /** Writes or replaces a folder; on failure the old one is untouched and no rest lies about. */
    public static void write(Path folder, Content content) {
        Path target = folder.toAbsolutePath().normalize();
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        Path old = target.resolveSibling(target.getFileName() + ".old");
        try {
            delete(partial);
            Files.createDirectories(partial);
            content.writeTo(partial);
            delete(old);
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } catch (IOException e) {
            discard(partial);
            throw WriteFailure.of(folder, e, "what was there before is intact");
        } catch (UncheckedIOException e) {
            discard(partial);
            throw WriteFailure.of(folder, Objects.requireNonNull(e.getCause()), "what was there before is intact");
        } catch (AssayException e) {
            discard(partial);
            throw e;
        }
    }

    private static void discard(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            // the failure that brought us here is the one to report
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
