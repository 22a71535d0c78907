package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A full disk: the system's own file that has no room. */
@EnabledOnOs(OS.LINUX)
class RunEventsTest {
    @TempDir
    Path folder;

    @Test
    void a_full_disk_is_told_with_the_file_and_the_next_step() throws IOException {
        Files.createSymbolicLink(folder.resolve("events.jsonl"), Path.of("/dev/full"));
        RunEvents events = new RunEvents(folder, List.of("a"), line -> {});
        refused(() -> events.onValidation(3, "accuracy", Map.of("a", 0.5), Map.of("a", 4)), "events.jsonl");
    }

    @Test
    void so_is_a_log_that_cannot_grow() throws IOException {
        Files.createSymbolicLink(folder.resolve("assay.log"), Path.of("/dev/full"));
        RunEvents events = new RunEvents(folder, List.of("a"), line -> {});
        refused(() -> events.onMessage("hello"), "assay.log");
    }

    private static void refused(Runnable write, String file) {
        assertThatThrownBy(write::run)
                .isInstanceOf(AssayException.class)
                .hasMessageContaining(file + ": cannot be written: No space left on device")
                .hasMessageContaining("go on with --resume")
                .asInstanceOf(InstanceOfAssertFactories.type(AssayException.class))
                .extracting(AssayException::kind)
                .isEqualTo(ErrorKind.NATIVE);
    }
}
