package dev.assay.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A named line of points.
 *
 * @param name as the legend shows it; give n here where series have different ones
 * @param points in the order in which they are joined; a point that is not finite interrupts the line
 * @param colour the place of the series whose colour it has, for names that keep theirs from picture to picture; -1 for
 *     its own place
 */
public record Series(String name, List<Point> points, int colour) {
    public Series {
        points = List.copyOf(points);
    }

    /** A line with the colour of its own place. */
    public Series(String name, List<Point> points) {
        this(name, points, -1);
    }

    /** The same line with the colour of another place. */
    public Series withColour(int place) {
        return new Series(name, points, place);
    }

    /**
     * A point with an interval of y; {@code low} and {@code high} are NaN where there is none.
     */
    public record Point(double x, double y, double low, double high) {
        /** A point without an interval. */
        public Point(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }

        boolean isFinite() {
            return Double.isFinite(x) && Double.isFinite(y);
        }

        boolean hasInterval() {
            return isFinite() && Double.isFinite(low) && Double.isFinite(high);
        }
    }

    /** Points without intervals, from two arrays of one length. */
    public static Series of(String name, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " x and " + y.length + " y of \"" + name + "\"");
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(new Point(x[i], y[i]));
        }
        return new Series(name, points);
    }

    DoubleStream across() {
        return points.stream().filter(Point::isFinite).mapToDouble(Point::x);
    }

    /** All heights: points and the ends of their intervals. */
    DoubleStream heights() {
        return points.stream().filter(Point::isFinite).flatMapToDouble(p -> DoubleStream.of(p.y(), p.low(), p.high()));
    }

    /** The points in stretches without a gap. */
    List<List<Point>> stretches() {
        List<List<Point>> stretches = new ArrayList<>();
        List<Point> current = new ArrayList<>();
        for (Point point : points) {
            if (point.isFinite()) {
                current.add(point);
            } else if (!current.isEmpty()) {
                stretches.add(current);
                current = new ArrayList<>();
            }
        }
        if (!current.isEmpty()) {
            stretches.add(current);
        }
        return stretches;
    }
}
