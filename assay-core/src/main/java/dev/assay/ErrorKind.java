package dev.assay;

/** What kind of thing went wrong; decides the exit code of the command line and the HTTP status of the server. */
public enum ErrorKind {
    /** A command's arguments or standard input. */
    INPUT(2, 400),
    /** A recipe: unknown key, value out of range, missing section. */
    RECIPE(2, 400),
    /** A data file: broken JSON, missing column, illegal value. */
    DATA(2, 422),
    /** A model folder or checkpoint: missing, extra or misshapen tensors, no head, wrong checksum. */
    CHECKPOINT(2, 422),
    /** A download: not found, refused, wrong hash, offline. */
    DOWNLOAD(2, 502),
    /** Training met a non-finite value and stopped after the last good checkpoint. */
    NUMERIC(3, 500),
    /** libtorch or the operating system: out of memory, full disk, missing native library. */
    NATIVE(3, 500),
    /** A defect of Assay itself. */
    INTERNAL(3, 500);

    private final int exitCode;
    private final int httpStatus;

    ErrorKind(int exitCode, int httpStatus) {
        this.exitCode = exitCode;
        this.httpStatus = httpStatus;
    }

    /** The exit code of the command line: 2 where the user can mend it, 3 otherwise. */
    public int exitCode() {
        return exitCode;
    }

    /** The HTTP status the server answers with. */
    public int httpStatus() {
        return httpStatus;
    }
}
