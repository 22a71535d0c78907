package dev.assay.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C and a polite kill do: a training stops after the step it is in, and the process lives on until the command
 * has said how it ended and how to go on. Without a training the process ends at once.
 */
final class Interruption {
    /** There is one command a process, and at most one training at a time in it. */
    private static final AtomicReference<@Nullable Runnable> RUNNING = new AtomicReference<>();

    private Interruption() {}

    /** Carries out a command, output and error messages included, and gives its exit code. */
    static int guard(IntSupplier command) {
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            Runnable stop = RUNNING.get();
            if (stop != null) {
                System.err.println("Stopping after the step it is in; kill -9 ends it at once, without that step.");
                stop.run();
                await(told);
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.getAsInt();
        } finally {
            told.countDown();
        }
    }

    /** What to do on Ctrl-C from now on; null: nothing. */
    static void stopBy(@Nullable Runnable stop) {
        RUNNING.set(stop);
    }

    private static void await(CountDownLatch told) {
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
