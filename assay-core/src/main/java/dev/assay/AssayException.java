package dev.assay;

import java.util.Objects;

/**
 * A failure a person has to read. The message names the thing, its value, the rule it broke, the place (file:line or
 * recipe path) and the next step. A bug of the caller is an {@link IllegalArgumentException} instead.
 */
public final class AssayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    /** A failure of the given kind with a message that says what, where, which rule and what to do next. */
    public AssayException(ErrorKind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** The same, with the lower-level failure that caused it. */
    public AssayException(ErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** The kind of failure. */
    public ErrorKind kind() {
        return kind;
    }
}
