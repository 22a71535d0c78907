package dev.assay.data.hub;

import java.io.IOException;

/** A host could not be reached at all; the client's own exceptions for it have no message. */
final class NoConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    NoConnectionException(String host, IOException cause) {
        super("no connection to " + host, cause);
    }
}
