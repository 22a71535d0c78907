package dev.assay.study;

import dev.assay.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for the terminal and for Markdown.
 *
 * @param title what it shows
 * @param headings one a column
 * @param rows cells, one a column
 */
public record StudyTable(String title, List<String> headings, List<List<String>> rows) {
    public StudyTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The same with one more row at its end. */
    StudyTable with(List<String> row) {
        List<List<String>> more = new ArrayList<>(rows);
        more.add(row);
        return new StudyTable(title, headings, more);
    }

    /** The table with aligned columns under its title. */
    public String text() {
        TextTable table = new TextTable(headings.toArray(String[]::new));
        rows.forEach(table::row);
        return title + "\n\n" + table.text();
    }

    /** The table as Markdown under its title. */
    public String markdown() {
        StringBuilder text = new StringBuilder("**" + title + "**\n\n");
        line(text, headings);
        text.append('|');
        for (int c = 0; c < headings.size(); c++) {
            text.append(c == 0 ? " --- |" : " ---: |");
        }
        text.append('\n');
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
        text.append('\n');
    }
}
