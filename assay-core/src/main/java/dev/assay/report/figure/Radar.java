package dev.assay.report.figure;

import dev.assay.report.figure.Canvas.Anchor;
import dev.assay.report.figure.Canvas.Area;
import dev.assay.report.figure.Canvas.Spot;
import dev.assay.report.figure.Guide.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several models on several sources, one spoke a source. Areas of a radar mislead; read along the spokes.
 *
 * @param spokes names of the spokes, the first upwards, then clockwise; three or more make a figure. What follows a line
 *     feed stands below the name, in smaller print
 * @param value what is shown along each spoke; its low end is the centre
 * @param samples one value a spoke each; one that is not finite interrupts the outline
 */
public record Radar(String title, List<String> spokes, Axis value, List<Sample> samples) implements Figure {
    /** Fewer spokes are no area. */
    public static final int FEWEST = 3;

    private static final double WIDTH = 480;
    private static final double RADIUS = 135;
    private static final double NAMES = 42;
    private static final double LINE = 13;

    public Radar {
        spokes = List.copyOf(spokes);
        samples = List.copyOf(samples);
        for (Sample sample : samples) {
            if (sample.values().length != spokes.size()) {
                throw new IllegalArgumentException("\"" + sample.name() + "\" has " + sample.values().length
                        + " values for " + spokes.size() + " spokes");
            }
        }
    }

    @Override
    public String svg() {
        Extent extent = Extent.of(samples.stream().flatMapToDouble(s -> Arrays.stream(s.values())));
        Ticks ticks = value.loose(extent, 5);
        Scale scale = new Scale(ticks.low(), ticks.high(), 0, RADIUS);
        List<Legend.Entry> names = IntStream.range(0, samples.size())
                .mapToObj(i -> new Legend.Entry(samples.get(i).name(), Legend.Key.LINE, colour(i)))
                .toList();
        Legend legend = new Legend(names, 2, WIDTH - 4);
        double top = (title.isEmpty() ? 2 : 22) + 20 + NAMES;
        Spot centre = new Spot(WIDTH / 2, top + RADIUS);
        double end = top + 2 * RADIUS + NAMES;
        Canvas canvas = new Canvas(WIDTH, end + legend.height() + 8, title);
        if (!title.isEmpty()) {
            canvas.text(2, 14, Anchor.START, Font.TITLE, Font.TITLE.cut(title, WIDTH - 20));
        }
        canvas.text(2, top - NAMES - 5, Anchor.START, Font.LABEL, Font.LABEL.cut(value.label(), WIDTH - 20));
        web(canvas, centre, ticks, scale);
        canvas.open("data");
        for (int s = 0; s < samples.size(); s++) {
            outline(canvas, centre, scale, s);
        }
        canvas.close();
        values(canvas, centre, ticks, scale);
        if (extent.isEmpty()) {
            canvas.text(centre.x(), centre.y() + 24, Anchor.MIDDLE, Font.LABEL, "no data");
        }
        legend.draw(canvas, end);
        return canvas.svg();
    }

    private Spot at(Spot centre, int spoke, double radius) {
        double angle = 2 * Math.PI * spoke / spokes.size();
        return new Spot(centre.x() + radius * Math.sin(angle), centre.y() - radius * Math.cos(angle));
    }

    private void web(Canvas canvas, Spot centre, Ticks ticks, Scale scale) {
        canvas.open("web");
        for (Mark mark : ticks.marks()) {
            List<Spot> ring = new ArrayList<>();
            for (int spoke = 0; spoke <= spokes.size() && !spokes.isEmpty(); spoke++) {
                ring.add(at(centre, spoke % spokes.size(), scale.at(mark.at())));
            }
            canvas.line(ring, Stroke.GRID);
        }
        for (int spoke = 0; spoke < spokes.size(); spoke++) {
            Spot rim = at(centre, spoke, RADIUS);
            canvas.line(centre.x(), centre.y(), rim.x(), rim.y(), Stroke.GRID);
            name(canvas, centre, spoke);
        }
        canvas.close();
    }

    /** The rings' values beside the first spoke, on a bit of paper that keeps the outlines below from crossing them. */
    private static void values(Canvas canvas, Spot centre, Ticks ticks, Scale scale) {
        canvas.open("values");
        for (Mark mark : ticks.marks()) {
            double y = centre.y() - scale.at(mark.at()) + 4;
            double width = Font.TICK.width(mark.label());
            canvas.rect(
                    new Area(centre.x() + 3, y - Font.TICK.size() + 1, width + 2, Font.TICK.size() + 1),
                    Ink.PAPER,
                    0.8);
            canvas.text(centre.x() + 4, y, Anchor.START, Font.TICK, mark.label());
        }
        canvas.close();
    }

    private void name(Canvas canvas, Spot centre, int spoke) {
        Spot spot = at(centre, spoke, RADIUS + 12);
        double sideways = spot.x() - centre.x();
        Anchor anchor = Math.abs(sideways) < 8 ? Anchor.MIDDLE : sideways > 0 ? Anchor.START : Anchor.END;
        double room = anchor == Anchor.MIDDLE ? WIDTH - 20 : WIDTH / 2 - Math.abs(sideways) - 6;
        double lift = 4 - 4 * (centre.y() - spot.y()) / RADIUS;
        List<String> lines = spokes.get(spoke).lines().toList();
        // Two lines grow away from the figure: upwards at its top, downwards at its bottom.
        double y = spot.y() + lift - (lines.size() - 1) * LINE * (0.5 + (centre.y() - spot.y()) / RADIUS / 2);
        for (int i = 0; i < lines.size(); i++) {
            Font font = i == 0 ? Font.NAME : Font.TICK;
            canvas.text(spot.x(), y + i * LINE, anchor, font, font.cut(lines.get(i), room));
        }
    }

    private int colour(int index) {
        return Ink.place(samples.get(index).colour(), index);
    }

    private void outline(Canvas canvas, Spot centre, Scale scale, int index) {
        double[] values = samples.get(index).values();
        List<Spot> all = new ArrayList<>();
        for (int spoke = 0; spoke < values.length; spoke++) {
            Spot here = at(centre, spoke, scale.at(Double.isFinite(values[spoke]) ? values[spoke] : scale.low()));
            int next = (spoke + 1) % values.length;
            if (Double.isFinite(values[spoke])) {
                all.add(here);
                canvas.dot(here, 2.6, Ink.series(colour(index)), false, 1);
                if (Double.isFinite(values[next])) {
                    Spot there = at(centre, next, scale.at(values[next]));
                    canvas.line(here.x(), here.y(), there.x(), there.y(), Stroke.series(colour(index)));
                }
            }
        }
        if (all.size() == values.length && samples.size() <= 3) {
            canvas.area(all, Ink.series(colour(index)), 0.07);
        }
    }
}
