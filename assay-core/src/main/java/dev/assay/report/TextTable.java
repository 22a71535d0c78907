package dev.assay.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of text with aligned columns: the first to the left, all others to the right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    /** A table with these headings. */
    public TextTable(String... headings) {
        columns = headings.length;
        rows.add(List.of(headings));
    }

    /** Adds a row with one cell a column. */
    public TextTable row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + columns + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The table, one line a row, with a rule under the headings. */
    public String text() {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            text.append(line(rows.get(r), widths)).append('\n');
            if (r == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                text.append(line(rule, widths)).append('\n');
            }
        }
        return text.toString();
    }

    /** All rows, the headings first. */
    List<List<String>> rows() {
        return Collections.unmodifiableList(rows);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String padding = " ".repeat(widths[c] - cells.get(c).length());
            line.append(c == 0 ? "" : "  ").append(c == 0 ? cells.get(c) + padding : padding + cells.get(c));
        }
        return line.toString().stripTrailing();
    }
}
