package dev.assay.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart as SVG: a frame with ticks, lines, points with intervals and a legend. Numbers are mapped to the plane here and
 * nowhere else; colours follow the page's light or dark theme where it has one.
 */
final class Chart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 44;
    private static final int TICKS = 5;
    /** Okabe and Ito's colours, which people with any colour vision can tell apart. */
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

    /** A range of numbers on one axis, never empty. */
    record Range(double low, double high) {
        Range {
            if (!(low < high)) {
                double middle = Double.isFinite(low) ? low : 0;
                low = middle - 0.5;
                high = middle + 0.5;
            }
        }
    }

    private final StringBuilder body = new StringBuilder();
    private final Range x;
    private final Range y;
    private int named;

    Chart(String title, String xLabel, String yLabel, Range x, Range y) {
        this.x = x;
        this.y = y;
        text((LEFT + WIDTH - RIGHT) / 2.0, 18, "middle", title, " font-weight=\"600\"");
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xLabel, "");
        append(
                "<text x=\"14\" y=\"%1$.0f\" text-anchor=\"middle\" transform=\"rotate(-90 14 %1$.0f)\">%2$s</text>",
                (TOP + HEIGHT - BOTTOM) / 2.0, escape(yLabel));
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            double atX = x.low() + share * (x.high() - x.low());
            double atY = y.low() + share * (y.high() - y.low());
            line(column(atX), TOP, column(atX), HEIGHT - BOTTOM, "grid");
            line(LEFT, row(atY), WIDTH - RIGHT, row(atY), "grid");
            text(column(atX), HEIGHT - BOTTOM + 16, "middle", number(atX), "");
            text(LEFT - 6, row(atY) + 4, "end", number(atY), "");
        }
    }

    /** A line through points, with an entry in the legend. */
    Chart line(String name, List<double[]> points) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", column(point[0]), row(point[1])));
        }
        append(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>",
                colour(), path.toString().strip());
        return legend(name);
    }

    /** Points with vertical intervals: x, y, low, high each. */
    Chart intervals(String name, List<double[]> points) {
        for (double[] point : points) {
            append(
                    "<line x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>",
                    column(point[0]), row(point[2]), row(point[3]), colour());
            append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", column(point[0]), row(point[1]), colour());
        }
        return legend(name);
    }

    /** A thin line to compare with, such as perfect calibration. */
    Chart reference(double x1, double y1, double x2, double y2) {
        line(column(x1), row(y1), column(x2), row(y2), "reference");
        return this;
    }

    /** The picture. */
    String svg() {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\">%s</svg>",
                WIDTH,
                HEIGHT,
                body);
    }

    private Chart legend(String name) {
        double at = LEFT + 8 + 118.0 * (named % 4);
        double height = TOP + 12 + 14.0 * (named / 4);
        append("<rect x=\"%.0f\" y=\"%.0f\" width=\"10\" height=\"3\" fill=\"%s\"/>", at, height - 5, colour());
        text(at + 14, height, "start", name, "");
        named++;
        return this;
    }

    private String colour() {
        return COLOURS[named % COLOURS.length];
    }

    private double column(double value) {
        return LEFT + (value - x.low()) / (x.high() - x.low()) * (WIDTH - LEFT - RIGHT);
    }

    private double row(double value) {
        double share = (Math.clamp(value, y.low(), y.high()) - y.low()) / (y.high() - y.low());
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void line(double x1, double y1, double x2, double y2, String kind) {
        append("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", kind, x1, y1, x2, y2);
    }

    private void text(double atX, double atY, String anchor, String text, String more) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>", atX, atY, anchor, more, escape(text));
    }

    private void append(String pattern, Object... values) {
        body.append(String.format(Locale.ROOT, pattern, values));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** Text as it may stand in HTML or SVG. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
