package dev.assay.app;

import dev.assay.data.hub.DownloadListener;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The progress of downloads on standard error, a bar or line a file; small files come and go in silence. */
final class DownloadProgress implements DownloadListener {
    private static final long MEGABYTE = 1_000_000;

    private final Start start;
    private final Consumer<String> say;
    private @Nullable Progress progress;
    private long megabytes;

    DownloadProgress() {
        this(
                (task, total, before) -> Progress.start(new Progress.Job(task, total, "MB", before, Duration.ZERO)),
                System.err::println);
    }

    DownloadProgress(Start start, Consumer<String> say) {
        this.start = start;
        this.say = say;
    }

    /** How a bar begins: the file's name, its size and what is already there, both in megabytes. */
    @FunctionalInterface
    interface Start {
        Progress start(String task, long total, long before);
    }

    @Override
    public void onBytes(String file, long bytes, long total) {
        if (total < MEGABYTE) {
            return;
        }
        if (progress == null) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            megabytes = bytes / MEGABYTE;
            progress = start.start(name, total / MEGABYTE, megabytes);
        }
        if (bytes / MEGABYTE != megabytes) {
            megabytes = bytes / MEGABYTE;
            progress.at(megabytes, "");
        }
    }

    @Override
    public void onWaiting(String file) {
        say.accept("Another process downloads " + file + "; waiting for it.");
    }

    @Override
    public void onEnd(String file) {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
