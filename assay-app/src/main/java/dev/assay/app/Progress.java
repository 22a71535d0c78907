package dev.assay.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long job is: a bar with rate and time left on a terminal, a plain line every few seconds elsewhere. Writes to
 * standard error, so that standard output stays what a machine reads.
 */
interface Progress extends AutoCloseable {
    /** Says that {@code done} units are finished, with a short note such as the loss. */
    void at(long done, String note);

    @Override
    void close();

    /**
     * What a bar is about.
     *
     * @param task what is being done, in one or two words
     * @param total units of work
     * @param unit what is counted, such as {@code pairs}
     * @param before units that an earlier run did: they count as done, and not for the rate
     * @param ago for how long this run has been at it, whose work counts with its time
     */
    record Job(String task, long total, String unit, long before, Duration ago) {
        /** A job that begins now. */
        Job(String task, long total, String unit) {
            this(task, total, unit, 0, Duration.ZERO);
        }
    }

    /** Begins a job. */
    static Progress start(String task, long total, String unit) {
        return start(new Job(task, total, unit));
    }

    /** Shows a job that others, or this run, may have begun already. */
    static Progress start(Job job) {
        return Boolean.getBoolean("assay.terminal") ? new Bar(job) : new Lines(job, System.err);
    }

    /** The bar on a terminal. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(Job job) {
            // The launcher knows the width; asking JLine would load a native library.
            int columns = Integer.getInteger("assay.columns", 100) - 1;
            bar = new ProgressBarBuilder()
                    .setTaskName(job.task())
                    .setInitialMax(job.total())
                    .startsFrom(job.before(), job.ago())
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUnit(" " + job.unit(), 1)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, columns))
                    .build();
        }

        @Override
        public void at(long done, String note) {
            bar.stepTo(done).setExtraMessage(note);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines for logs and pipes. */
    final class Lines implements Progress {
        private static final long EVERY = Duration.ofSeconds(5).toNanos();

        private final Job job;
        private final PrintStream out;
        private final long started;
        private long next = System.nanoTime() + EVERY;

        Lines(Job job, PrintStream out) {
            this.job = job;
            this.out = out;
            this.started = System.nanoTime() - job.ago().toNanos();
        }

        @Override
        public void at(long done, String note) {
            long now = System.nanoTime();
            if (now >= next || done == job.total()) {
                next = now + EVERY;
                out.println(line(done, (now - started) / 1e9, note));
            }
        }

        String line(long done, double seconds, String note) {
            double rate = (done - job.before()) / Math.max(seconds, 1e-9);
            long left = rate > 0 ? Math.round((job.total() - done) / rate) : 0;
            return String.format(
                    Locale.ROOT,
                    "%s %d/%d %s, %.1f %s/s, %d:%02d left%s",
                    job.task(),
                    done,
                    job.total(),
                    job.unit(),
                    rate,
                    job.unit(),
                    left / 60,
                    left % 60,
                    note.isEmpty() ? "" : ", " + note);
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
