package dev.assay.report.figure;

import dev.assay.evaluation.ReliabilityCurve;
import dev.assay.math.Estimate;
import dev.assay.report.figure.Canvas.Area;
import dev.assay.report.figure.Canvas.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Accuracy against confidence, bin by bin, with the interval of each bin as a band; the dashed line is perfect
 * calibration, and a thin bar across it the range in which chance would leave a perfectly calibrated model. Bars at the
 * bottom show how many pairs each bin holds, and a bin of few has a hollow dot, so that nobody reads much into few.
 *
 * @param lowest where the axis of the accuracies begins, below 1
 */
public record ReliabilityDiagram(String title, List<Curve> curves, double lowest) implements Figure {
    private static final double SIDE = 230;
    /** The tallest bar of the counts. */
    private static final double COUNTS = 34;
    /** A bin with fewer pairs is marked. */
    public static final int FEW = 10;

    /** Pixels across a bar of consistency, and between those of two curves. */
    private static final double THIN = 2;

    private static final double APART = 4;

    public ReliabilityDiagram {
        curves = List.copyOf(curves);
    }

    /** A diagram that begins a little below its own data. */
    public ReliabilityDiagram(String title, List<Curve> curves) {
        this(title, curves, lowest(curves));
    }

    /** Where the accuracies of several diagrams must begin for all of them to show their data on one scale. */
    public static double lowest(List<Curve> curves) {
        double low = curves.stream()
                .flatMap(curve -> curve.filled().stream())
                .flatMapToDouble(
                        bin -> DoubleStream.of(bin.accuracy.value(), bin.accuracy.low(), bin.consistency.low()))
                .filter(Double::isFinite)
                .min()
                .orElse(0.5);
        // A stripe below the curves is kept for the counts.
        return Math.max(0, Math.floor(Math.min(low, 0.5) * 10 - 1) / 10);
    }

    /**
     * One model's bins.
     *
     * @param bins in ascending confidence
     * @param colour the place of the series whose colour it has, for models that keep theirs from picture to picture; -1
     *     for its own place
     */
    public record Curve(String name, List<Bin> bins, int colour) {
        public Curve {
            bins = List.copyOf(bins);
        }

        /** A model with the colour of its own place. */
        public Curve(String name, List<Bin> bins) {
            this(name, bins, -1);
        }

        /** The bins of an evaluation. */
        public static Curve of(String name, ReliabilityCurve curve) {
            return new Curve(
                    name,
                    curve.bins().stream()
                            .map(bin -> new Bin(
                                    bin.n(),
                                    bin.confidence(),
                                    Bin.wider(bin.accuracy(), bin.band()),
                                    bin.consistency()))
                            .toList());
        }

        int n() {
            return bins.stream().mapToInt(Bin::n).sum();
        }

        List<Bin> filled() {
            return bins.stream()
                    .filter(bin -> Double.isFinite(bin.confidence) && Double.isFinite(bin.accuracy.value()))
                    .toList();
        }
    }

    /**
     * One bin.
     *
     * @param n its pairs
     * @param confidence their mean confidence in [0.5, 1]
     * @param accuracy their mean outcome in [0, 1] with an interval, from a bootstrap or Wilson's; NaN ends where unknown
     * @param consistency where the mean outcome of a perfectly calibrated model would lie; NaN ends where unknown
     */
    public record Bin(int n, double confidence, Estimate accuracy, Estimate consistency) {
        /** A bin of which no range of consistency is known. */
        public Bin(int n, double confidence, Estimate accuracy) {
            this(n, confidence, accuracy, new Estimate(confidence, Double.NaN, Double.NaN));
        }

        /**
         * The wider of two intervals of one number. A bootstrap of few pairs, or of pairs that all came out alike, has
         * next to no spread of its own and would make the least known bin look the surest; Wilson's interval has.
         */
        public static Estimate wider(Estimate wilson, Estimate bootstrap) {
            boolean isBootstrap = bootstrap.hasInterval()
                    && !(wilson.hasInterval() && wilson.high() - wilson.low() >= bootstrap.high() - bootstrap.low());
            return isBootstrap ? bootstrap : wilson;
        }
    }

