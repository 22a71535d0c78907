package dev.assay.report.page;

import java.util.List;

/**
 * One HTML file about one or several runs, with nothing outside it: summary in words, configuration, training, results
 * with intervals, differences between runs with tests, data, how to reproduce, and all numbers; then studies, where there
 * are any. Equal facts give equal bytes.
 */
public final class ReportPage {
    private ReportPage() {}

    /** The page. The first run is what the others are compared with. */
    public static String html(List<RunFacts> runs) {
        return html(runs, List.of(), List.of());
    }

    /**
     * The page of runs and, behind them, studies; either may be empty.
     *
     * @param runs the first is what the others are compared with
     * @param options of the command that makes this page again, behind the folders
     */
    public static String html(List<RunFacts> runs, List<StudyFacts> studies, List<String> options) {
        if (runs.isEmpty() && studies.isEmpty()) {
            throw new IllegalArgumentException("a report is about at least one run or study");
        }
        if (runs.isEmpty() && studies.size() == 1) {
            return StudyPage.html(studies.getFirst());
        }
        Page page = new Page(studies.isEmpty() ? Colours.none() : Colours.ofSchemes());
        if (runs.isEmpty()) {
            page.heading("Summary");
            SummarySection.studies(page, studies);
        } else {
            runs(page, runs, studies, options);
        }
        long names = studies.stream().map(StudyFacts::name).distinct().count();
        studies.forEach(study -> StudySection.embed(page, study, names < studies.size()));
        return runs.isEmpty()
                ? page.document(Words.count(studies.size()) + " studies", "The " + titles(studies))
                : page.document(title(runs), lead(runs) + (studies.isEmpty() ? "" : " Below: the " + titles(studies)));
    }

    private static String titles(List<StudyFacts> studies) {
        return (studies.size() == 1 ? "study " : "studies ")
                + Words.list(studies.stream().map(StudyFacts::name).toList()) + ".";
    }

    private static void runs(Page page, List<RunFacts> runs, List<StudyFacts> studies, List<String> options) {
        runs.forEach(run -> page.models().of(run.name()));
        Comparisons comparisons = Comparisons.of(runs);
        SummarySection.write(page, runs, comparisons);
        if (!studies.isEmpty()) {
            SummarySection.studies(page, studies);
        }
        ConfigurationSection.write(page, runs);
        TrainingSection.write(page, runs);
        ResultSection.write(page, runs);
        RecalibrationSection.write(page, runs);
        ObjectivesSection.write(page, runs);
        RewardSection.write(page, runs);
        ComparisonSection.write(page, comparisons);
        DataSection.write(page, runs);
        ReproductionSection.write(page, runs, options);
        NumbersSection.write(page, runs);
    }

    private static String title(List<RunFacts> runs) {
        return runs.size() == 1
                ? "Run " + runs.getFirst().name()
                : runs.size() == 2
                        ? runs.get(1).name() + " against " + runs.get(0).name()
                        : Words.count(runs.size()) + " runs compared";
    }

    private static String lead(List<RunFacts> runs) {
        List<String> sources = runs.stream()
                .flatMap(run -> run.evaluation().stream())
                .flatMap(evaluation -> evaluation.sources().stream())
                .map(StoredEvaluation.Row::name)
                .distinct()
                .toList();
        return "Report of "
                + Words.list(runs.stream()
                        .map(run -> run.name() + " (method " + run.settings().getOrDefault("method.name", "unknown")
                                + ", seed " + run.settings().getOrDefault("training.seed", "unknown") + ")")
                        .toList())
                + (sources.isEmpty() ? "." : ", measured on " + Words.list(sources) + ".");
    }
}
