package dev.assay.report.figure;

import dev.assay.evaluation.drift.BoxStatistics;
import dev.assay.report.figure.Canvas.Area;
import dev.assay.report.figure.Canvas.Spot;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reward differences of several models or sources as box plots, one row each: right predictions (above zero) in a solid box,
 * wrong ones (zero and below) in a hollow box ({@link BoxStatistics}). Boxes run from the first to the third quartile with a line at the median,
 * whiskers to the furthest value within 1.5 times the box, dots are the values beyond. Rows keep names readable, however
 * long.
 *
 * @param x the differences; its range should hold zero
 * @param row what a row is, such as {@code source}
 * @param samples the differences of each row
 */
public record BoxPlot(String title, Axis x, String row, List<Sample> samples) implements Figure {
    private static final double ROW = 34;
    private static final double BOX = 15;

    public BoxPlot {
        samples = List.copyOf(samples);
    }

    /** A row a model. */
    public BoxPlot(String title, Axis x, List<Sample> samples) {
        this(title, x, "model", samples);
    }

    @Override
    public String svg() {
        List<double[]> rows = samples.stream().map(Sample::sorted).toList();
        Extent extent = Extent.of(rows.stream().flatMapToDouble(Arrays::stream)).including(0);
        List<String> names = IntStream.range(0, rows.size())
                .mapToObj(i -> samples.get(i).name() + " (" + right(rows.get(i)).length + " / "
                        + wrong(rows.get(i)).length + ")")
                .toList();
        List<Legend.Entry> key = List.of(
                new Legend.Entry("right", Legend.Key.SOLID, 0),
                new Legend.Entry("wrong or equal", Legend.Key.HOLLOW, 0),
                new Legend.Entry("beyond 1.5 × the box", Legend.Key.DOT, 0));
        Frame frame = new Frame(new Frame.Setting(
                title,
                Frame.WIDE,
                ROW * Math.max(2, rows.size()),
                x.loose(extent, 8),
                x.label(),
                new Names(names, true),
                row + " (n right / n wrong)",
                key));
        frame.canvas.open("data");
        double zero = frame.x.at(0);
        frame.canvas.line(zero, frame.plot.y(), zero, frame.plot.bottom(), Stroke.REFERENCE);
        for (int i = 0; i < rows.size(); i++) {
            box(frame, wrong(rows.get(i)), i, true);
            box(frame, right(rows.get(i)), i, false);
        }
        frame.canvas.close();
        if (extent.isEmpty()) {
            frame.noData();
        }
        return frame.svg();
    }

    private static double[] right(double[] sorted) {
        return Arrays.stream(sorted).filter(d -> d > 0).toArray();
    }

    private static double[] wrong(double[] sorted) {
        return Arrays.stream(sorted).filter(d -> d <= 0).toArray();
    }

    private static void box(Frame frame, double[] values, int row, boolean hollow) {
        if (values.length == 0) {
            return;
        }
        BoxStatistics box = BoxStatistics.of(values);
        double middle = frame.y.at(row);
        Ink ink = Ink.BLUE;
        Stroke line = new Stroke(ink, 1.2);
        double left = frame.x.at(box.q1());
        double right = frame.x.at(box.q3());
        frame.canvas.line(frame.x.at(box.lowWhisker()), middle, left, middle, line);
        frame.canvas.line(right, middle, frame.x.at(box.highWhisker()), middle, line);
        Area area = new Area(left, middle - BOX / 2, right - left, BOX);
        frame.canvas.rect(area, hollow ? Ink.PAPER : ink, hollow ? 1 : 0.85, line);
        double median = frame.x.at(box.median());
        // In a box as narrow as the median's line, paper would hide the box.
        boolean hasRoom = right - left > 4;
        Stroke mark = new Stroke(hollow || !hasRoom ? ink : Ink.PAPER, 2);
        frame.canvas.line(median, middle - BOX / 2, median, middle + BOX / 2, mark);
        for (double at : outliers(frame, box)) {
            frame.canvas.dot(new Spot(at, middle), 1.7, ink, false, 0.55);
        }
    }

    /** Where dots stand: many values fall on one pixel, and one dot each would make a large file of them. */
    private static Set<Double> outliers(Frame frame, BoxStatistics box) {
        Set<Double> places = new LinkedHashSet<>();
        Stream.concat(box.below().stream(), box.above().stream())
                .forEach(d -> places.add(Math.round(frame.x.at(d) * 2) / 2.0));
        return places;
    }
}
