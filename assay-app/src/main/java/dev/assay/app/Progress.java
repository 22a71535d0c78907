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
     * Begins a job.
     *
     * @param task what is being done, in one or two words
     * @param total units of work
     * @param unit what is counted, such as {@code pairs}
     */
    static Progress start(String task, long total, String unit) {
        return started(task, total, unit, Duration.ZERO);
    }

    /** The same for a job that has been under way for a while, whose work counts with its time. */
    static Progress started(String task, long total, String unit, Duration ago) {
        return Boolean.getBoolean("assay.terminal")
                ? new Bar(task, total, unit, ago)
                : new Lines(task, total, unit, ago, System.err);
    }

    /** The bar on a terminal. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(String task, long total, String unit, Duration ago) {
            // The launcher knows the width; asking JLine would load a native library.
            int columns = Integer.getInteger("assay.columns", 100) - 1;
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .startsFrom(0, ago)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUnit(" " + unit, 1)
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

        private final String task;
        private final long total;
        private final String unit;
        private final PrintStream out;
        private final long started;
        private long next = System.nanoTime() + EVERY;

        Lines(String task, long total, String unit, Duration ago, PrintStream out) {
            this.started = System.nanoTime() - ago.toNanos();
            this.task = task;
            this.total = total;
            this.unit = unit;
            this.out = out;
        }

        @Override
        public void at(long done, String note) {
            long now = System.nanoTime();
            if (now >= next || done == total) {
                next = now + EVERY;
                out.println(line(done, (now - started) / 1e9, note));
            }
        }

        String line(long done, double seconds, String note) {
            double rate = done / Math.max(seconds, 1e-9);
            long left = rate > 0 ? Math.round((total - done) / rate) : 0;
            return String.format(
                    Locale.ROOT,
                    "%s %d/%d %s, %.1f %s/s, %d:%02d left%s",
                    task,
                    done,
                    total,
                    unit,
                    rate,
                    unit,
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
