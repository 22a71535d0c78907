package dev.assay.report.page;

import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One study on a page: words, pictures, tables, and how to get the same again. */
final class StudySection {
    /** More columns than this are set in small print. */
    private static final int WIDE = 6;
    /** Columns of numbers that fit the page, with the ± of an interval and with its two ends. */
    private static final int WIDEST = 10;

    private static final int NARROW = 6;
    /** A value with what stands behind it: {@code 62.4 [61.0, 63.5]}, {@code 62.4 ±1.3 (2 seeds)}, {@code 62.4 (1 seed)}. */
    private static final Pattern WITH_INTERVAL = Pattern.compile("(\\S+) ([\\[±(].*)");

    private static final Pattern MINUS = Pattern.compile("(?<![\\w.])-(?=\\d)");

    private StudySection() {}

    /** The study as a section of a page about other things too. */
    static void embed(Page page, StudyFacts study, boolean named) {
        page.heading(title(study) + (named ? " (" + study.folder() + ")" : ""));
        page.paragraph(study.question());
        findings(page, study);
        page.list(study.words());
        page.subheading("Pictures");
        pictures(page, study);
        page.subheading("Tables");
        tables(page, study);
        page.subheading("How to reproduce");
        reproduction(page, study);
    }

    /** The study as all there is on a page, whose head holds the question. */
    static void fill(Page page, StudyFacts study) {
        if (!study.findings().isEmpty()) {
            page.heading("What came out");
            findings(page, study);
        }
        page.heading("What the numbers are");
        page.list(study.words());
        page.heading("Pictures");
        pictures(page, study);
        page.heading("Tables");
        tables(page, study);
        page.heading("How to reproduce");
        reproduction(page, study);
    }

    private static void findings(Page page, StudyFacts study) {
        if (!study.findings().isEmpty()) {
            page.paragraph(String.join(" ", study.findings()));
        }
    }

    static String title(StudyFacts study) {
        return "Study: " + study.name();
    }

    private static void pictures(Page page, StudyFacts study) {
        if (study.pictures().isEmpty()) {
            page.paragraph("This study has none.");
        }
        study.pictures().forEach(picture -> page.figure(List.of(picture.figure()), picture.caption()));
    }

    private static void tables(Page page, StudyFacts study) {
        for (StudyFacts.Table table : study.tables()) {
            int columns = table.headings().size();
            // Both parts of a table that is too wide for the page repeat the column of names.
            int parts = Math.ceilDiv(columns - 1, hasBrackets(table) ? NARROW : WIDEST);
            int most = Math.ceilDiv(columns - 1, Math.max(1, parts));
            for (int from = 1; from < columns; from += most) {
                String caption = table.title() + (from == 1 ? "." : ", continued.");
                part(page, table, from, Math.min(columns, from + most), caption);
            }
        }
    }

    private static boolean hasBrackets(StudyFacts.Table table) {
        return table.rows().stream().flatMap(List::stream).anyMatch(cell -> cell.contains(" ["));
    }

    private static void part(Page page, StudyFacts.Table table, int from, int to, String caption) {
        List<String> headings = part(table.headings(), from, to);
        List<Row> rows =
                table.rows().stream().map(cells -> row(cells, from, to)).toList();
        if (headings.size() > WIDE) {
            page.numbers(headings, rows, caption);
        } else {
            page.table(headings, rows, caption);
        }
    }

    /** The name as it is, whatever looks like a number in it, and the numbers. */
    private static Row row(List<String> texts, int from, int to) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(texts.getFirst())));
        texts.subList(from, to).forEach(text -> cells.add(cell(text)));
        return new Row(cells, false);
    }

    /** The first, and those from one to before another. */
    private static List<String> part(List<String> cells, int from, int to) {
        List<String> some = new ArrayList<>(List.of(cells.getFirst()));
        some.addAll(cells.subList(from, to));
        return some;
    }

    /** The value above, its interval below, with true minus signs. */
    private static Cell cell(String text) {
        String proper = MINUS.matcher(text).replaceAll("−");
        var parts = WITH_INTERVAL.matcher(proper);
        return parts.matches() ? Cell.of(parts.group(1)).below(parts.group(2)) : Cell.of(proper);
    }

    private static void reproduction(Page page, StudyFacts study) {
        Optional<String> above =
                page.printed("the study " + study.name(), study.reproduction().recipe());
        page.paragraph("Save the recipe "
                + above.map(whose -> "of " + whose + ", above,").orElse("below")
                + " as recipe.yaml; the same recipe, data, versions and number of threads give"
                + " the same numbers. Trainings that lie in the study's folder already are not repeated.");
        page.code(study.reproduction().command());
        if (above.isEmpty()) {
            page.code(study.reproduction().recipe().strip());
        }
    }
}
