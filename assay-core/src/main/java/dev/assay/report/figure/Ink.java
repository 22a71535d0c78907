package dev.assay.report.figure;

import java.util.Locale;

/**
 * The colours. Those of the series are Okabe and Ito's, which people with any colour vision can tell apart, without their
 * yellow, which paper swallows; a wine red and a grey stand in. On dark paper they are lighter.
 */
enum Ink {
    PAPER("#ffffff", "#16181b"),
    TEXT("#22262b", "#e3e5e8"),
    MUTED("#626a73", "#a0a7b0"),
    AXIS("#9aa1a9", "#666d76"),
    GRID("#e6e8eb", "#2b2f35"),
    BLUE("#0072b2", "#4aa3df"),
    VERMILION("#d55e00", "#f2813a"),
    GREEN("#009e73", "#2fc49a"),
    PURPLE("#cc79a7", "#e3a1c6"),
    ORANGE("#e69f00", "#f5be45"),
    SKY("#56b4e9", "#a3dbfb"),
    WINE("#882255", "#c45d8f"),
    GREY("#6f6f6f", "#b4b4b4");

    private static final Ink[] SERIES = {BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, WINE, GREY};

    /** Each fits the key of a legend at least once. */
    private static final String[] DASHES = {"", "7 3", "2 2.5", "9 3 2 3", "9 3 2 3 2 3"};

    private final String light;
    private final String dark;

    Ink(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The colour of the series with this index; they come again after eight. */
    static Ink series(int index) {
        return SERIES[index % SERIES.length];
    }

    /** The place of the series whose colour something has: that of a name it keeps, or its own where it has none (-1). */
    static int place(int kept, int own) {
        return kept < 0 ? own : kept;
    }

    /**
     * The dashes of the series with this index; empty for a whole line. They tell series apart in black and white, and those
     * of equal colour, since there are five of them for eight colours.
     */
    static String dashes(int index) {
        return DASHES[index % DASHES.length];
    }

    String light() {
        return light;
    }

    String dark() {
        return dark;
    }

    String variable() {
        return "--assay-" + word();
    }

    String fillClass() {
        return "f-" + word();
    }

    String strokeClass() {
        return "s-" + word();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
