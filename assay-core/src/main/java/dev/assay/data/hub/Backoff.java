package dev.assay.data.hub;

import java.io.IOException;
import java.time.Duration;

/**
 * The pauses between tries: each is twice as long as the one before.
 *
 * @param first the pause after the first failure
 */
public record Backoff(Duration first) {
    /** So often something is tried before it is given up. */
    public static final int TRIES = 5;

    /** 1, 2, 4 and 8 seconds. */
    public static final Backoff SECONDS = new Backoff(Duration.ofSeconds(1));

    /** The pause after so many failures, which is at least 1. */
    Duration after(int failures) {
        return first.multipliedBy(1L << (failures - 1));
    }

    /** Waits. */
    static void pause(Duration length) throws IOException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before another try", e);
        }
    }
}
