package dev.assay.report.figure;

import dev.assay.report.figure.Canvas.Area;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The reward differences of the first pairs, one row of bars a model on one scale: upwards and solid where the model is
 * right, downwards and hollow where it is wrong.
 *
 * @param samples the differences of each model on the same pairs in the same order
 * @param first how many pairs are shown
 */
public record DifferencePlot(String title, List<Sample> samples, int first) implements Figure {
    private static final double ROW = 58;

    public DifferencePlot {
        samples = List.copyOf(samples);
        if (first < 1) {
            throw new IllegalArgumentException("shows at least one pair, not " + first);
        }
    }

    @Override
    public String svg() {
        int all = samples.stream().mapToInt(s -> s.values().length).max().orElse(0);
        int pairs = Math.min(first, all);
        List<double[]> rows = samples.stream()
                .map(s -> Arrays.copyOf(s.values(), Math.min(pairs, s.values().length)))
                .toList();
        double most = rows.stream()
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        String tallest =
                most == 0 ? "" : "; tallest bar " + Ticks.inside(0, most, 40).label(most);
        List<Legend.Entry> key = List.of(
                new Legend.Entry("right", Legend.Key.SOLID, 0), new Legend.Entry("wrong", Legend.Key.HOLLOW, 0));
        Frame frame = new Frame(new Frame.Setting(
                title,
                Frame.WIDE,
                ROW * Math.max(1, rows.size()),
                new Ticks(
                        0.5,
                        Math.max(1, pairs) + 0.5,
                        Math.max(1, Ticks.inside(0, pairs, 9).step())),
                pairs < all ? "pair (first " + pairs + " of n = " + all + ")" : "pair (all n = " + all + ")",
                new Names(samples.stream().map(Sample::name).toList(), true),
                "reward difference d, chosen minus rejected (nats)" + tallest,
                key));
        frame.canvas.open("data");
        for (int r = 0; r < rows.size(); r++) {
            row(frame, rows.get(r), r, most);
        }
        frame.canvas.close();
        if (most == 0) {
            frame.noData();
        }
        return frame.svg();
    }

    private static void row(Frame frame, double[] differences, int row, double most) {
        double middle = frame.y.at(row);
        frame.canvas.line(frame.plot.x(), middle, frame.plot.right(), middle, Stroke.AXIS);
        double width = Math.min(9, Math.abs(frame.x.at(2) - frame.x.at(1)) * 0.7);
        IntStream.range(0, differences.length)
                .filter(i -> Double.isFinite(differences[i]) && most > 0)
                .forEach(i -> {
                    double length = Math.abs(differences[i]) / most * (ROW / 2 - 4);
                    boolean right = differences[i] > 0;
                    Area bar = new Area(frame.x.at(i + 1) - width / 2, right ? middle - length : middle, width, length);
                    frame.canvas.rect(
                            bar,
                            right ? Ink.BLUE : Ink.PAPER,
                            right ? 0.85 : 1,
                            right ? null : new Stroke(Ink.BLUE, 1));
                });
    }
}
