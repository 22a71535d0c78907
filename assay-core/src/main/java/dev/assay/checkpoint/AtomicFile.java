package dev.assay.checkpoint;

import dev.assay.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that a reader, or the machine after a power cut, sees the old one or the new one and nothing between:
 * a temporary file beside it, flushed to the disk, then renamed.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Fills an open channel. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes or replaces a file; on failure the old one is untouched and no rest lies about. */
    public static void write(Path path, Content content) {
        Path folder = path.toAbsolutePath().resolveSibling(".").normalize();
        Path temporary = folder.resolve(path.getFileName() + ".partial");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flush(folder);
        } catch (IOException e) {
            discard(temporary);
            throw WriteFailure.of(path, e, "what was there before is intact");
        }
    }

    /** Writes or replaces a text file in UTF-8. */
    public static void write(Path path, String text) {
        write(path, channel -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** Makes the rename itself durable; not every system lets a folder be opened, and none needs it for correctness. */
    private static void flush(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // the failure that brought us here is the one to report
        }
    }
}
