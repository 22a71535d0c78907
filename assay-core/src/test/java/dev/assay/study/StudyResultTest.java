package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.report.page.StudyFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyResultTest {
    @TempDir
    Path folder;

    /** They went first: a write that failed left a study.md whose pictures were gone. */
    @Test
    void pictures_of_before_go_once_the_study_of_now_is_written() throws IOException {
        Path own = Files.createDirectories(folder.resolve("drift"));
        Path former = Files.writeString(own.resolve("old.svg"), "<svg/>");
        Path foreign = Files.writeString(own.resolve("mine.svg"), "<svg/>");
        Files.writeString(own.resolve("study.md"), "![old](old.svg)\n");
        Path inTheWay = own.resolve("study.json");
        Files.createDirectories(inTheWay.resolve("full"));
        assertThatThrownBy(() -> result().write(folder, false)).isInstanceOf(RuntimeException.class);
        assertThat(former).exists();
        Files.delete(inTheWay.resolve("full"));
        Files.delete(inTheWay);
        result().write(folder, false);
        assertThat(former).doesNotExist();
        assertThat(foreign).exists();
    }

    private static StudyResult result() {
        return new StudyResult(
                "drift",
                List.of("What?"),
                List.of(),
                Map.of("study", "drift"),
                Map.of(),
                Map.of(),
                new StudyFacts.Reproduction("./assay study drift", "method: {name: more}"));
    }
}
