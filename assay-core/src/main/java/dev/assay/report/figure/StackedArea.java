package dev.assay.report.figure;

import dev.assay.report.figure.Canvas.Spot;
import dev.assay.report.figure.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of a whole over time, such as the weights lambda of the sources: the first lies at the bottom.
 *
 * @param series all with the same x in the same order; a height that is not finite counts as zero
 */
public record StackedArea(String title, Axis x, Axis y, List<Series> series) implements Figure {
    private static final double HEIGHT = 200;

    public StackedArea {
        series = List.copyOf(series);
        for (Series other : series) {
            if (other.points().size() != series.getFirst().points().size()) {
                throw new IllegalArgumentException(
                        "\"" + other.name() + "\" has " + other.points().size() + " points, \""
                                + series.getFirst().name() + "\" "
                                + series.getFirst().points().size());
            }
        }
    }

    @Override
    public String svg() {
        int points = series.isEmpty() ? 0 : series.getFirst().points().size();
        double[][] tops = tops(points);
        Extent across = Extent.of(series.stream()
                .limit(1)
                .flatMapToDouble(s -> s.points().stream().mapToDouble(Point::x)));
        Extent heights = Extent.of(IntStream.range(0, points).mapToDouble(i -> tops[series.size()][i]))
                .including(0);
        List<Legend.Entry> names = IntStream.range(0, series.size())
                .mapToObj(i -> new Legend.Entry(series.get(i).name(), Legend.Key.SOLID, colour(i)))
                .toList();
        Frame frame = new Frame(new Frame.Setting(
                title, Frame.WIDE, HEIGHT, x.tight(across, 8), x.label(), y.loose(heights, 6), y.label(), names));
        frame.canvas.open("data");
        for (int s = 0; s < series.size() && points > 0; s++) {
            layer(frame, tops[s], tops[s + 1], colour(s));
        }
        frame.canvas.close();
        if (across.isEmpty()) {
            frame.noData();
        }
        return frame.svg();
    }

    /** {@code [series + 1][points]}: where each layer begins, and the total. */
    private double[][] tops(int points) {
        double[][] tops = new double[series.size() + 1][points];
        for (int s = 0; s < series.size(); s++) {
            for (int i = 0; i < points; i++) {
                double height = series.get(s).points().get(i).y();
                tops[s + 1][i] = tops[s][i] + (Double.isFinite(height) ? height : 0);
            }
        }
        return tops;
    }

    private int colour(int index) {
        return Ink.place(series.get(index).colour(), index);
    }

    private void layer(Frame frame, double[] bottom, double[] top, int index) {
        List<Spot> upper = new ArrayList<>();
        List<Spot> outline = new ArrayList<>();
        for (int i = 0; i < top.length; i++) {
            upper.add(frame.spot(series.getFirst().points().get(i).x(), top[i]));
        }
        outline.addAll(upper);
        for (int i = top.length - 1; i >= 0; i--) {
            outline.add(frame.spot(series.getFirst().points().get(i).x(), bottom[i]));
        }
        frame.canvas.area(outline, Ink.series(index), 0.82);
        // A seam of paper keeps neighbours apart for those who see their colours alike.
        frame.canvas.line(upper, new Stroke(Ink.PAPER, 0.8));
    }
}
