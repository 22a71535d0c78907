package dev.assay.report.figure;

import dev.assay.math.Estimate;
import dev.assay.report.figure.ReliabilityDiagram.Bin;
import dev.assay.report.figure.ReliabilityDiagram.Curve;
import dev.assay.report.figure.Series.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** One picture of each kind and the awkward cases of each: empty, one point, NaN, long names, markup in names. */
final class Gallery {
    static final double NAN = Double.NaN;
    static final List<String> SOURCES = List.of("helper", "guard", "terse", "courtly", "scholar");
    static final String AWKWARD =
            "<script>alert(\"&\")</script> a name that is longer than anyone would wish for, twice "
                    + "as long in fact \u0001";

    private Gallery() {}

    static Map<String, Figure> all() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        usual(figures);
        awkward(figures);
        return figures;
    }

    private static void usual(Map<String, Figure> figures) {
        figures.put("lines", lines());
        figures.put("stack", stack());
        figures.put(
                "histogram",
                new Histogram("One sample", Axis.of("reward difference"), List.of(normal("MORE", 400, 1))));
        figures.put(
                "histograms",
                new Histogram(
                        "Reward differences by model",
                        Axis.of("reward difference"),
                        List.of(normal("MultiTask", 400, 2), normal("MORE", 400, 0.8), normal("single", 390, 3))));
        figures.put(
                "density",
                new DensityPlot(
                        "Reward differences by model",
                        Axis.of("reward difference"),
                        List.of(normal("MultiTask", 400, 2), normal("MORE", 400, 0.8), normal("single", 390, 3))));
        figures.put(
                "box",
                new BoxPlot(
                        "Reward differences, right and wrong",
                        Axis.of("reward difference"),
                        List.of(
                                normal("MultiTask", 1400, 2),
                                normal("MORE", 400, 0.8),
                                normal("single: helper", 390, 3))));
        figures.put(
                "bars",
                new BarPlot(
                        "Contributions",
                        Axis.of("contribution to the reward"),
                        SOURCES,
                        List.of(
                                new Estimate(0.8, 0.6, 1),
                                new Estimate(0.5, NAN, NAN),
                                new Estimate(-0.3, -0.9, 0.3),
                                new Estimate(0, 0, 0),
                                new Estimate(NAN, NAN, NAN))));
        figures.put("bars of nothing", new BarPlot("Nothing", Axis.of("contribution"), List.of(), List.of()));
        figures.put("radar", radar());
        figures.put(
                "radar with n",
                new Radar(
                        "Accuracy by source",
                        SOURCES.stream().map(source -> source + "\nn = 1000").toList(),
                        Axis.of("accuracy", 0.5, 0.8),
                        List.of(new Sample("MORE", new double[] {0.71, 0.64, 0.70, 0.67, 0.6}))));
        figures.put("reliability", reliability(1));
        figures.put("reliabilities", reliability(3));
        figures.put("cosines", cosines());
        figures.put("matrix", matrix());
        figures.put("dots", dots());
        figures.put(
                "differences",
                new DifferencePlot(
                        "The first 50 pairs", List.of(normal("MultiTask", 400, 2), normal("MORE", 400, 0.8)), 50));
    }

    private static void awkward(Map<String, Figure> figures) {
        Axis axis = Axis.of(AWKWARD);
        Sample nothing = new Sample(AWKWARD, new double[] {NAN, Double.POSITIVE_INFINITY});
        Sample one = new Sample(AWKWARD, new double[] {2.5});
        figures.put("no-lines", new LinePlot(AWKWARD, axis, axis, List.of()));
        figures.put(
                "gaps",
                new LinePlot(AWKWARD, axis, axis, List.of(Series.of(AWKWARD, new double[] {1, 2, 3, 4}, new double[] {
                    1, NAN, 2, 3
                }))));
        figures.put(
                "one-point",
                new LinePlot(AWKWARD, axis, axis, List.of(new Series("a", List.of(new Point(3, 0, -1, 1))))));
        figures.put("no-stack", new StackedArea(AWKWARD, axis, axis, List.of()));
        figures.put(
                "one-layer",
                new StackedArea(AWKWARD, axis, axis, List.of(Series.of(AWKWARD, new double[] {1}, new double[] {1}))));
        for (Sample sample : List.of(nothing, one)) {
            String name = sample == one ? "one" : "no";
            figures.put(name + "-histogram", new Histogram(AWKWARD, axis, List.of(sample)));
            figures.put(name + "-density", new DensityPlot(AWKWARD, axis, List.of(sample)));
            figures.put(name + "-box", new BoxPlot(AWKWARD, axis, List.of(sample)));
            figures.put(name + "-difference", new DifferencePlot(AWKWARD, List.of(sample), 50));
        }
        figures.put("no-radar", new Radar(AWKWARD, List.of(), axis, List.of()));
        figures.put(
                "nan-radar",
                new Radar(AWKWARD, List.of("a", AWKWARD, "c", AWKWARD), axis, List.of(new Sample(AWKWARD, new double[] {
                    NAN, 0.5, 0.7, NAN
                }))));
        figures.put("no-reliability", new ReliabilityDiagram(AWKWARD, List.of(new Curve(AWKWARD, List.of()))));
        figures.put(
                "one-reliability",
                new ReliabilityDiagram(
                        AWKWARD, List.of(new Curve(AWKWARD, List.of(new Bin(3, 0.7, new Estimate(0.2, 0.05, 0.6)))))));
        figures.put(
                "no-map",
                new HeatMap(AWKWARD, AWKWARD, List.of(), List.of(), new double[0][0], axis, HeatMap.Form.NUMBERS));
        figures.put(
                "nan-map",
                new HeatMap(
                        AWKWARD,
                        AWKWARD,
                        List.of(AWKWARD, "b"),
                        List.of(AWKWARD),
                        new double[][] {{NAN, 0.3}},
                        axis,
                        HeatMap.Form.DIVERGING));
        figures.put(
                "no-dots",
                new DotPlot(
                        AWKWARD,
                        axis,
                        List.of(AWKWARD),
                        List.of(new DotPlot.Group(AWKWARD, List.of(new Estimate(NAN, NAN, NAN))))));
        figures.put(
                "twenty-lines",
                new LinePlot(
                        "Twenty",
                        axis,
                        Axis.of("y", 0, 1),
                        IntStream.range(0, 20)
                                .mapToObj(i -> Series.of(
                                        "series number " + i, new double[] {0, 1e-7 * i}, new double[] {i / 20.0, 2e9}))
                                .toList()));
    }

    static LinePlot lines() {
        Random random = new Random(1);
        List<Series> series = new ArrayList<>();
        for (String source : SOURCES) {
            List<Point> points = new ArrayList<>();
            for (int step = 0; step <= 280; step += 28) {
                double y = 0.5 + 0.15 * (1 - Math.exp(-step / 60.0)) + random.nextGaussian() * 0.02;
                points.add(new Point(step, y, y - 0.03, y + 0.03));
            }
            series.add(new Series(source, points));
        }
        return new LinePlot("Validation accuracy", Axis.of("step"), Axis.of("accuracy (share of pairs)"), series);
    }

    static StackedArea stack() {
        Random random = new Random(2);
        int steps = 120;
        double[][] weights = new double[SOURCES.size()][steps];
        for (int i = 0; i < steps; i++) {
            double sum = 0;
            for (double[] row : weights) {
                row[i] = Math.abs(random.nextGaussian());
                sum += row[i];
            }
            for (double[] row : weights) {
                row[i] /= sum;
            }
        }
        double[] at = IntStream.range(0, steps).mapToDouble(i -> i * 10).toArray();
        List<Series> series = IntStream.range(0, SOURCES.size())
                .mapToObj(s -> Series.of(SOURCES.get(s), at, weights[s]))
                .toList();
        return new StackedArea("Weights of the sources", Axis.of("step"), Axis.of("weight lambda", 0, 1), series);
    }

    static Sample normal(String name, int n, double deviation) {
        Random random = new Random(n + (long) (10 * deviation));
        return new Sample(
                name,
                random.doubles(n)
                        .map(u -> 0.5 * deviation + deviation * random.nextGaussian())
                        .toArray());
    }

    static Radar radar() {
        return new Radar(
                "Accuracy by source",
                SOURCES,
                Axis.of("accuracy", 0.5, 0.8),
                List.of(
                        new Sample("MultiTask", new double[] {0.7, 0.61, 0.72, 0.66, 0.58}),
                        new Sample("MORE", new double[] {0.71, 0.64, 0.70, 0.67, 0.6})));
    }

    static ReliabilityDiagram reliability(int curves) {
        Random random = new Random(curves);
        return new ReliabilityDiagram(
                "helper",
                IntStream.range(0, curves)
                        .mapToObj(c -> new Curve(
                                "model " + c,
                                IntStream.range(0, 5)
                                        .mapToObj(b -> {
                                            double y = 0.5 + 0.08 * b + random.nextGaussian() * 0.02;
                                            double half = 0.02 * (b + 1);
                                            return new Bin(
                                                    200 - 40 * b, 0.55 + 0.1 * b, new Estimate(y, y - half, y + half));
                                        })
                                        .toList()))
                        .toList());
    }

    static HeatMap cosines() {
        Random random = new Random(3);
        List<String> pairs = List.of("helper – guard", "helper – terse", "guard – terse", "courtly – scholar");
        double[][] values = new double[pairs.size()][60];
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < 60; c++) {
                values[r][c] = Math.tanh(0.4 * (r - 1.5) + 0.2 * random.nextGaussian());
            }
        }
        values[2][10] = NAN;
        List<String> steps =
                IntStream.range(0, 60).mapToObj(i -> Integer.toString(i * 25)).toList();
        return new HeatMap(
                "Cosines of the sources' gradients",
                "step",
                steps,
                pairs,
                values,
                Axis.of("cosine", -1, 1),
                HeatMap.Form.DIVERGING);
    }

    static HeatMap matrix() {
        Random random = new Random(4);
        double[][] values = new double[5][5];
        for (double[] row : values) {
            for (int c = 0; c < 5; c++) {
                row[c] = 0.5 + 0.3 * random.nextDouble();
            }
        }
        return new HeatMap(
                "Trained on row, tested on column",
                "tested on",
                SOURCES,
                SOURCES,
                values,
                Axis.of("accuracy"),
                HeatMap.Form.NUMBERS);
    }

    static DotPlot dots() {
        List<DotPlot.Group> groups = new ArrayList<>();
        Random random = new Random(5);
        for (String model : List.of("MultiTask", "MORE")) {
            groups.add(new DotPlot.Group(
                    model,
                    SOURCES.stream()
                            .map(s -> {
                                double at = 0.6 + 0.05 * random.nextGaussian();
                                return new Estimate(at, at - 0.04, at + 0.05);
                            })
                            .toList()));
        }
        return new DotPlot("Accuracy by source", Axis.of("accuracy (95 % interval)"), SOURCES, groups);
    }
}
