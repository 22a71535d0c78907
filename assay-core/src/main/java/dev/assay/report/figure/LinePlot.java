package dev.assay.report.figure;

import dev.assay.report.figure.Canvas.Spot;
import dev.assay.report.figure.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines over a numeric axis, with intervals where the points have them. Where these are bars, the lines stand a few pixels
 * beside each other, so that no bar hides another.
 *
 * @param uncertainty how intervals are drawn
 */
public record LinePlot(String title, Axis x, Axis y, List<Series> series, Uncertainty uncertainty) implements Figure {
    private static final double HEIGHT = 230;
    /** Few points are marked one by one; more would hide the line. */
    private static final int MARKED = 25;
    /** Pixels between the bars of two lines at one place, where there is room. */
    private static final double APART = 7;

    public LinePlot {
        series = List.copyOf(series);
    }

    /** Lines with bands. */
    public LinePlot(String title, Axis x, Axis y, List<Series> series) {
        this(title, x, y, series, Uncertainty.BAND);
    }

    /** The forms of an interval. */
    public enum Uncertainty {
        BARS,
        BAND
    }

    @Override
    public String svg() {
        Extent across = Extent.of(series.stream().flatMapToDouble(Series::across));
        Extent heights = Extent.of(series.stream().flatMapToDouble(Series::heights));
        List<Legend.Entry> names = series.size() < 2
                ? List.of()
                : IntStream.range(0, series.size())
                        .mapToObj(i -> new Legend.Entry(series.get(i).name(), Legend.Key.LINE, colour(i)))
                        .toList();
        Frame frame = new Frame(new Frame.Setting(
                title, Frame.WIDE, HEIGHT, x.tight(across, 8), x.label(), y.loose(heights, 6), y.label(), names));
        double apart = uncertainty == Uncertainty.BARS ? apart(frame) : 0;
        frame.canvas.open("data");
        for (int i = 0; i < series.size(); i++) {
            for (List<Point> stretch : series.get(i).stretches()) {
                intervals(frame, stretch, colour(i), aside(i, apart));
            }
        }
        for (int i = 0; i < series.size(); i++) {
            for (List<Point> stretch : series.get(i).stretches()) {
                line(frame, stretch, colour(i), aside(i, apart));
            }
        }
        frame.canvas.close();
        if (across.isEmpty()) {
            frame.noData();
        }
        return frame.svg();
    }

    /** Pixels between neighbouring lines: all of them take up at most half of the way to the next place. */
    private double apart(Frame frame) {
        double[] places = series.stream()
                .flatMapToDouble(Series::across)
                .distinct()
                .sorted()
                .toArray();
        double nearest = frame.plot.width();
        for (int i = 1; i < places.length; i++) {
            nearest = Math.min(nearest, frame.x.at(places[i]) - frame.x.at(places[i - 1]));
        }
        return Math.min(APART, nearest / 2 / Math.max(1, series.size() - 1));
    }

    private double aside(int index, double apart) {
        return (index - (series.size() - 1) / 2.0) * apart;
    }

    private int colour(int index) {
        return Ink.place(series.get(index).colour(), index);
    }

    private static Spot beside(Spot spot, double aside) {
        return new Spot(spot.x() + aside, spot.y());
    }

    private static void line(Frame frame, List<Point> stretch, int index, double aside) {
        List<Spot> spots = stretch.stream()
                .map(point -> beside(frame.spot(point.x(), point.y()), aside))
                .toList();
        if (spots.size() > 1) {
            frame.canvas.line(spots, Stroke.series(index));
        }
        if (spots.size() <= MARKED) {
            spots.forEach(spot -> frame.canvas.dot(spot, 2.6, Ink.series(index), false, 1));
        }
    }

    private void intervals(Frame frame, List<Point> stretch, int index, double aside) {
        List<Point> known = stretch.stream().filter(Point::hasInterval).toList();
        if (uncertainty == Uncertainty.BAND && known.size() > 1) {
            List<Spot> band = new ArrayList<>();
            known.forEach(point -> band.add(frame.spot(point.x(), point.high())));
            known.reversed().forEach(point -> band.add(frame.spot(point.x(), point.low())));
            frame.canvas.area(band, Ink.series(index), 0.16);
            return;
        }
        for (Point point : known) {
            Spot low = beside(frame.spot(point.x(), point.low()), aside);
            Spot high = beside(frame.spot(point.x(), point.high()), aside);
            frame.canvas.line(low.x(), low.y(), high.x(), high.y(), new Stroke(Ink.series(index), 1.2));
        }
    }
}
