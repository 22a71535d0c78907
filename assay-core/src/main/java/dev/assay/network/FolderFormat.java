package dev.assay.network;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.tokenization.ChatFormat;
import dev.assay.tokenization.ConversationFormat;
import dev.assay.tokenization.PlainFormat;
import java.nio.file.Path;
import java.util.Optional;

/** The form in which a model folder's conversations are rendered. */
final class FolderFormat {
    private FolderFormat() {}

    /** The recorded one; where none is recorded, the folder's chat template, or the plain form without one. */
    static ConversationFormat of(Path folder, Optional<String> recorded) {
        String name =
                recorded.orElseGet(() -> ModelFolder.hasChatTemplate(folder) ? ChatFormat.NAME : PlainFormat.NAME);
        if (name.equals(PlainFormat.NAME)) {
            return new PlainFormat();
        }
        if (name.equals(ChatFormat.NAME)) {
            return ChatFormat.of(folder);
        }
        throw new AssayException(
                ErrorKind.CHECKPOINT,
                folder + ": conversation format \"" + name + "\" is not known; known are " + PlainFormat.NAME + ", "
                        + ChatFormat.NAME);
    }
}
