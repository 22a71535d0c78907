package dev.assay.study;

import dev.assay.evaluation.calibration.CrossFit;
import dev.assay.evaluation.calibration.Isotonic;
import dev.assay.evaluation.calibration.Platt;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.evaluation.calibration.RecalibrationFit;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.evaluation.calibration.Temperature;
import dev.assay.math.StudentInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The recalibrations of a study: how they were fitted, and the numbers of their maps. */
final class FittedMaps {
    private FittedMaps() {}

    private static List<Model> rows(Measured measured) {
        return measured.plan().models().stream()
                .filter(model -> !model.isPlain())
                .toList();
    }

    private static Optional<RecalibrationKind> kind(Measured measured) {
        return rows(measured).stream()
                .flatMap(model -> model.recalibration().stream())
                .findFirst();
    }

    /** What a map is given by; an isotonic one by too much for a table. */
    private static Map<String, Double> numbers(Recalibration map) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        switch (map) {
            case Temperature(double temperature) -> numbers.put("T", temperature);
            case Platt(double slope, double offset) -> {
                numbers.put("slope A", slope);
                numbers.put("offset B", offset);
            }
            case Isotonic isotonic ->
                numbers.put("knots", (double) isotonic.gaps().size());
        }
        return numbers;
    }

    /** A number of a row's maps with each seed: the mean of its two halves. */
    private static double[] means(List<CrossFit> fits, String number) {
        return fits.stream()
                .mapToDouble(fit -> (of(fit.ofFirst(), number) + of(fit.ofSecond(), number)) / 2)
                .toArray();
    }

    private static double of(RecalibrationFit fit, String number) {
        return numbers(fit.map()).getOrDefault(number, Double.NaN);
    }

    /** How the rows were recalibrated, and what differences from the recalibrated baseline say; nothing where none was. */
    static List<String> words(Measured measured, Optional<String> baseline) {
        return kind(measured).map(kind -> words(measured, kind, baseline)).orElse(List.of());
    }

    private static List<String> words(Measured measured, RecalibrationKind kind, Optional<String> baseline) {
        String name = Model.named(kind);
        List<String> lines = new ArrayList<>();
        lines.add("Rows \", " + name + "\" have the same trainings with their differences d read through a map fitted"
                + " afterwards (" + formula(kind)
                + "), one for all sources. It is cross-fitted on the test pairs: they are halved, pairs of one prompt"
                + " together, and the map of each half reads the other, so that no pair is judged by a map that has seen"
                + " it. All models of a seed have the same halves; accuracy stays."
                + (measured.overSeeds() ? "" : " Intervals take the maps as they are fitted."));
        baseline.ifPresent(plain -> lines.add("What a scheme gains over \"" + plain + ", " + name
                + "\" it gains beyond what such a map fitted afterwards gives; what it owes to the size of its"
                + " rewards alone shows over the plain baseline only."));
        named(measured, RecalibrationFit::isAtEnd)
                .ifPresent(names ->
                        lines.add("Mind the map of " + names + ": it lies at the end of its range, since on the"
                                + " pairs it was fitted on the model is right on all, or no better than a coin, so that they do not"
                                + " tell how bold it may be."));
        named(measured, fit -> fit.pairs() < RecalibrationFit.LEAST_PAIRS)
                .ifPresent(names -> lines.add("Mind the map of " + names + ": it was fitted on fewer than "
                        + RecalibrationFit.LEAST_PAIRS + " pairs with two different rewards."));
        return lines;
    }

    /** The rows of which a map, of some seed and half, is such a one. */
    private static Optional<String> named(Measured measured, Predicate<RecalibrationFit> which) {
        List<String> names = rows(measured).stream()
                .filter(row -> measured.scores().fits(row).stream()
                        .flatMap(fit -> fit.fits().stream())
                        .anyMatch(which))
                .map(Model::name)
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private static String formula(RecalibrationKind kind) {
        return switch (kind) {
            case TEMPERATURE -> "d / T; T > 1: the model is too bold";
            case PLATT -> "A |d| + B on the side of d";
            case ISOTONIC -> "any that never falls";
        };
    }

    /** The numbers of every row's maps. */
    static List<StudyTable> tables(Measured measured) {
        List<List<String>> cells = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("model"));
        for (Model row : rows(measured)) {
            List<CrossFit> fits = measured.scores().fits(row);
            List<String> names =
                    List.copyOf(numbers(fits.getFirst().ofFirst().map()).keySet());
            List<String> line = new ArrayList<>(List.of(row.name()));
            names.forEach(name -> line.add(text(measured, fits, name)));
            if (cells.isEmpty()) {
                headings.addAll(names);
            }
            cells.add(line);
        }
        return cells.isEmpty()
                ? List.of()
                : List.of(new StudyTable(
                        measured.overSeeds()
                                ? "Fitted maps, with each seed the mean of both halves"
                                : "Fitted maps, the mean of both halves (and each)",
                        headings,
                        cells));
    }

    private static String text(Measured measured, List<CrossFit> fits, String number) {
        double[] seeds = means(fits, number);
        if (measured.overSeeds()) {
            return Measure.Unit.PLAIN.text(StudentInterval.of(seeds, Measured.LEVEL), true);
        }
        CrossFit only = fits.getFirst();
        return String.format(
                Locale.ROOT, "%.3f (%.3f, %.3f)", seeds[0], of(only.ofFirst(), number), of(only.ofSecond(), number));
    }

    /** Kind and numbers of a recalibrated row's maps. */
    static Map<String, Object> json(Measured measured, Model row) {
        Map<String, Object> json = new LinkedHashMap<>();
        row.recalibration().ifPresent(kind -> json.put("kind", kind.name().toLowerCase(Locale.ROOT)));
        List<CrossFit> fits = measured.scores().fits(row);
        for (String number : numbers(fits.getFirst().ofFirst().map()).keySet()) {
            double[] seeds = means(fits, number);
            Map<String, @Nullable Object> value = StudyJson.estimate(StudentInterval.of(seeds, Measured.LEVEL));
            value.put("perSeed", StudyJson.list(seeds));
            value.put(
                    "halves",
                    fits.stream()
                            .map(fit -> List.of(of(fit.ofFirst(), number), of(fit.ofSecond(), number)))
                            .toList());
            json.put(number, value);
        }
        return json;
    }
}
