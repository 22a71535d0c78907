package dev.assay.report.figure;

import dev.assay.evaluation.drift.DifferenceHistogram;
import dev.assay.evaluation.drift.DifferenceHistogram.Edges;
import dev.assay.report.figure.Canvas.Area;
import dev.assay.report.figure.Canvas.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How values are spread: the share of each sample in equal bins, which all samples have in common. Bins are round numbers
 * wide and begin at a multiple of their width, so that zero is always an edge: right and wrong never share a bin.
 *
 * @param samples one is drawn as bars, several as outlines
 */
public record Histogram(String title, Axis x, List<Sample> samples) implements Figure {
    private static final double HEIGHT = 210;
    private static final int MOST_BINS = 60;
    private static final double LEVEL = 0.95;

    public Histogram {
        samples = List.copyOf(samples);
    }

    @Override
    public String svg() {
        List<double[]> values = samples.stream().map(Sample::sorted).toList();
        Extent extent = Extent.of(values.stream().flatMapToDouble(Arrays::stream));
        Ticks bins = bins(values, extent);
        List<double[]> shares = values.stream().map(v -> shares(v, bins)).toList();
        Extent heights =
                Extent.of(shares.stream().flatMapToDouble(Arrays::stream)).including(0);
        List<Legend.Entry> names = IntStream.range(0, samples.size())
                .mapToObj(i -> new Legend.Entry(samples.get(i).nameWithN(), Legend.Key.SOLID, colour(i)))
                .toList();
        Ticks across = x.tight(new Extent(bins.low(), bins.high()), 9);
        Frame frame = new Frame(new Frame.Setting(
                title,
                Frame.WIDE,
                HEIGHT,
                across,
                x.label(),
                Ticks.around(0, heights.high() > 0 ? heights.high() : 1, 5),
                "share of each sample, bins of " + Ticks.width(bins.step()),
                names));
        frame.canvas.open("data");
        for (int s = 0; s < samples.size(); s++) {
            draw(frame, bins, shares.get(s), colour(s));
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

    private void draw(Frame frame, Ticks bins, double[] shares, int index) {
        List<Spot> outline = new ArrayList<>();
        outline.add(frame.spot(bins.low(), 0));
        for (int b = 0; b < shares.length; b++) {
            Spot left = frame.spot(bins.low() + b * bins.step(), shares[b]);
            Spot right = frame.spot(bins.low() + (b + 1) * bins.step(), shares[b]);
            if (samples.size() == 1 && shares[b] > 0) {
                double width = Math.max(0.5, right.x() - left.x() - 1);
                Area bar = new Area(left.x() + 0.5, left.y(), width, frame.plot.bottom() - left.y());
                frame.canvas.rect(bar, Ink.series(index), 0.8);
            }
            outline.add(left);
            outline.add(right);
        }
        outline.add(frame.spot(bins.low() + shares.length * bins.step(), 0));
        if (samples.size() > 1) {
            frame.canvas.area(outline, Ink.series(index), 0.1);
            frame.canvas.line(outline, Stroke.series(index));
        }
    }

    /** Bins about as wide as {@link Edges#spanning} advises, with their width rounded up. */
    private static Ticks bins(List<double[]> samples, Extent extent) {
        if (extent.isEmpty()) {
            return Ticks.around(0, 1, 11);
        }
        int number = Edges.spanning(samples).number();
        return Ticks.around(extent.low(), extent.high(), Math.clamp(number, 4, MOST_BINS) + 1);
    }

    private static double[] shares(double[] values, Ticks bins) {
        int number = (int) Math.max(1, Math.round((bins.high() - bins.low()) / bins.step()));
        if (values.length == 0) {
            return new double[number];
        }
        // The ends of the range are rounded like all multiples of a step; a value at the end must not fall outside.
        Edges edges =
                new Edges(Math.min(bins.low(), values[0]), Math.max(bins.high(), values[values.length - 1]), number);
        return DifferenceHistogram.of(values, edges, LEVEL).bins().stream()
                .mapToDouble(bin -> bin.share().value())
                .toArray();
    }
}
