package dev.assay.report.figure;

import dev.assay.math.Estimate;
import dev.assay.report.figure.Canvas.Spot;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Estimates with their intervals, a row a source and a colour a model: the plain way to compare numbers, better than
 * bars, whose length from zero says nothing here.
 *
 * @param rows what is compared within, the first on top
 * @param groups one estimate a row each; a value that is not finite is left out
 */
public record DotPlot(String title, Axis x, List<String> rows, List<Group> groups) implements Figure {
    private static final double ROW = 16;
    private static final double APART = 9;

    public DotPlot {
        rows = List.copyOf(rows);
        groups = List.copyOf(groups);
        for (Group group : groups) {
            if (group.estimates().size() != rows.size()) {
                throw new IllegalArgumentException("\"" + group.name() + "\" has "
                        + group.estimates().size() + " estimates for " + rows.size() + " rows");
            }
        }
    }

    /**
     * What one model has on each row.
     *
     * @param colour the place of the series whose colour it has, for models that keep theirs from picture to picture; -1
     *     for its own place
     */
    public record Group(String name, List<Estimate> estimates, int colour) {
        public Group {
            estimates = List.copyOf(estimates);
        }

        /** A model with the colour of its own place. */
        public Group(String name, List<Estimate> estimates) {
            this(name, estimates, -1);
        }
    }

    @Override
    public String svg() {
        Extent extent = Extent.of(groups.stream()
                .flatMap(group -> group.estimates().stream())
                .filter(estimate -> Double.isFinite(estimate.value()))
                .flatMapToDouble(e -> DoubleStream.of(e.value(), e.low(), e.high())));
        List<Legend.Entry> names = groups.size() < 2
                ? List.of()
                : IntStream.range(0, groups.size())
                        .mapToObj(i -> new Legend.Entry(groups.get(i).name(), Legend.Key.DOT, colour(i)))
                        .toList();
        double height = Math.max(2, rows.size()) * (ROW + APART * Math.max(1, groups.size()));
        Ticks across = x.loose(extent, 8);
        Frame frame = new Frame(
                new Frame.Setting(title, Frame.WIDE, height, across, x.label(), new Names(rows, true), "", names));
        frame.canvas.open("data");
        if (across.low() < 0 && across.high() > 0) {
            double zero = frame.x.at(0);
            frame.canvas.line(zero, frame.plot.y(), zero, frame.plot.bottom(), Stroke.REFERENCE);
        }
        for (int g = 0; g < groups.size(); g++) {
            for (int r = 0; r < rows.size(); r++) {
                double middle = frame.y.at(r) + (g - (groups.size() - 1) / 2.0) * APART;
                estimate(frame, groups.get(g).estimates().get(r), middle, colour(g));
            }
        }
        frame.canvas.close();
        if (extent.isEmpty()) {
            frame.noData();
        }
        return frame.svg();
    }

    private int colour(int group) {
        return Ink.place(groups.get(group).colour(), group);
    }

    private static void estimate(Frame frame, Estimate estimate, double middle, int index) {
        if (!Double.isFinite(estimate.value())) {
            return;
        }
        if (Double.isFinite(estimate.low()) && Double.isFinite(estimate.high())) {
            double low = frame.x.at(estimate.low());
            double high = frame.x.at(estimate.high());
            frame.canvas.line(low, middle, high, middle, new Stroke(Ink.series(index), 1.4));
        }
        frame.canvas.dot(new Spot(frame.x.at(estimate.value()), middle), 3.4, Ink.series(index), false, 1);
    }
}
