package dev.assay.report.page;

import dev.assay.evaluation.BinForm;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.DotPlot;
import dev.assay.report.figure.ReliabilityDiagram;
import dev.assay.report.figure.ReliabilityDiagram.Bin;
import dev.assay.report.figure.ReliabilityDiagram.Curve;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Accuracy and calibration by source: pictures, and tables with intervals. */
final class ResultSection {
    private ResultSection() {}

    static void write(Page page, List<RunFacts> runs) {
        List<Measured> measured = Measured.of(runs);
        if (measured.isEmpty()) {
            return;
        }
        page.heading("Accuracy and calibration");
        Set<String> names = new LinkedHashSet<>();
        measured.forEach(run -> run.evaluation().sources().forEach(row -> names.add(row.name())));
        List<String> sources = List.copyOf(names);
        String level = Words.level(
                measured.getFirst().evaluation().options().bootstrap().level());
        String whose = Words.whose(runs, measured.stream().map(Measured::name).toList());
        boolean samePairs = CommonGround.samePairs(
                runs.stream().filter(run -> run.evaluation().isPresent()).toList());
        dots(page, measured, sources, level, whose);
        new ResultTables(measured, samePairs, sources, level).write(page);
        reliability(page, measured, sources, whose);
    }

    private static void dots(Page page, List<Measured> runs, List<String> sources, String level, String whose) {
        List<DotPlot.Group> groups = runs.stream()
                .map(run -> new DotPlot.Group(
                        run.name(),
                        sources.stream()
                                .map(source -> run.estimate(source, "accuracy"))
                                .toList(),
                        page.models().of(run.name())))
                .toList();
        List<String> rows = sources.stream()
                .map(source -> source + " (n = " + Measured.n(runs, source) + ")")
                .toList();
        page.figure(
                List.of(new DotPlot(
                        "Accuracy by source" + whose, Axis.of("accuracy (" + level + " interval)"), rows, groups)),
                "Share of test pairs whose better response gets the larger reward, with " + level
                        + " Wilson intervals, n = " + Measured.n(runs) + " in all. A coin has 0.5.");
    }

    private static void reliability(Page page, List<Measured> runs, List<String> sources, String whose) {
        List<String> shown = new ArrayList<>(sources);
        if (runs.stream().allMatch(run -> run.row("Pooled").isPresent()) && sources.size() > 1) {
            shown.add("Pooled");
        }
        double lowest = ReliabilityDiagram.lowest(shown.stream()
                .flatMap(source -> curves(page, runs, source).stream())
                .toList());
        List<ReliabilityDiagram> diagrams = shown.stream()
                .map(source -> new ReliabilityDiagram(source + whose, curves(page, runs, source), lowest))
                .toList();
        page.figure(
                diagrams,
                "Reliability: accuracy against mean confidence of each bin (" + edges(runs) + "), with " + band(runs)
                        + " as a band. A hollow dot is a bin of fewer than " + ReliabilityDiagram.FEW
                        + " pairs. Below the dashed line a model is surer than it should be"
                        + (knows(runs, "consistency")
                                ? "; thin bars across it are the consistency range, in which a perfectly calibrated"
                                        + " model with these confidences would come out"
                                : "")
                        + ". Bars at the bottom show the share of the pairs in each bin.");
    }

    private static String band(List<Measured> runs) {
        return knows(runs, "band") ? "the wider of its bootstrap and its Wilson interval" : "Wilson intervals";
    }

    private static boolean knows(List<Measured> runs, String key) {
        return runs.stream()
                .flatMap(run -> run.evaluation().rows().stream())
                .flatMap(row -> row.bins().stream())
                .anyMatch(bin -> bin.estimates().containsKey(key));
    }

    /** How many bins a diagram has and where their edges lie; pairs are always laid into them once. */
    private static String edges(List<Measured> runs) {
        return runs.stream()
                .map(run ->
                        run.evaluation().options().withForm(BinForm.CONFIDENCE).words())
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static List<Curve> curves(Page page, List<Measured> runs, String source) {
        return runs.stream()
                .flatMap(run -> run.row(source).stream()
                        .map(row -> new Curve(
                                runs.size() > 1 ? run.name() : "",
                                bins(row),
                                page.models().of(run.name()))))
                .toList();
    }

    private static List<Bin> bins(StoredEvaluation.Row row) {
        return row.bins().stream()
                .map(bin -> new Bin(
                        (int) bin.count("n"),
                        bin.numbers().getOrDefault("confidence", Double.NaN),
                        Bin.wider(bin.estimate("accuracy"), bin.estimate("band")),
                        bin.estimate("consistency")))
                .toList();
    }
}