    @Override
    public String svg() {
        List<Legend.Entry> names = new ArrayList<>(IntStream.range(0, curves.size())
                .mapToObj(i -> new Legend.Entry(
                        curves.get(i).name()
                                + (curves.get(i).name().isEmpty() ? "n = " : ", n = ")
                                + curves.get(i).n(),
                        Legend.Key.LINE,
                        colour(i)))
                .toList());
        names.add(new Legend.Entry("perfect", Legend.Key.REFERENCE, 0));
        Frame frame = new Frame(new Frame.Setting(
                title,
                Frame.NARROW,
                SIDE,
                Ticks.inside(0.5, 1, 6),
                "confidence",
                Ticks.inside(lowest, 1, 7),
                "accuracy",
                names));
        frame.canvas.open("counts");
        counts(frame);
        frame.canvas.close().open("data");
        Spot from = frame.spot(0.5, 0.5);
        Spot to = frame.spot(1, 1);
        frame.canvas.line(from.x(), from.y(), to.x(), to.y(), Stroke.REFERENCE);
        for (int i = 0; i < curves.size(); i++) {
            consistency(frame, curves.get(i).filled(), i);
        }
        for (int i = 0; i < curves.size(); i++) {
            band(frame, curves.get(i).filled(), colour(i));
        }
        for (int i = 0; i < curves.size(); i++) {
            line(frame, curves.get(i).filled(), colour(i));
        }
        frame.canvas.close();
        if (curves.stream().allMatch(curve -> curve.filled().isEmpty())) {
            frame.noData();
        }
        return frame.svg();
    }

    private int colour(int index) {
        return Ink.place(curves.get(index).colour(), index);
    }

    private void counts(Frame frame) {
        double most = curves.stream()
                .flatMapToDouble(c -> c.filled().stream().mapToDouble(b -> (double) b.n / c.n()))
                .max()
                .orElse(1);
        for (int i = 0; i < curves.size(); i++) {
            double width = 12.0 / curves.size();
            for (Bin bin : curves.get(i).filled()) {
                double height = COUNTS * bin.n / curves.get(i).n() / most;
                double left = frame.x.at(bin.confidence) - 6 + i * width;
                frame.canvas.rect(
                        new Area(left, frame.plot.bottom() - height, width, height), Ink.series(colour(i)), 0.3);
            }
        }
    }

    private void consistency(Frame frame, List<Bin> bins, int index) {
        double aside = (index - (curves.size() - 1) / 2.0) * APART - THIN / 2;
        bins.stream().filter(bin -> bin.consistency.hasInterval()).forEach(bin -> {
            Spot top = frame.spot(bin.confidence, bin.consistency.high());
            double height = frame.y.at(bin.consistency.low()) - top.y();
            frame.canvas.rect(new Area(top.x() + aside, top.y(), THIN, height), Ink.series(colour(index)), 0.45);
        });
    }

    private static void band(Frame frame, List<Bin> bins, int index) {
        List<Bin> known =
                bins.stream().filter(bin -> bin.accuracy.hasInterval()).toList();
        if (known.size() == 1) {
            Spot low = frame.spot(
                    known.getFirst().confidence, known.getFirst().accuracy.low());
            Spot high = frame.spot(
                    known.getFirst().confidence, known.getFirst().accuracy.high());
            frame.canvas.line(low.x(), low.y(), high.x(), high.y(), new Stroke(Ink.series(index), 1.2));
            return;
        }
        List<Spot> band = new ArrayList<>();
        known.forEach(bin -> band.add(frame.spot(bin.confidence, bin.accuracy.high())));
        known.reversed().forEach(bin -> band.add(frame.spot(bin.confidence, bin.accuracy.low())));
        if (!band.isEmpty()) {
            frame.canvas.area(band, Ink.series(index), 0.16);
        }
    }

    private static void line(Frame frame, List<Bin> bins, int index) {
        List<Spot> spots = bins.stream()
                .map(bin -> frame.spot(bin.confidence, bin.accuracy.value()))
                .toList();
        if (spots.size() > 1) {
            frame.canvas.line(spots, Stroke.series(index));
        }
        for (int b = 0; b < bins.size(); b++) {
            frame.canvas.dot(spots.get(b), 3, Ink.series(index), bins.get(b).n < FEW, 1);
        }
    }
}
