package dev.assay.data.format;

/** A row that breaks its format's rule; caught by the reader, which adds the place and goes on to the next row. */
final class BadRow extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadRow(String rule) {
        super(rule);
    }
}
