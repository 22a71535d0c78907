package dev.assay.tokenization;

import java.util.OptionalInt;

/**
 * The special ids of a model, recorded in its checkpoint and never guessed in silence.
 *
 * @param bos begins a text, where the family has one
 * @param eos ends a text, where the family has one
 * @param pad fills a row; only ever a placeholder, since pooling goes by index
 * @param addBos whether a text that went through no chat template gets {@code bos} in front
 * @param addEos whether a text that went through no chat template gets {@code eos} at its end
 */
public record SpecialTokens(OptionalInt bos, OptionalInt eos, int pad, boolean addBos, boolean addEos) {
    public SpecialTokens {
        if (addBos && bos.isEmpty() || addEos && eos.isEmpty()) {
            throw new IllegalArgumentException("bos and eos can be added only where the tokenizer has them");
        }
    }

    /** For a log: what is used, and what is put around a text. */
    public String text() {
        return "begin " + (bos.isPresent() ? bos.getAsInt() + (addBos ? "" : " (not added)") : "none") + ", end "
                + (eos.isPresent() ? Integer.toString(eos.getAsInt()) : "none") + ", padding " + pad;
    }
}
