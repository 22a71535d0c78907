package dev.assay.data.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that fails when nothing arrives for a while. The client's own timeout ends with the headers: a
 * server that falls silent in the middle of a file would be waited for for ever.
 */
final class WatchedBody extends FilterInputStream {
    private static final long NOT_READING = Long.MAX_VALUE;

    private final Duration silence;
    private final Thread watch;
    /** When the read in progress began, by {@link System#nanoTime}: time spent writing to a slow disk does not count. */
    private volatile long reading = NOT_READING;

    private volatile boolean silent;

    WatchedBody(InputStream body, Duration silence) {
        super(body);
        this.silence = silence;
        this.watch = Thread.ofVirtual().name("hub-silence").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                long began = reading;
                long left = silence.toNanos() - (began == NOT_READING ? 0 : System.nanoTime() - began);
                if (left <= 0) {
                    silent = true;
                    // Wakes the reader, which has nothing else that could end its wait.
                    in.close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException | IOException e) {
            // Closed, or beyond closing: the reader learns of it by itself.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        reading = System.nanoTime();
        try {
            int count = in.read(bytes, offset, length);
            if (count < 0) {
                requireSound(null);
            }
            return count;
        } catch (IOException e) {
            requireSound(e);
            throw e;
        } finally {
            reading = NOT_READING;
        }
    }

    private void requireSound(@Nullable IOException cause) throws IOException {
        if (silent) {
            IOException stalled = new SocketTimeoutException("no byte arrived for " + seconds() + " s");
            if (cause != null) {
                stalled.initCause(cause);
            }
            throw stalled;
        }
    }

    private String seconds() {
        double seconds = silence.toMillis() / 1e3;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}
