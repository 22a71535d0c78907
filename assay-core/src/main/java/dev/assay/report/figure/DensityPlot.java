package dev.assay.report.figure;

import dev.assay.evaluation.drift.DifferenceDensity;
import dev.assay.evaluation.drift.DifferenceDensity.Point;
import dev.assay.report.figure.Canvas.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How values are spread, as smooth curves ({@link DifferenceDensity}). A sample without spread is a vertical line. A curve
 * with a peak many times as high as those of the others would flatten them: the axis ends above the others, and says where
 * that peak is.
 */
public record DensityPlot(String title, Axis x, List<Sample> samples) implements Figure {
    private static final double HEIGHT = 210;
    private static final int POINTS = 240;
    /** The share of the values' range that is drawn beyond them on both sides, for the curves to come down. */
    private static final double BEYOND = 0.12;

    private static final double LEVEL = 0.95;

    /** A peak so many times as high as the next lower one is cut off. */
    private static final double PEAKED = 4;
    /** The room left above the highest peak that is not. */
    private static final double ABOVE = 1.15;

    public DensityPlot {
        samples = List.copyOf(samples);
    }

    @Override
    public String svg() {
        List<double[]> values = samples.stream().map(Sample::sorted).toList();
        Extent extent = Extent.of(values.stream().flatMapToDouble(Arrays::stream));
        double room = BEYOND * (extent.high() - extent.low());
        Ticks across = x.tight(new Extent(extent.low() - room, extent.high() + room), 9);
        List<List<Point>> curves = values.stream()
                .map(sorted -> hasSpread(sorted)
                        ? DifferenceDensity.of(sorted, across.low(), across.high(), POINTS, LEVEL)
                                .points()
                        : List.<Point>of())
                .toList();
        double[] peaks = curves.stream().mapToDouble(DensityPlot::peak).toArray();
        double highest = highest(peaks);
        List<Legend.Entry> names = IntStream.range(0, samples.size())
                .mapToObj(i -> new Legend.Entry(samples.get(i).nameWithN(), Legend.Key.LINE, colour(i)))
                .toList();
        Frame frame = new Frame(new Frame.Setting(
                title,
                Frame.WIDE,
                HEIGHT,
                across,
                x.label(),
                Ticks.around(0, highest, 5),
                label(peaks, highest),
                names));
        frame.canvas.open("data");
        for (int i = 0; i < curves.size(); i++) {
            draw(frame, curves.get(i), values.get(i), colour(i));
        }
        frame.canvas.close();
        if (extent.isEmpty()) {
            frame.noData();
        }
        return frame.svg();
    }

    private int colour(int index) {
        return Ink.place(samples.get(index).colour(), index);
    }

    private static double peak(List<Point> curve) {
        return curve.stream()
                .mapToDouble(point -> point.density().value())
                .max()
                .orElse(0);
    }

    /** Where the axis ends: above all peaks but those that tower over the next lower one. */
    private static double highest(double[] peaks) {
        double[] known = Arrays.stream(peaks).filter(peak -> peak > 0).sorted().toArray();
        for (int i = 1; i < known.length; i++) {
            // Cut off what towers over at least half of the curves; a single flat one is the odd one out itself.
            if (known[i] > PEAKED * known[i - 1] && 2 * i >= known.length) {
                return ABOVE * known[i - 1];
            }
        }
        return known.length == 0 ? 1 : known[known.length - 1];
    }

    private String label(double[] peaks, double highest) {
        String beyond = IntStream.range(0, peaks.length)
                .filter(i -> peaks[i] > highest)
                .mapToObj(i -> samples.get(i).name() + " rises to "
                        + Ticks.inside(0, peaks[i], 20).label(peaks[i]))
                .collect(Collectors.joining(", "));
        return beyond.isEmpty() ? "density" : "density; cut off: " + beyond;
    }

    private static boolean hasSpread(double[] sorted) {
        return sorted.length > 1 && sorted[0] < sorted[sorted.length - 1];
    }

    private static void draw(Frame frame, List<Point> curve, double[] values, int index) {
        if (curve.isEmpty()) {
            if (values.length > 0) {
                double at = frame.x.at(values[0]);
                frame.canvas.line(at, frame.plot.y(), at, frame.plot.bottom(), Stroke.series(index));
            }
            return;
        }
        List<Spot> spots = curve.stream()
                .map(point -> frame.spot(point.difference(), point.density().value()))
                .toList();
        List<Spot> outline = new ArrayList<>(spots);
        outline.add(frame.spot(curve.getLast().difference(), 0));
        outline.add(frame.spot(curve.getFirst().difference(), 0));
        frame.canvas.area(outline, Ink.series(index), 0.1);
        frame.canvas.line(spots, Stroke.series(index));
    }
}
