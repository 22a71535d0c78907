package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.hub.DownloadListener;
import dev.assay.training.StepRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void a_plain_line_gives_rate_time_left_and_note() {
        Progress.Lines lines = new Progress.Lines(new Progress.Job("training", 100, "pairs"), System.err);
        assertThat(lines.line(25, 5, "loss 0.61"))
                .isEqualTo("training 25/100 pairs, 5.0 pairs/s, 0:15 left, loss 0.61");
    }

    @Test
    void nothing_done_yet_divides_by_nothing() {
        assertThat(new Progress.Lines(new Progress.Job("training", 100, "pairs"), System.err).line(0, 0, ""))
                .isEqualTo("training 0/100 pairs, 0.0 pairs/s, 0:00 left");
    }

    /** A training is told of its first step when it is done; without the step's time the rate would be boundless. */
    @Test
    void work_that_was_under_way_counts_with_its_time() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (Progress lines =
                new Progress.Lines(new Progress.Job("training", 16, "pairs", 0, Duration.ofMinutes(1)), out)) {
            lines.at(16, "");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("training 16/16 pairs, 0.");
    }

    @Test
    void a_training_on_ratings_counts_responses() {
        assertThat(Trainings.StepProgress.unit(step(Double.NaN))).isEqualTo("responses");
        assertThat(Trainings.StepProgress.unit(step(0.5))).isEqualTo("pairs");
    }

    private static StepRecord step(double accuracy) {
        double[] one = {1};
        return new StepRecord(
                "train", 1, 2, 1, 0.7, new int[1], one, one, new double[][] {one}, 1, 1e-3, accuracy, 8, 100, 1, 0);
    }

    @Test
    void the_last_unit_is_always_reported() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Progress lines = new Progress.Lines(
                new Progress.Job("scoring", 2, "lines"), new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            lines.at(1, "");
            lines.at(2, "");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("scoring 2/2")
                .hasLineCount(1);
    }

    @Test
    void what_an_earlier_run_did_counts_as_done_and_not_for_the_rate() {
        assertThat(new Progress.Lines(new Progress.Job("model.bin", 100, "MB", 50, Duration.ZERO), System.err)
                        .line(75, 5, ""))
                .isEqualTo("model.bin 75/100 MB, 5.0 MB/s, 0:05 left");
    }

    @Test
    void a_download_is_a_line_with_rate_and_time_left_and_small_files_are_silent() {
        List<String> told = new ArrayList<>();
        List<String> said = new ArrayList<>();
        DownloadListener progress = new DownloadProgress(
                (task, total, before) -> {
                    told.add(task + " " + before + "/" + total);
                    return recorded(told);
                },
                said::add);
        progress.onBytes("config.json", 0, 700);
        progress.onEnd("config.json");
        progress.onBytes("sub/model.bin", 3_000_000, 9_000_000);
        progress.onBytes("sub/model.bin", 3_500_000, 9_000_000);
        progress.onBytes("sub/model.bin", 9_000_000, 9_000_000);
        progress.onEnd("sub/model.bin");
        progress.onWaiting("other.bin");
        assertThat(told).containsExactly("model.bin 3/9", "9", "closed");
        assertThat(said).singleElement().asString().contains("other.bin").contains("Another process");
    }

    private static Progress recorded(List<String> told) {
        return new Progress() {
            @Override
            public void at(long done, String note) {
                told.add(Long.toString(done));
            }

            @Override
            public void close() {
                told.add("closed");
            }
        };
    }
}
