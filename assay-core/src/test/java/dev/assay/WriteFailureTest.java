package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFailureTest {
    @TempDir
    Path folder;

    private void assertSays(IOException failure, ErrorKind kind, String reason) {
        Path target = folder.resolve("model");
        AssayException said = WriteFailure.of(target, failure, "the old one is whole");
        assertThat(said.kind()).isEqualTo(kind);
        assertThat(said)
                .hasMessageStartingWith(target + ": cannot be written: " + reason)
                .hasMessageContaining("; the old one is whole; ")
                .hasCause(failure);
    }

    @Test
    void exceptions_that_hold_nothing_but_a_path_become_reasons() {
        String partial = folder.resolve("model.partial").toString();
        assertSays(new NoSuchFileException(partial), ErrorKind.INPUT, "no file can be made in " + folder);
        assertSays(new NoSuchFileException("/else/where"), ErrorKind.INPUT, "/else/where does not exist");
        assertSays(new AccessDeniedException(partial), ErrorKind.INPUT, "no permission to write " + partial);
        assertSays(new FileAlreadyExistsException(partial), ErrorKind.INPUT, partial + " is in the way");
        assertSays(
                new FileSystemException(partial, null, "Read-only file system"),
                ErrorKind.INPUT,
                "Read-only file system");
        assertSays(new IOException("Input/output error"), ErrorKind.NATIVE, "Input/output error");
    }

    @Test
    void a_full_disk_says_what_is_free() {
        assertSays(new IOException("No space left on device"), ErrorKind.NATIVE, "No space left on device, ");
        assertThat(WriteFailure.of(
                        folder.resolve("a/b"), new FileSystemException("a", null, "Disk quota exceeded"), ""))
                .hasMessageContaining(" MB free there; free some space");
    }
}
