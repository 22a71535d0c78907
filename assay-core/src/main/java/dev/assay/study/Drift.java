package dev.assay.study;

import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.drift.Outliers;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.BoxPlot;
import dev.assay.report.figure.DensityPlot;
import dev.assay.report.figure.Figure;
import dev.assay.report.figure.Histogram;
import dev.assay.report.figure.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the rewards of each model are beside what its accuracy supports (arXiv 2312.07401, version 1 Figures 1, 3b
 * and 4, version 2 Figures 3 to 5 and 7 and Tables 1, 5 and 6).
 */
public final class Drift {
    /** The study's name on the command line. */
    public static final String NAME = "drift";

    private static final String DIFFERENCE = "reward difference d, chosen minus rejected (nats)";

    private Drift() {}

    /** Tables, JSON and the pictures of a study's scores. */
    public static StudyResult of(StudyScores scores) {
        Measured measured = new Measured(scores);
        List<Measure> sizes = measured.known(
                Measure.REWARD_MEAN,
                Measure.REWARD_VARIANCE,
                Measure.DIFFERENCE_MEAN,
                Measure.DIFFERENCE_VARIANCE,
                Measure.ABSOLUTE_DIFFERENCE,
                Measure.OVERCONFIDENCE);
        List<Measure> outliers = measured.known(
                Measure.POSITIVE_COUNT,
                Measure.POSITIVE_SHARE,
                Measure.POSITIVE_MEAN,
                Measure.NEGATIVE_COUNT,
                Measure.NEGATIVE_SHARE,
                Measure.NEGATIVE_MEAN);
        List<Measure> all = new ArrayList<>(sizes);
        all.addAll(outliers);
        List<Differences> differences = Differences.among(
                measured,
                List.of(
                        Measure.REWARD_VARIANCE,
                        Measure.ABSOLUTE_DIFFERENCE,
                        Measure.OVERCONFIDENCE,
                        Measure.POSITIVE_COUNT,
                        Measure.POSITIVE_SHARE,
                        Measure.NEGATIVE_COUNT,
                        Measure.NEGATIVE_SHARE));
        List<StudyTable> tables = new ArrayList<>();
        tables.add(measured.table("Rewards and their differences d over all sources", sizes));
        tables.add(measured.table(
                "Outliers: right pairs above, wrong pairs below the whiskers of their own box (1.5 interquartile ranges)",
                outliers));
        DriftBySource bySource = new DriftBySource(measured);
        tables.add(bySource.table());
        tables.addAll(Differences.tables(measured, differences));
        Map<String, Object> json = StudyJson.of(NAME, measured, all, differences);
        json.put("bySource", bySource.json());
        List<String> about = about(measured);
        about.addAll(Differences.words(differences));
        return new StudyResult(
                NAME, about, tables, json, pictures(measured), Map.of(), StudyCommandLine.of(NAME, measured.plan()));
    }

    private static List<String> about(Measured measured) {
        List<String> lines =
                new ArrayList<>(About.lines(measured, "How far each model pulls the two responses of a pair apart."));
        lines.add(
                "Overconfidence is mean confidence sigmoid(|d|) minus accuracy: above 0 the differences are larger than"
                        + " the accuracy supports.");
        if (!measured.overSeeds()) {
            lines.add(Outliers.NOTE);
        }
        lines.add("Bradley and Terry's model fixes rewards up to a constant for each prompt: mean rewards of different"
                + " models are not to be compared, differences d can be.");
        return lines;
    }

    private static Map<String, StudyPicture> pictures(Measured measured) {
        List<Model> singles = measured.plan().singles();
        List<Model> others = measured.plan().notSingles();
        List<String> sources = measured.testSources();
        Axis axis = Axis.of(DIFFERENCE + measured.ofSeedsWords());
        Map<String, StudyPicture> pictures = new LinkedHashMap<>();
        if (!others.isEmpty()) {
            List<Sample> samples = samples(measured, others, sources);
            String title = "Reward differences of " + measured.plan().notSinglesWords();
            pictures.put("histogram", picture(measured, new Histogram(title, axis, samples), title));
            pictures.put("density", picture(measured, new DensityPlot(title, axis, samples), title));
        }
        if (!singles.isEmpty()) {
            List<Sample> samples = samples(measured, singles, sources);
            String title = "Reward differences of the models of one source";
            pictures.put("histogram-singles", picture(measured, new Histogram(title, axis, samples), title));
            pictures.put("density-singles", picture(measured, new DensityPlot(title, axis, samples), title));
        }
        pictures.put("box", box(measured, "Reward differences on all test sources", axis, sources));
        for (String source : sources) {
            pictures.put(
                    "box-" + Model.slug(source),
                    box(measured, "Reward differences on " + source, axis, List.of(source)));
        }
        return pictures;
    }

    private static StudyPicture box(Measured measured, String title, Axis axis, List<String> sources) {
        List<Sample> samples = samples(measured, measured.plan().models(), sources);
        return picture(
                measured,
                new BoxPlot(title, axis, samples),
                title
                        + ": right pairs in solid boxes, wrong ones in hollow boxes, dots beyond 1.5 interquartile ranges");
    }

    private static StudyPicture picture(Measured measured, Figure figure, String caption) {
        return new StudyPicture(
                figure,
                caption + ", the pairs of "
                        + (measured.overSeeds()
                                ? "all " + measured.plan().seeds().size() + " seeds together."
                                : "seed " + measured.plan().seeds().getFirst() + "."));
    }

    /** The differences of each model on some test sources, the pairs of all seeds together. */
    private static List<Sample> samples(Measured measured, List<Model> models, List<String> sources) {
        StudyColours colours = new StudyColours(measured);
        return models.stream()
                .map(model -> new Sample(
                        model.name(),
                        measured.plan().seeds().stream()
                                .flatMap(seed -> measured.scores().of(model, seed).stream())
                                .filter(scores -> sources.contains(scores.source()))
                                .map(PairScores::differences)
                                .flatMapToDouble(Arrays::stream)
                                .toArray(),
                        colours.of(model)))
                .toList();
    }
}
