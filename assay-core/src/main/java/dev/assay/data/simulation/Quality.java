package dev.assay.data.simulation;

import java.util.Locale;

/** A latent quality of a simulated answer, in [-1, 1]; the text shows it, and nothing but the text does. */
public enum Quality {
    /** Subject and time agree with the prompt: 1 both, 0 one of them, -1 none. Seen only by comparing with the prompt. */
    CORRECTNESS,
    /** Concrete steps instead of vague ones: from -1 for none to 1 for three. */
    HELPFULNESS,
    /** Steps told in the order in which they are done: 1; scrambled: -1; fewer than two steps: 0. Seen in word order. */
    ORDER,
    /** Polite 1, neutral 0, rude -1; both in much the same words, with and without a "not". */
    POLITENESS,
    /** Warns of the hazard 1, says nothing 0, advises it -1; again in much the same words. */
    SAFETY,
    /** From 1 without filler sentences to -1 with two. */
    BREVITY,
    /** Admits doubt 1, says nothing 0, boasts -1. */
    CANDOUR;

    /** The name in ratings and files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Quality ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
