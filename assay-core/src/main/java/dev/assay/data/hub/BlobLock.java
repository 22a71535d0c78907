package dev.assay.data.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right to download one blob, among the threads and processes of this machine: two that append to one file spoil
 * it. The system takes the lock back from a process that is killed.
 */
final class BlobLock implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock; {@code waiting} runs once where another has it. */
    static BlobLock take(Path file, Runnable waiting) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            boolean told = false;
            while (attempt(channel) == null) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                Thread.sleep(LOOK);
            }
            taken = true;
            return new BlobLock(channel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process downloads the same file");
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** The lock, or null where another process or another thread of this one has it. */
    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
