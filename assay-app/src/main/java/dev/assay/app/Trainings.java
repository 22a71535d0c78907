package dev.assay.app;

import dev.assay.recipe.TrainingRun;
import dev.assay.training.StepRecord;
import dev.assay.training.TrainingListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Training with a progress line; Ctrl-C stops it after the step it is in, with a checkpoint. */
final class Trainings {
    private Trainings() {}

    static TrainingRun.Outcome run(TrainingRun run, boolean resume, String task) {
        try (StepProgress progress = new StepProgress(task)) {
            return run(run, resume, progress);
        }
    }

    /** The same with another listener in place of the progress line. */
    static TrainingRun.Outcome run(TrainingRun run, boolean resume, TrainingListener listener) {
        Interruption.stopBy(run::interrupt);
        try {
            return run.execute(resume, listener);
        } finally {
            Interruption.stopBy(null);
        }
    }

    static final class StepProgress implements TrainingListener, AutoCloseable {
        private final String task;
        private @Nullable Progress progress;
        private String stage = "";
        private long trained;
        private double accuracy;
        private boolean judged;

        StepProgress(String task) {
            this.task = task;
        }

        @Override
        public void onStep(StepRecord step) {
            Progress bar = progress;
            if (bar == null || step.step() == 1 || !step.stage().equals(stage)) {
                close();
                String label = step.stage().equals("train") ? task : task + " " + step.stage();
                // Told of the first step when it is done: it has taken time as the others will.
                Duration first = Duration.ofNanos((long) (step.seconds() * 1e9));
                long left = (step.steps() - step.step() + 1) * step.pairs();
                bar = Progress.start(new Progress.Job(label, left, unit(step), 0, first));
                progress = bar;
                stage = step.stage();
                trained = 0;
                judged = false;
            }
            trained += step.pairs();
            bar.at(trained, note(step));
        }

        /** Ratings are no pairs, and have no accuracy. */
        static String unit(StepRecord step) {
            return Double.isNaN(step.accuracy()) ? "responses" : "pairs";
        }

        @Override
        public void onProgress(String name, long done, long total, String unit) {
            Progress bar = progress;
            if (bar == null || !name.equals(stage)) {
                close();
                // What is done when a stage is first told of was done before: it is no part of the rate.
                bar = Progress.start(new Progress.Job(name, total, unit, done, Duration.ZERO));
                progress = bar;
                stage = name;
            }
            bar.at(done, "");
        }

        private String note(StepRecord step) {
            String weights = Arrays.toString(Arrays.stream(step.lambda())
                    .mapToObj(weight -> String.format(Locale.ROOT, "%.2f", weight))
                    .toArray());
            return String.format(
                    Locale.ROOT,
                    "%.0f tokens/s, loss %.3f%s, lambda %s%s",
                    step.tokens() / step.seconds(),
                    step.loss(),
                    Double.isNaN(step.accuracy()) ? "" : String.format(Locale.ROOT, ", accuracy %.2f", step.accuracy()),
                    weights,
                    judged ? String.format(Locale.ROOT, ", validation %.3f", accuracy) : "");
        }

        @Override
        public void onEvaluation(long step, double metric, boolean best) {
            accuracy = metric;
            judged = true;
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
