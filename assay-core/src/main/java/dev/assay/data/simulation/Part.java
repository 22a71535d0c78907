package dev.assay.data.simulation;

import java.util.Locale;

/** The two parts of a simulated world; no prompt is in both. */
public enum Part {
    /** What models learn from. */
    TRAIN,
    /** What they are measured on. */
    TEST;

    /** The name in file names. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
