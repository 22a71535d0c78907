package dev.assay.study;

import dev.assay.math.Estimate;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.LinePlot;
import dev.assay.report.figure.Series;
import dev.assay.report.page.Colours;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A line for each scheme over the number of sources K (arXiv 2312.07401, version 2 Figure 6). */
final class GrowthPictures {
    private GrowthPictures() {}

    /** Recalibrated rows have a line of calibration error; their accuracy is that of the plain ones. */
    static Map<String, StudyPicture> of(Measured measured) {
        List<Model> models = measured.plan().models();
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        String ece = "ECE, mean over all test sources";
        pictures.put("ece", lines("Calibration error", ece, measured, models, Measure.ECE, Points::plain));
        String accuracy = "accuracy (%), mean over all test sources";
        List<Model> plain = models.stream().filter(Model::isPlain).toList();
        pictures.put("accuracy", lines("Accuracy", accuracy, measured, plain, Measure.AVERAGE, Points::percent));
        return pictures;
    }

    private static StudyPicture lines(
            String title,
            String label,
            Measured measured,
            List<Model> models,
            Measure measure,
            BiFunction<Double, Estimate, Series.Point> point) {
        Map<String, List<Series.Point>> points = new LinkedHashMap<>();
        for (Model model : models) {
            List<Series.Point> own = points.computeIfAbsent(line(model), any -> new ArrayList<>());
            own.add(point.apply(own.size() + 2.0, measured.estimate(model, measure)));
        }
        Colours colours = Colours.ofSchemes();
        LinePlot plot = new LinePlot(
                title + " as sources are added",
                Axis.whole("K, sources learnt from (" + measured.sample() + ")"),
                Axis.of(label),
                points.entrySet().stream()
                        .map(entry -> new Series(entry.getKey(), entry.getValue(), colours.of(entry.getKey())))
                        .toList(),
                LinePlot.Uncertainty.BARS);
        return new StudyPicture(plot, title + " as sources are added, " + measured.sample() + "; " + Points.BARS);
    }

    private static String line(Model model) {
        String scheme = model.scheme().title();
        return model.recalibration()
                .map(kind -> scheme + ", " + Model.named(kind))
                .orElse(scheme);
    }
}
