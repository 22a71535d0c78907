package dev.assay.report.page;

import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one needs to get the same numbers again. */
final class ReproductionSection {
    private ReproductionSection() {}

    static void write(Page page, List<RunFacts> runs, List<String> options) {
        page.heading("How to reproduce");
        page.paragraph(
                "Save each recipe below under the name its command has, and train by it; the same recipe, data, versions"
                        + " and number of threads give the same numbers. This page is made again from the run folders, without model or network.");
        List<String> commands = new ArrayList<>();
        runs.forEach(run -> commands.add(command(List.of("./assay", "train", file(run), "--output", run.folder()))));
        List<String> report = new ArrayList<>(List.of("./assay", "report"));
        runs.forEach(run -> report.add(run.folder()));
        report.addAll(options);
        commands.add(command(report));
        page.code(String.join("\n", commands));
        facts(page, runs);
        for (RunFacts run : runs) {
            page.subheading("Recipe of " + run.name() + ": " + file(run));
            page.printed("run " + run.name(), run.recipe())
                    .ifPresentOrElse(
                            whose -> page.paragraph("The same, word for word, as that of " + whose + ", above."),
                            () -> page.code(run.recipe().strip()));
        }
    }

    /** A line of a shell; words that it would take apart are quoted. */
    private static String command(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static String file(RunFacts run) {
        return run.name().replace('/', '-').replace('\\', '-') + ".yaml";
    }

    /** Every fact once; where the runs differ, once for each value with the runs it holds for. */
    private static void facts(Page page, List<RunFacts> runs) {
        Map<String, Map<String, List<String>>> runsByValue = new LinkedHashMap<>();
        for (RunFacts run : runs) {
            facts(run)
                    .forEach((key, value) -> runsByValue
                            .computeIfAbsent(key, any -> new LinkedHashMap<>())
                            .computeIfAbsent(value, any -> new ArrayList<>())
                            .add(run.name()));
        }
        List<Row> rows = new ArrayList<>();
        runsByValue.forEach((key, values) -> values.forEach((value, names) -> rows.add(Row.of(List.of(
                key, value, runs.size() == 1 ? "" : names.size() == runs.size() ? "all" : String.join(", ", names))))));
        page.settings(
                List.of("what", "value", runs.size() == 1 ? "" : "runs"),
                rows,
                "Seeds, fingerprints of the data, and versions.");
    }

    private static Map<String, String> facts(RunFacts run) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("folder", run.folder());
        run.evaluation().ifPresent(evaluation -> facts.putAll(evaluation.about()));
        run.scores().ifPresent(scores -> facts.put("testFingerprint", scores.fingerprint()));
        facts.putAll(run.versions());
        return facts;
    }
}
