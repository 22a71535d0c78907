package dev.assay;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every problem of one input, so that its user can mend them all at one go, and throws once. All are listed;
 * of rows of data, which can be wrong by the million, the first {@value #SHOWN_ROWS}, and how many there are.
 */
public final class Problems {
    private static final int SHOWN_ROWS = 20;

    private final ErrorKind kind;
    private final String subject;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param kind what the problems are about
     * @param subject the input they were found in, as its user knows it: a file name, a recipe, a folder
     */
    public Problems(ErrorKind kind, String subject) {
        this.kind = kind;
        this.subject = subject;
    }

    /** Notes one problem; the place comes first in the text. */
    public void add(String problem) {
        lines.add(problem);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** All problems so far, in the order they were found. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Throws one {@link AssayException} that lists the problems, or does nothing when there are none. */
    public void throwIfAny() {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(subject)
                .append(": ")
                .append(lines.size())
                .append(lines.size() == 1 ? " problem" : " problems");
        int shown = kind == ErrorKind.DATA ? Math.min(SHOWN_ROWS, lines.size()) : lines.size();
        if (shown < lines.size()) {
            text.append(", the first ").append(shown).append(" of them:");
        }
        lines.stream().limit(shown).forEach(line -> text.append("\n  - ").append(line));
        throw new AssayException(kind, text.toString());
    }
}
