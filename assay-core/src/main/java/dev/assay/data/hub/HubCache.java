package dev.assay.data.hub;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The cache's layout, as huggingface_hub has it: {@code models--owner--name/{blobs,refs,snapshots}}, each file of a snapshot
 * a link to a blob named by its hash, so that both tools use what the other downloaded.
 */
final class HubCache {
    private final Path root;

    HubCache(Path root, HubReference of) {
        this.root = root.resolve(of.kind().plural() + "--" + of.repository().replace("/", "--"));
    }

    /** The commit a revision meant when it was last asked for; a commit means itself. */
    Optional<String> commit(String revision) {
        if (revision.matches("[0-9a-f]{40}")) {
            return Optional.of(revision);
        }
        Path ref = root.resolve("refs").resolve(revision);
        try {
            return Files.isRegularFile(ref) ? Optional.of(Files.readString(ref).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new AssayException(ErrorKind.DOWNLOAD, ref + ": cannot be read: " + e.getMessage(), e);
        }
    }

    Path snapshot(String commit) {
        return root.resolve("snapshots").resolve(commit);
    }

    /** Notes before the first file of a commit is linked that others may be missing, which its folder does not tell. */
    void markPartial(String commit) throws IOException {
        if (!Files.exists(snapshot(commit))) {
            Files.createDirectories(Objects.requireNonNull(some(commit).getParent()));
            Files.write(some(commit), new byte[0]);
        }
    }

    /** Notes that all files of a commit are here. */
    void markWhole(String commit) throws IOException {
        Files.deleteIfExists(some(commit));
    }

    /** Whether files of a commit may be missing; what another tool began is its own affair. */
    boolean isPartial(String commit) {
        return Files.exists(some(commit));
    }

    private Path some(String commit) {
        return root.resolve(".assay").resolve(commit + ".some");
    }

    /** Who downloads a blob holds this file; it stands where huggingface_hub has its own. */
    Path lock(String etag) {
        return root.resolveSibling(".locks").resolve(root.getFileName()).resolve(etag + ".lock");
    }

    Path blob(String etag) {
        return root.resolve("blobs").resolve(etag);
    }

    /** Notes what a revision means, and makes a blob the file of its snapshot. */
    Path link(String revision, String commit, String file, String etag) throws IOException {
        if (!revision.equals(commit)) {
            Path ref = root.resolve("refs").resolve(revision);
            Files.createDirectories(ref.getParent());
            Files.writeString(ref, commit);
        }
        Path pointer = snapshot(commit).resolve(file);
        Files.createDirectories(Objects.requireNonNull(pointer.getParent()));
        if (!Files.exists(pointer)) {
            try {
                Files.createSymbolicLink(
                        pointer, Objects.requireNonNull(pointer.getParent()).relativize(blob(etag)));
            } catch (FileAlreadyExistsException e) {
                Files.delete(pointer);
                Files.createSymbolicLink(
                        pointer, Objects.requireNonNull(pointer.getParent()).relativize(blob(etag)));
            } catch (UnsupportedOperationException e) {
                Files.copy(blob(etag), pointer);
            }
        }
        return pointer;
    }
}
