package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleFolderTest {
    @TempDir
    Path folder;

    @Test
    void members_within_the_folder_move_with_it_and_others_stay() throws IOException {
        Path home = folder.resolve("home");
        Path other = folder.resolve("other/model");
        EnsembleFolder.write(home, List.of(home.resolve("members/a").toString(), other.toString(), "hub://owner/name"));
        assertThat(EnsembleFolder.is(home)).isTrue();
        Path moved = folder.resolve("moved");
        Files.move(home, moved);
        assertThat(EnsembleFolder.members(moved))
                .containsExactly(moved.resolve("members/a").toString(), other.toString(), "hub://owner/name");
        assertThat(EnsembleFolder.is(folder)).isFalse();
    }

    @Test
    void a_manifest_that_is_damaged_or_of_another_kind_is_refused_with_what_it_must_be() throws IOException {
        for (String text : List.of(
                "{}",
                "{\"ensemble\": \"mean\", \"version\": 1, \"members\": []}",
                "{\"ensemble\": \"min\", \"version\": 1, \"members\": [\"a\"]}",
                "{\"ensemble\": \"mean\", \"version\": 2, \"members\": [\"a\"]}")) {
            Files.writeString(folder.resolve("ensemble.json"), text);
            assertThatThrownBy(() -> EnsembleFolder.members(folder))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("must have \"ensemble\": \"mean\"");
        }
        Files.writeString(folder.resolve("ensemble.json"), "{\"ens");
        assertThatThrownBy(() -> EnsembleFolder.members(folder))
                .hasMessageContaining("ensemble.json:1: no valid JSON: it ends in the middle of a value")
                .hasMessageNotContaining("REDACTED");
    }
}
