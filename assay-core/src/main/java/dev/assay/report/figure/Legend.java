package dev.assay.report.figure;

import dev.assay.report.figure.Canvas.Anchor;
import dev.assay.report.figure.Canvas.Area;
import dev.assay.report.figure.Canvas.Spot;
import java.util.ArrayList;
import java.util.List;

/** The names of the series below the picture, in rows as wide as it. */
final class Legend {
    private static final double ROW = 18;
    private static final double KEY = 24;
    private static final double GAP = 18;

    /** How a name's key is drawn. */
    enum Key {
        LINE,
        SOLID,
        HOLLOW,
        DOT,
        REFERENCE
    }

    /** One name; {@code index} is that of its series. */
    record Entry(String name, Key key, int index) {}

    private record Placed(Entry entry, String name, double x, int row) {}

    private final List<Placed> placed = new ArrayList<>();
    private final int rows;

    Legend(List<Entry> entries, double left, double width) {
        double x = left;
        int row = 0;
        for (Entry entry : entries) {
            String name = Font.NAME.cut(entry.name(), width - KEY - 4);
            double needed = KEY + 4 + Font.NAME.width(name);
            if (x > left && x + needed > left + width) {
                x = left;
                row++;
            }
            placed.add(new Placed(entry, name, x, row));
            x += needed + GAP;
        }
        rows = entries.isEmpty() ? 0 : row + 1;
    }

    double height() {
        return rows * ROW;
    }

    void draw(Canvas canvas, double top) {
        if (rows == 0) {
            return;
        }
        canvas.open("legend");
        for (Placed name : placed) {
            double middle = top + name.row * ROW + ROW / 2;
            key(canvas, name.entry, name.x, middle);
            canvas.text(name.x + KEY + 4, middle + 4, Anchor.START, Font.NAME, name.name);
        }
        canvas.close();
    }

    private static void key(Canvas canvas, Entry entry, double x, double middle) {
        Ink ink = Ink.series(entry.index());
        Area box = new Area(x + KEY / 2 - 6, middle - 5, 12, 10);
        switch (entry.key()) {
            case LINE -> canvas.line(x, middle, x + KEY, middle, Stroke.series(entry.index()));
            case REFERENCE -> canvas.line(x, middle, x + KEY, middle, Stroke.REFERENCE);
            case SOLID -> canvas.rect(box, ink, 0.85);
            case HOLLOW -> canvas.rect(box, Ink.PAPER, 1, new Stroke(ink, 1.2));
            case DOT -> canvas.dot(new Spot(x + KEY / 2, middle), 3.5, ink, false, 1);
        }
    }
}
