package dev.assay.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Which colour each name has in the figures of a page: the next free one when it is first asked for, the same ever after.
 * Models and sources are counted apart. What is given out is the place of a series whose colour it is.
 */
public final class Colours {
    /** The ways to learn that studies draw. Their colours are fixed, since the pictures of several studies meet on a page. */
    private static final List<String> SCHEMES = List.of("MultiTask", "MORE", "Sequential", "Ensemble");

    private final List<String> reserved;
    private final List<String> names;

    private Colours(List<String> reserved) {
        this.reserved = reserved;
        this.names = new ArrayList<>(reserved);
    }

    /** Nothing has a colour yet. */
    public static Colours none() {
        return new Colours(List.of());
    }

    /** The ways to learn have theirs, for studies and for pages on which some stand. */
    public static Colours ofSchemes() {
        return new Colours(SCHEMES);
    }

    /** The colour of a name; a run {@code more} beside a study has that of the study's MORE. */
    public int of(String name) {
        String known = reserved.stream()
                .filter(scheme -> scheme.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
        if (!names.contains(known)) {
            names.add(known);
        }
        return names.indexOf(known);
    }
}
