package dev.assay.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.math.Estimate;
import dev.assay.report.figure.ReliabilityDiagram.Bin;
import dev.assay.report.figure.ReliabilityDiagram.Curve;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Every value is read back off the picture's own axis labels, as a person would with a ruler. */
class PlacesTest {
    /** Coordinates have two digits, labels are some hundred pixels apart. */
    private static final double RULER = 2e-3;

    private static double[] xs(Picture picture, List<Element> dots) {
        return dots.stream()
                .mapToDouble(dot -> picture.read("x-axis", Picture.number(dot, "cx")))
                .toArray();
    }

    private static double[] ys(Picture picture, List<Element> dots) {
        return dots.stream()
                .mapToDouble(dot -> picture.read("y-axis", Picture.number(dot, "cy")))
                .toArray();
    }

    private static void same(double[] found, double[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    @Test
    void points_of_a_line_stand_where_their_values_say() {
        double[] x = {0, 30, 70, 100};
        double[] y = {-0.4, 0.25, 0.1, 0.9};
        Picture picture = Picture.of(new LinePlot("t", Axis.of("x"), Axis.of("y"), List.of(Series.of("s", x, y))));
        List<Element> dots = picture.elements("data", "circle");
        same(xs(picture, dots), x, 100 * RULER);
        same(ys(picture, dots), y, RULER);
        assertThat(picture.elements("data", "polyline")).hasSize(1);
    }

    @Test
    void a_gap_in_the_data_is_a_gap_in_the_line() {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {1, 2, Double.NaN, 2, 1};
        Picture picture = Picture.of(new LinePlot("t", Axis.of("x"), Axis.of("y"), List.of(Series.of("s", x, y))));
        assertThat(picture.elements("data", "polyline")).hasSize(2);
        assertThat(picture.elements("data", "circle")).hasSize(4);
    }

    @Test
    void layers_of_a_stack_add_up() {
        double[] x = {0, 10};
        List<Series> parts =
                List.of(Series.of("a", x, new double[] {0.2, 0.5}), Series.of("b", x, new double[] {0.3, 0.5}));
        Picture picture = Picture.of(new StackedArea("t", Axis.of("x"), Axis.of("y", 0, 1), parts));
        List<Element> layers = picture.elements("data", "polygon");
        same(heights(picture, layers.get(0)), new double[] {0.2, 0.5, 0, 0}, RULER);
        same(heights(picture, layers.get(1)), new double[] {0.5, 1, 0.5, 0.2}, RULER);
    }

    private static double[] heights(Picture picture, Element polygon) {
        return Arrays.stream(polygon.getAttribute("points").split(" "))
                .mapToDouble(point -> picture.read("y-axis", Double.parseDouble(point.split(",")[1])))
                .toArray();
    }

    @Test
    void bars_of_a_histogram_hold_the_shares_counted_one_by_one() {
        double[] values = Gallery.normal("n", 300, 1).values();
        Picture picture = Picture.of(new Histogram("t", Axis.of("d"), List.of(new Sample("s", values))));
        double total = 0;
        for (Element bar : picture.elements("data", "rect")) {
            double left = picture.read("x-axis", Picture.number(bar, "x") - 0.5);
            double right = picture.read("x-axis", Picture.number(bar, "x") + Picture.number(bar, "width") + 0.5);
            double share = picture.read("y-axis", Picture.number(bar, "y"));
            long inside =
                    Arrays.stream(values).filter(v -> v >= left && v < right).count();
            // A value beside an edge may fall on the other side of the ruler's.
            assertThat(share).isCloseTo(inside / 300.0, within(1.01 / 300));
            assertThat(left * right).as("zero is inside no bar").isGreaterThan(-0.01);
            total += share;
        }
        assertThat(total).isCloseTo(1, within(0.01));
    }

    @Test
    void the_area_below_a_density_is_one_and_its_mean_that_of_the_values() {
        double[] values = Gallery.normal("n", 300, 1).values();
        Picture picture = Picture.of(new DensityPlot("t", Axis.of("d"), List.of(new Sample("s", values))));
        double[][] curve = Arrays.stream(picture.elements("data", "polyline")
                        .getFirst()
                        .getAttribute("points")
                        .split(" "))
                .map(point -> Arrays.stream(point.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .map(at -> new double[] {picture.read("x-axis", at[0]), picture.read("y-axis", at[1])})
                .toArray(double[][]::new);
        double area = 0;
        double moment = 0;
        for (int i = 1; i < curve.length; i++) {
            double slice = (curve[i][0] - curve[i - 1][0]) * (curve[i][1] + curve[i - 1][1]) / 2;
            area += slice;
            moment += slice * (curve[i][0] + curve[i - 1][0]) / 2;
        }
        assertThat(area).isCloseTo(1, within(0.01));
        assertThat(moment).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.02));
    }

    @Test
    void boxes_are_solid_above_zero_and_hollow_below_and_end_at_the_quartiles() {
        double[] values = {1, 2, 3, 4, 5, 20, -1, -2, -3, -4, -5, 0};
        Picture picture = Picture.of(new BoxPlot("t", Axis.of("d"), List.of(new Sample("m", values))));
        List<Element> boxes = picture.elements("data", "rect");
        assertThat(boxes).hasSize(2);
        double[] edges = boxes.stream()
                .flatMapToDouble(box -> DoubleStream.of(
                        Picture.number(box, "x"), Picture.number(box, "x") + Picture.number(box, "width")))
                .map(x -> picture.read("x-axis", x))
                .toArray();
        same(edges, new double[] {-3.75, -1.25, 2.25, 4.75}, 0.02);
        assertThat(boxes.get(0).getAttribute("fill")).isEqualTo(Ink.PAPER.light());
        assertThat(boxes.get(1).getAttribute("fill")).isEqualTo(Ink.BLUE.light());
        same(xs(picture, picture.elements("data", "circle")), new double[] {20}, 0.05);
        assertThat(picture.elements("y-axis", "text").getFirst().getTextContent())
                .isEqualTo("m (6 / 6)");
    }

    @Test
    void bins_of_a_reliability_diagram_stand_at_confidence_and_accuracy() {
        List<Bin> bins = List.of(
                new Bin(100, 0.55, new Estimate(0.6, 0.5, 0.7)), new Bin(20, 0.93, new Estimate(0.8, 0.65, 0.9)));
        Picture picture = Picture.of(new ReliabilityDiagram("t", List.of(new Curve("m", bins))));
        List<Element> dots = picture.elements("data", "circle");
        same(xs(picture, dots), new double[] {0.55, 0.93}, RULER);
        same(ys(picture, dots), new double[] {0.6, 0.8}, RULER);
        same(
                heights(picture, picture.elements("data", "polygon").getFirst()),
                new double[] {0.7, 0.9, 0.65, 0.5},
                RULER);
        double[] counts = picture.elements("counts", "rect").stream()
                .mapToDouble(bar -> Picture.number(bar, "height"))
                .toArray();
        assertThat(counts[0] / counts[1]).isCloseTo(5, within(0.05));
    }

    @Test
    void bars_across_the_diagonal_are_the_ranges_of_consistency() {
        List<Bin> bins = List.of(
                new Bin(100, 0.55, new Estimate(0.6, 0.5, 0.7), new Estimate(0.55, 0.45, 0.64)),
                new Bin(20, 0.9, new Estimate(0.8, 0.65, 0.9)));
        Picture picture = Picture.of(new ReliabilityDiagram("t", List.of(new Curve("m", bins))));
        List<Element> bars = picture.elements("data", "rect");
        assertThat(bars).hasSize(1);
        double top = Picture.number(bars.getFirst(), "y");
        assertThat(picture.read("y-axis", top)).isCloseTo(0.64, within(RULER));
        assertThat(picture.read("y-axis", top + Picture.number(bars.getFirst(), "height")))
                .isCloseTo(0.45, within(RULER));
        assertThat(picture.read("x-axis", Picture.number(bars.getFirst(), "x") + 1))
                .isCloseTo(0.55, within(RULER));
    }

    @Test
    void a_bin_of_few_pairs_is_hollow_and_has_the_wider_of_its_intervals() {
        Estimate wilson = new Estimate(1, 0.701, 1);
        Estimate bootstrap = new Estimate(1, 1, 1);
        assertThat(Bin.wider(wilson, bootstrap)).isEqualTo(wilson);
        assertThat(Bin.wider(bootstrap, wilson)).isEqualTo(wilson);
        Estimate unknown = new Estimate(1, Double.NaN, Double.NaN);
        assertThat(Bin.wider(wilson, unknown)).isEqualTo(wilson);
        assertThat(Bin.wider(unknown, wilson)).isEqualTo(wilson);
        List<Bin> bins =
                List.of(new Bin(10, 0.6, new Estimate(0.6, 0.3, 0.8)), new Bin(9, 0.8, Bin.wider(wilson, bootstrap)));
        Picture picture = Picture.of(new ReliabilityDiagram("t", List.of(new Curve("m", bins))));
        List<Element> dots = picture.elements("data", "circle");
        assertThat(dots.get(0).getAttribute("fill")).isEqualTo("#0072b2");
        assertThat(dots.get(1).getAttribute("fill")).isEqualTo("#ffffff");
        assertThat(heights(picture, picture.elements("data", "polygon").getFirst())[2])
                .isCloseTo(0.701, within(RULER));
    }

    @Test
    void the_spokes_of_a_radar_reach_from_low_to_high() {
        double[] values = {0.8, 0.5, 0.65, 0.7};
        Picture picture = Picture.of(new Radar(
                "t", List.of("up", "right", "down", "left"), Axis.of("a", 0.5, 0.8), List.of(new Sample("m", values))));
        List<Element> dots = picture.elements("data", "circle");
        double centreX = Picture.number(dots.get(1), "cx");
        double centreY = Picture.number(dots.get(1), "cy");
        double radius = centreY - Picture.number(dots.get(0), "cy");
        assertThat((Picture.number(dots.get(2), "cy") - centreY) / radius).isCloseTo(0.5, within(RULER));
        assertThat((centreX - Picture.number(dots.get(3), "cx")) / radius).isCloseTo(2.0 / 3, within(RULER));
    }

    @Test
    void cells_of_a_heat_map_are_as_thick_as_their_values_and_of_the_colour_of_their_sign() {
        double[][] values = {{-1, 0.5}, {0.25, Double.NaN}};
        Picture picture = Picture.of(new HeatMap(
                "t", "", List.of("a", "b"), List.of("c", "d"), values, Axis.of("cosine"), HeatMap.Form.DIVERGING));
        List<Element> cells = picture.elements("data", "rect");
        assertThat(cells).hasSize(3);
        assertThat(cells.stream().map(cell -> cell.getAttribute("fill")).toList())
                .containsExactly(Ink.VERMILION.light(), Ink.BLUE.light(), Ink.BLUE.light());
        double[] depths = cells.stream()
                .mapToDouble(cell -> Picture.number(cell, "fill-opacity"))
                .toArray();
        same(depths, new double[] {0.9, 0.45, 0.225}, 0.006);
        assertThat(Picture.number(cells.get(1), "x")).isGreaterThan(Picture.number(cells.get(0), "x"));
        assertThat(Picture.number(cells.get(2), "y")).isGreaterThan(Picture.number(cells.get(0), "y"));
    }

    @Test
    void numbers_of_a_matrix_stand_in_their_cells() {
        Picture picture = Picture.of(new HeatMap(
                "t",
                "",
                List.of("a", "b"),
                List.of("c"),
                new double[][] {{0.7312, 0.5}},
                Axis.of("accuracy"),
                HeatMap.Form.NUMBERS));
        assertThat(picture.elements("data", "text").stream()
                        .map(Element::getTextContent)
                        .toList())
                .containsExactly("0.731", "0.500");
    }

    @Test
    void estimates_stand_at_their_value_with_their_interval() {
        List<Estimate> estimates = List.of(new Estimate(0.6, 0.55, 0.7), new Estimate(0.7, 0.6, 0.75));
        Picture picture = Picture.of(
                new DotPlot("t", Axis.of("accuracy"), List.of("a", "b"), List.of(new DotPlot.Group("m", estimates))));
        same(xs(picture, picture.elements("data", "circle")), new double[] {0.6, 0.7}, RULER);
        double[] ends = picture.elements("data", "line").stream()
                .flatMapToDouble(line -> DoubleStream.of(Picture.number(line, "x1"), Picture.number(line, "x2")))
                .map(x -> picture.read("x-axis", x))
                .toArray();
        same(ends, new double[] {0.55, 0.7, 0.6, 0.75}, RULER);
    }

    @Test
    void bars_of_differences_point_up_where_right_and_down_where_wrong() {
        double[] values = {2, -1, 0.5};
        Picture picture = Picture.of(new DifferencePlot("t", List.of(new Sample("m", values)), 50));
        double middle = Picture.number(picture.elements("data", "line").getFirst(), "y1");
        List<Element> bars = picture.elements("data", "rect");
        double tallest = Picture.number(bars.getFirst(), "height");
        IntStream.range(0, 3).forEach(i -> {
            double top = Picture.number(bars.get(i), "y");
            double height = Picture.number(bars.get(i), "height");
            assertThat(height / tallest).isCloseTo(Math.abs(values[i]) / 2, within(0.01));
            assertThat(values[i] > 0 ? top + height : top).isCloseTo(middle, within(0.02));
        });
    }

    @Test
    void the_first_pairs_say_of_how_many_they_are_and_in_which_unit() {
        Sample sample = Gallery.normal("m", 80, 1);
        assertThat(new DifferencePlot("t", List.of(sample), 50).svg())
                .contains("pair (first 50 of n = 80)")
                .contains("reward difference d, chosen minus rejected (nats); tallest bar");
        assertThat(new DifferencePlot("t", List.of(sample), 100).svg()).contains("pair (all n = 80)");
    }

    @Test
    void bars_of_several_lines_stand_beside_each_other_over_whole_numbers() {
        List<Series.Point> points = List.of(new Series.Point(2, 0.1, 0, 0.3), new Series.Point(3, 0.2, 0, 0.3));
        List<Series> lines =
                Stream.of("a", "b", "c").map(name -> new Series(name, points)).toList();
        Picture picture =
                Picture.of(new LinePlot("t", Axis.whole("K"), Axis.of("ECE"), lines, LinePlot.Uncertainty.BARS));
        double[] bars = picture.elements("data", "line").stream()
                .mapToDouble(bar -> Picture.number(bar, "x1"))
                .sorted()
                .toArray();
        assertThat(bars).hasSize(6).doesNotHaveDuplicates();
        assertThat(bars[2] - bars[0]).isLessThan((bars[3] - bars[0]) / 2);
        assertThat(picture.elements("x-axis", "text"))
                .extracting(Element::getTextContent)
                .containsExactly("2", "3");
        assertThat(labels(Axis.whole("K").tight(new Extent(2, 3), 8))).containsExactly("2", "3");
        assertThat(labels(Axis.whole("K").tight(new Extent(4, 4), 8))).containsExactly("4");
    }

    @Test
    void one_peak_that_towers_over_the_other_densities_is_cut_off_and_said_to_be() {
        Sample raw = Gallery.normal("Raw", 400, 0.01);
        Sample more = Gallery.normal("MORE", 400, 1);
        Sample multitask = Gallery.normal("MultiTask", 400, 2);
        String cut = new DensityPlot("t", Axis.of("d"), List.of(raw, more, multitask)).svg();
        assertThat(cut).contains("density; cut off: Raw rises to").doesNotContain("MORE rises");
        Picture picture = Picture.of(new DensityPlot("t", Axis.of("d"), List.of(raw, more, multitask)));
        double lowest = heights(picture, picture.elements("data", "polygon").get(1))[0];
        double highest = DoubleStream.of(
                        heights(picture, picture.elements("data", "polygon").get(1)))
                .max()
                .orElseThrow();
        double axis = picture.read("y-axis", 0);
        assertThat(highest - lowest).isGreaterThan(0.3);
        assertThat(axis).isLessThan(3 * highest);
        assertThat(new DensityPlot("t", Axis.of("d"), List.of(more, multitask)).svg())
                .doesNotContain("cut off");
    }

    @Test
    void ticks_are_round_numbers_with_as_many_digits_as_they_need() {
        assertThat(labels(Ticks.around(0.13, 0.87, 6))).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Ticks.inside(-3, 1230, 5))).containsExactly("0", "500", "1000");
        assertThat(labels(Ticks.around(-2e-5, 4e-5, 4))).containsExactly("−2e−5", "0", "2e−5", "4e−5");
        assertThat(labels(Ticks.inside(1.5e7, 2e7, 3))).containsExactly("1.6e7", "1.8e7", "2e7");
        for (double size : new double[] {1e-12, 1e-3, 1, 7, 1e5, 1e12}) {
            for (int most = 2; most < 12; most++) {
                assertThat(Ticks.inside(size, 3.7 * size, most).marks().size()).isBetween(1, most);
            }
        }
    }

    private static List<String> labels(Ticks ticks) {
        return ticks.marks().stream().map(Guide.Mark::label).toList();
    }
}
