package dev.assay.report.page;

import dev.assay.report.figure.Figure;
import dev.assay.report.figure.FigureStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HTML under construction, with figures and tables counted through. All text given to it is escaped here. */
final class Page {
    private final StringBuilder body = new StringBuilder();
    /** Characters without a break that a column has room for, and in a table of many numbers. */
    private static final int LONGEST = 16;

    private static final int LONGEST_AMONG_NUMBERS = 14;

    private final Colours models;
    private final Colours sources = Colours.none();
    private final Map<String, String> whoseByRecipe = new HashMap<>();
    private int figures;
    private int tables;

    Page() {
        this(Colours.none());
    }

    /** A page on which some models have their colours already. */
    Page(Colours models) {
        this.models = models;
    }

    /** Whose recipe it is that stands on the page already, word for word; nobody's, but {@code whose} from now on, where none does. */
    Optional<String> printed(String whose, String recipe) {
        return Optional.ofNullable(whoseByRecipe.putIfAbsent(recipe.strip(), whose));
    }

    /** The colours of models, runs and ways to learn. */
    Colours models() {
        return models;
    }

    /** The colours of sources and objectives. */
    Colours sources() {
        return sources;
    }

    /** A cell of a table: its text, what stands smaller below it, and whether it is to be noticed. */
    record Cell(String text, String below, boolean isStrong) {
        static Cell of(String text) {
            return new Cell(text, "", false);
        }

        Cell below(String small) {
            return new Cell(text, small, isStrong);
        }

        Cell strong(boolean when) {
            return new Cell(text, below, when);
        }
    }

    /** A row; one that is set apart has a rule above it, as averages have. */
    record Row(List<Cell> cells, boolean isApart) {
        Row {
            cells = List.copyOf(cells);
        }

        static Row of(List<String> texts) {
            return new Row(texts.stream().map(Cell::of).toList(), false);
        }
    }

    Page heading(String text) {
        body.append("<h2>").append(escape(text)).append("</h2>\n");
        return this;
    }

    Page subheading(String text) {
        body.append("<h3>").append(escape(text)).append("</h3>\n");
        return this;
    }

    Page paragraph(String text) {
        body.append("<p>").append(prose(text)).append("</p>\n");
        return this;
    }

    Page list(List<String> items) {
        body.append("<ul>");
        items.forEach(item -> body.append("<li>").append(prose(item)).append("</li>"));
        body.append("</ul>\n");
        return this;
    }

    Page code(String text) {
        body.append("<pre>").append(escape(text)).append("</pre>\n");
        return this;
    }

    /** Pictures side by side where there is room, with one caption below. */
    Page figure(List<? extends Figure> pictures, String caption) {
        body.append("<figure><div class=\"pictures\">");
        pictures.forEach(picture -> body.append(picture.inlineSvg()));
        body.append("</div><figcaption><b>Figure ").append(++figures).append(".</b> ");
        body.append(prose(caption)).append("</figcaption></figure>\n");
        return this;
    }

    /** A table of numbers with its caption above; the first column holds names. */
    Page table(List<String> headings, List<Row> rows, String caption) {
        return table("table", headings, rows, caption);
    }

    /** A table of many numbers, in small print. */
    Page numbers(List<String> headings, List<Row> rows, String caption) {
        return table("table numbers", headings, rows, caption);
    }

    /** A table of words: everything to the left. */
    Page words(List<String> headings, List<Row> rows, String caption) {
        return table("table words", headings, rows, caption);
    }

    /** A table of settings: as they are typed. */
    Page settings(List<String> headings, List<Row> rows, String caption) {
        return table("table words settings", headings, rows, caption);
    }

    private Page table(String kind, List<String> headings, List<Row> rows, String caption) {
        // A table that fills a page by itself may be broken in print.
        String length = rows.size() > 25 ? " long" : "";
        body.append("<div class=\"").append(kind).append(length).append("\"><table><caption><b>Table ");
        body.append(++tables).append(".</b> ").append(prose(caption)).append("</caption><thead><tr>");
        int longest = kind.contains("numbers") ? LONGEST_AMONG_NUMBERS : LONGEST;
        headings.forEach(heading ->
                body.append("<th>").append(Breaks.cell(heading, longest)).append("</th>"));
        body.append("</tr></thead><tbody>");
        rows.forEach(row -> row(row, longest));
        body.append("</tbody></table></div>\n");
        return this;
    }

    private void row(Row row, int longest) {
        body.append(row.isApart ? "<tr class=\"apart\">" : "<tr>");
        for (Cell cell : row.cells) {
            body.append(cell.isStrong ? "<td class=\"strong\">" : "<td>").append(Breaks.cell(cell.text, longest));
            if (!cell.below.isEmpty()) {
                body.append("<small>").append(prose(cell.below)).append("</small>");
            }
            body.append("</td>");
        }
        body.append("</tr>");
    }

    /** What was written so far. */
    String html() {
        return body.toString();
    }

    /** All of it as one file with nothing outside it. */
    String document(String title, String lead) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>" + escape(title) + "</title><style>" + PageStyle.CSS + FigureStyle.CSS
                + "</style></head><body>\n"
                + "<h1>" + escape(title) + "</h1>\n<p class=\"lead\">" + escape(lead) + "</p>\n"
                + html() + "</body></html>\n";
    }

    /** Markup of running text. */
    static String prose(String text) {
        return escape(Breaks.glued(text));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
