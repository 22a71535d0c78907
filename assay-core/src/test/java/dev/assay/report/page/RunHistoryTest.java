package dev.assay.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final String STEP = "{\"step\": %d, \"loss\": 0.5}\n";

    @TempDir
    Path folder;

    @Test
    void half_a_line_at_the_end_is_what_a_killed_run_leaves() throws IOException {
        assertThat(read(STEP.formatted(1) + "{\"step\": 2, \"lo").steps()).hasSize(1);
        assertThat(RunHistory.read(folder.resolve("none")).steps()).isEmpty();
    }

    @Test
    void a_broken_line_before_others_is_an_error_and_no_gap() {
        assertThatThrownBy(() -> read(STEP.formatted(1) + "{\"st\n" + STEP.formatted(3)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("events.jsonl:2 is not JSON");
    }

    private RunHistory read(String lines) throws IOException {
        return RunHistory.read(Files.writeString(folder.resolve("events.jsonl"), lines));
    }
}
