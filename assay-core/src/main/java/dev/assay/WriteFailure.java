package dev.assay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Why something could not be written, for its user. The exceptions of {@link Files} often hold nothing but the path; here
 * their type becomes the reason, and a full disk says how much is free.
 */
public final class WriteFailure {
    private WriteFailure() {}

    /**
     * The failure as {@code TARGET: cannot be written: REASON; KEPT; NEXT STEP}.
     *
     * @param target what its user wanted to have written; the failure may be about a file beside or inside it
     * @param failure what the file system said
     * @param kept what is still safe, as the middle of a sentence; empty where there is nothing to say
     * @return of kind {@link ErrorKind#INPUT} where another place or other permissions mend it, otherwise of kind {@link
     *     ErrorKind#NATIVE}
     */
    public static AssayException of(Path target, IOException failure, String kept) {
        boolean full = isFull(failure);
        String reason = full
                ? failure(failure) + ", " + free(target) + " free there"
                : switch (failure) {
                    case AccessDeniedException denied -> "no permission to write " + denied.getFile();
                    case NoSuchFileException none -> missing(target, Path.of(none.getFile()));
                    case NotDirectoryException file -> file.getFile() + " is a file, not a folder";
                    case FileAlreadyExistsException file -> file.getFile() + " is in the way";
                    default -> failure(failure);
                };
        boolean user = !full && failure instanceof FileSystemException;
        String next = full
                ? "free some space or choose a place on another disk"
                : user ? "choose another place, or see to its permissions" : "see to the disk";
        return new AssayException(
                user ? ErrorKind.INPUT : ErrorKind.NATIVE,
                target + ": cannot be written: " + reason + (kept.isEmpty() ? "" : "; " + kept) + "; " + next,
                failure);
    }

    /** A path that is not there: what was to be made, where the system makes no files, or something to be read. */
    private static String missing(Path target, Path path) {
        Path folder =
                Objects.requireNonNullElse(target.toAbsolutePath().normalize().getParent(), target);
        if (path.toAbsolutePath().normalize().startsWith(folder)) {
            return "no file can be made in " + folder;
        }
        return path + " does not exist";
    }

    private static String failure(IOException failure) {
        String said = failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : failure.getMessage();
        return said == null ? failure.toString() : said;
    }

    /** Java has no type for a full disk: the operating system's words tell. */
    private static boolean isFull(IOException failure) {
        String said = failure(failure).toLowerCase(Locale.ROOT);
        return said.contains("no space left") || said.contains("quota") || said.contains("not enough space");
    }

    private static String free(Path target) {
        Path place = target.toAbsolutePath();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            return String.format(
                    Locale.ROOT, "%.1f MB", Files.getFileStore(place).getUsableSpace() / 1e6);
        } catch (IOException e) {
            return "an unknown amount";
        }
    }
}
