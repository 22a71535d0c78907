package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.checkpoint.EnsembleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a run: {@code recipe.yaml}, {@code checkpoints/step-N}, and {@code checkpoints/best} and {@code last}, models
 * that can be loaded; for an ensemble {@code ensemble.json} and the runs of its members under {@code members/}.
 *
 * @param path where it lies
 */
record RunFolder(Path path) {
    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    Path best() {
        return checkpoints().resolve("best");
    }

    Path last() {
        return checkpoints().resolve("last");
    }

    Path members() {
        return path.resolve("members");
    }

    /** Makes the folder where it is not there. */
    void make() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, path + ": the run folder cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Checks the folder and writes the recipe there.
     *
     * @param resume whether a run that lies there is gone on with; otherwise it is refused
     * @param acceptChanges whether it may go on with other values of {@code training} and {@code method}
     * @return the changes of recipe it is resumed with
     */
    List<String> prepare(Recipe recipe, boolean resume, boolean acceptChanges) {
        Path file = path.resolve("recipe.yaml");
        if (!resume && (Files.isDirectory(checkpoints()) || Files.isDirectory(members()) || EnsembleFolder.is(path))) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    path + " holds a run already; add --resume to go on with it, or name another folder with --output");
        }
        List<String> changes =
                resume && Files.exists(file) ? ResumedRecipe.check(file, recipe, acceptChanges) : List.of();
        if (!resume) {
            forgetFailedAttempt();
        }
        AtomicFile.write(file, recipe.toYaml());
        return changes;
    }

    /** A run that failed before its first checkpoint leaves nothing worth keeping, but its log would go on in this one. */
    private void forgetFailedAttempt() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("events.") || name.equals("assay.log")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, path + ": cannot be cleared: " + e.getMessage(), e);
        }
    }

    /** Removes the best model of an earlier stage, which knows nothing of the one the training ended in. */
    void forgetBest() {
        try {
            if (Files.exists(best())) {
                try (Stream<Path> files = Files.walk(best())) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssayException(
                    ErrorKind.INPUT, best() + ": cannot be removed: " + e.getMessage() + "; remove it by hand", e);
        }
    }
}
