package dev.assay.tokenization.chat;

import dev.assay.AssayException;
import dev.assay.ErrorKind;

/** Errors of a template, with the line they come from. */
final class TemplateError {
    private TemplateError() {}

    static AssayException at(int line, String problem) {
        return new AssayException(ErrorKind.CHECKPOINT, "chat template, line " + line + ": " + problem);
    }
}
