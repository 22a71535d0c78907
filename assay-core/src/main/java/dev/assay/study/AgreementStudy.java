package dev.assay.study;

import dev.assay.evaluation.agreement.Part;
import dev.assay.evaluation.agreement.PartScores;
import dev.assay.math.Estimate;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.DensityPlot;
import dev.assay.report.figure.DifferencePlot;
import dev.assay.report.figure.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the sources' own models agree and where they do not, and what every model makes of both parts (arXiv 2312.07401,
 * Definition 1; version 1 Figure 3).
 */
public final class AgreementStudy {
    /** The study's name on the command line. */
    public static final String NAME = "agreement";

    /** Pairs of the picture of single pairs, as in the paper. */
    private static final int FIRST = 50;

    private static final Map<String, Function<PartScores, Estimate>> NUMBERS = numbers();

    private AgreementStudy() {}

    private static Map<String, Function<PartScores, Estimate>> numbers() {
        Map<String, Function<PartScores, Estimate>> numbers = new LinkedHashMap<>();
        numbers.put("accuracy", PartScores::accuracy);
        numbers.put("mean d", PartScores::differenceMean);
        numbers.put("mean |d|", PartScores::absoluteDifference);
        return numbers;
    }

    /** Table, JSON, pictures and the pairs to read, of a study's scores. */
    public static StudyResult of(StudyScores scores) {
        Measured measured = new Measured(scores);
        AgreedParts parts = new AgreedParts(measured);
        List<Differences> differences = new AgreedDifferences(measured, parts).all();
        List<StudyTable> tables = new ArrayList<>(List.of(table(measured, parts)));
        tables.addAll(Differences.tables(measured, differences));
        List<String> about = new ArrayList<>(about(measured, parts));
        about.addAll(Differences.words(differences));
        Map<String, Object> json = json(measured, parts);
        json.put("differences", StudyJson.differences(differences));
        return new StudyResult(
                NAME,
                about,
                tables,
                json,
                pictures(measured, parts),
                Map.of(DisagreedPairs.FILE, DisagreedPairs.lines(measured, parts.first())),
                StudyCommandLine.of(NAME, measured.plan()));
    }

    private static List<String> about(Measured measured, AgreedParts parts) {
        List<String> lines = new ArrayList<>(About.lines(measured, "Where the sources' own models agree."));
        lines.add(String.format(
                Locale.ROOT,
                "Agreed: all %d models of one source favour the same response, be it the right one or not: %s %% of the"
                        + " pairs. %s lists the pairs of seed %d they differ about most, with texts.",
                parts.first().judges().size(),
                measured.text(Measure.Unit.PERCENT, parts.agreedShare()),
                DisagreedPairs.FILE,
                measured.plan().seeds().getFirst()));
        return lines;
    }

    private static StudyTable table(Measured measured, AgreedParts parts) {
        List<String> headings = new ArrayList<>(List.of("model"));
        NUMBERS.keySet().forEach(name -> headings.addAll(List.of(name + ", agreed", name + ", disagreed")));
        List<List<String>> rows = new ArrayList<>();
        for (Model model : measured.plan().models()) {
            List<String> row = new ArrayList<>(List.of(model.name()));
            NUMBERS.forEach((name, number) -> {
                Measure.Unit unit = name.equals("accuracy") ? Measure.Unit.PERCENT : Measure.Unit.PLAIN;
                for (Part part : Part.values()) {
                    row.add(measured.text(unit, parts.mean(model, part, number)));
                }
            });
            rows.add(row);
        }
        String title = "Accuracy in % and reward differences d (nats) on both parts, n = " + parts.n(Part.AGREED)
                + " agreed and " + parts.n(Part.DISAGREED) + " disagreed pairs"
                + (measured.overSeeds() ? " of all " + measured.plan().seeds().size() + " seeds" : "");
        return new StudyTable(title, headings, rows);
    }

    private static Map<String, Object> json(Measured measured, AgreedParts parts) {
        Map<String, Object> json = StudyJson.head(NAME, measured);
        json.put("judges", parts.first().judges());
        json.put("agreedShare", StudyJson.mean(parts.agreedShare()));
        Map<String, Object> sources = new LinkedHashMap<>();
        measured.testSources().forEach(source -> sources.put(source, StudyJson.mean(parts.agreedShare(source))));
        json.put("agreedShareBySource", sources);
        Map<String, Object> models = new LinkedHashMap<>();
        for (Model model : measured.plan().models()) {
            Map<String, Object> both = new LinkedHashMap<>();
            for (Part part : Part.values()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("n", parts.of(model, part).stream().map(PartScores::n).toList());
                one.put("accuracy", StudyJson.mean(parts.mean(model, part, PartScores::accuracy)));
                one.put("differenceMean", StudyJson.mean(parts.mean(model, part, PartScores::differenceMean)));
                one.put("absoluteDifference", StudyJson.mean(parts.mean(model, part, PartScores::absoluteDifference)));
                both.put(part.name().toLowerCase(Locale.ROOT), one);
            }
            models.put(model.name(), both);
        }
        json.put("models", models);
        return json;
    }

    private static Map<String, StudyPicture> pictures(Measured measured, AgreedParts parts) {
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            String title = "Reward differences on " + name + " pairs, seed "
                    + measured.plan().seeds().getFirst();
            List<Sample> samples = samples(measured, measured.plan().models(), parts, part);
            pictures.put(
                    "first-" + FIRST + "-" + name,
                    new StudyPicture(
                            new DifferencePlot(title, samples, FIRST),
                            title + ": "
                                    + (parts.first().n(part) > FIRST ? "the first " + FIRST + " of " : "all ")
                                    + parts.first().n(part) + ", a pair of each test source in turn."));
            if (!measured.plan().mixed().isEmpty()) {
                List<Sample> mixed = samples(measured, measured.plan().mixed(), parts, part);
                pictures.put(
                        "density-" + name,
                        new StudyPicture(
                                new DensityPlot(title, Axis.of("reward difference d (nats)"), mixed),
                                title + ", n = " + parts.first().n(part) + ", as densities of the mixed models."));
            }
        }
        return pictures;
    }

    private static List<Sample> samples(Measured measured, List<Model> models, AgreedParts parts, Part part) {
        StudyColours colours = new StudyColours(measured);
        return models.stream()
                .map(model -> new Sample(model.name(), parts.inTurn(model, part), colours.of(model)))
                .toList();
    }
}
