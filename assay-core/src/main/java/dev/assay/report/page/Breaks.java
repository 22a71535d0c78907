package dev.assay.report.page;

import java.util.regex.Pattern;

/** Where a line may end: not between a number and its unit, and in long names of a table at dots and strokes. */
final class Breaks {
    private static final Pattern PERCENT = Pattern.compile("(?<=\\d) %");
    private static final Pattern STATISTIC = Pattern.compile("\\b([np]) ([=<>]) (?=[\\d–−])");
    private static final Pattern INTERVAL = Pattern.compile("(\\[[−+]?[\\d.\\u202f]+), (?=[−+]?[\\d.])");
    private static final Pattern EQUATION = Pattern.compile("(?<=\\d) = (?=\\d)");
    private static final Pattern STEP = Pattern.compile("\\b(steps?|ln) (?=\\d)");
    private static final String SPACE = "\u00a0";

    /** A shorter word is never cut: it fits beside the others. */
    private static final int SHORT = 10;

    private static final String BREAK = "<wbr/>";

    private Breaks() {}

    /** The text with hard spaces in {@code 57.8 %}, {@code p = 0.031}, {@code n = 40}, {@code [0.1, 0.2]} and {@code step 7}. */
    static String glued(String text) {
        String percent = PERCENT.matcher(text).replaceAll(SPACE + "%");
        String statistic = STATISTIC.matcher(percent).replaceAll("$1" + SPACE + "$2" + SPACE);
        String interval = INTERVAL.matcher(statistic).replaceAll("$1," + SPACE);
        String equation = EQUATION.matcher(interval).replaceAll(SPACE + "=" + SPACE);
        return STEP.matcher(equation).replaceAll("$1" + SPACE);
    }

    /**
     * Markup of a table's cell. A long word may be broken after a dot, a stroke or the like before a letter, and where it has none for
     * too long, as fingerprints do, anywhere; so every column has a smallest width, and no table is wider than the page.
     *
     * @param longest so many characters fit into a column
     */
    static String cell(String text, int longest) {
        StringBuilder markup = new StringBuilder();
        for (String word : glued(text).split("(?<= )")) {
            boolean isName = word.length() > SHORT && !word.contains(SPACE);
            markup.append(isName ? broken(word, longest) : Page.escape(word));
        }
        return markup.toString();
    }

    private static String broken(String word, int longest) {
        StringBuilder markup = new StringBuilder();
        int since = 0;
        for (int i = 0; i < word.length(); i++) {
            boolean isJoint =
                    i > 0 && "._/\\=:,-".indexOf(word.charAt(i - 1)) >= 0 && Character.isLetter(word.charAt(i));
            if (isJoint || since == longest && Character.isLetterOrDigit(word.charAt(i))) {
                markup.append(BREAK);
                since = 0;
            }
            markup.append(Page.escape(word.substring(i, i + 1)));
            since++;
        }
        return markup.toString();
    }
}
