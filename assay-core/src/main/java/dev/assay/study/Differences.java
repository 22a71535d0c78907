package dev.assay.study;

import dev.assay.math.HolmCorrection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Comparisons that answer one question: they stand in one table, and the p-values of each measure are corrected for one another.
 *
 * @param against the words for what the models are compared with
 * @param pairs the test pairs they are made on with one seed
 * @param rows the comparisons, model by model
 */
record Differences(String against, int pairs, List<SchemeDifference> rows) {
    Differences {
        rows = corrected(rows);
    }

    /**
     * Each plain model that is not of one source alone against the baseline of the study. Where rows are recalibrated, all of
     * them against the recalibrated baseline too, without accuracy, which a recalibration leaves as it is.
     */
    static List<Differences> among(Measured measured, List<Measure> measures) {
        Optional<Model> compared = measured.plan().comparedWith();
        if (compared.isEmpty()) {
            return List.of();
        }
        List<Model> models = measured.plan().models().stream()
                .filter(model -> model.scheme() != Scheme.SINGLE)
                .toList();
        List<Model> plain = models.stream().filter(Model::isPlain).toList();
        List<Differences> all = new ArrayList<>();
        all.add(against(measured, measures, plain, compared.get()));
        List<Measure> mended = Measure.movedByRecalibration(measures);
        measured.plan()
                .recalibrated(compared.get())
                .ifPresent(baseline -> all.add(against(measured, mended, models, baseline)));
        return all.stream().filter(each -> !each.rows.isEmpty()).toList();
    }

    private static Differences against(Measured measured, List<Measure> measures, List<Model> models, Model baseline) {
        return of(
                measured,
                measures,
                baseline.name(),
                models.stream()
                        .filter(model -> !model.equals(baseline))
                        .map(model -> new Versus(model, baseline))
                        .toList());
    }

    /** Each pair of models by each measure; those that are not defined are left out. */
    static Differences of(Measured measured, List<Measure> measures, String against, List<Versus> compared) {
        return new Differences(
                against,
                measured.n(),
                compared.stream()
                        .flatMap(versus -> SchemeDifference.of(measured, measures, versus).stream())
                        .filter(each -> Double.isFinite(each.difference().value()))
                        .toList());
    }

    /** With the p-values of each measure corrected for the comparisons made by it. */
    private static List<SchemeDifference> corrected(List<SchemeDifference> differences) {
        List<SchemeDifference> corrected = new ArrayList<>(differences);
        for (Quantity measure : measures(differences)) {
            int[] rows = IntStream.range(0, differences.size())
                    .filter(i -> differences.get(i).measure().equals(measure))
                    .toArray();
            double[] p = HolmCorrection.adjust(IntStream.of(rows)
                    .mapToDouble(i -> differences.get(i).pValue())
                    .toArray());
            for (int i = 0; i < rows.length; i++) {
                corrected.set(rows[i], differences.get(rows[i]).withCorrected(p[i]));
            }
        }
        return List.copyOf(corrected);
    }

    private static List<Quantity> measures(List<SchemeDifference> differences) {
        return differences.stream().map(SchemeDifference::measure).distinct().toList();
    }

    /** The rows compared by the measure that most are compared by. */
    private long most() {
        return measures(rows).stream()
                .mapToLong(measure -> rows.stream()
                        .filter(each -> each.measure().equals(measure))
                        .count())
                .max()
                .orElse(0);
    }

    /** What is said of these p-values above the tables; nothing where nothing is compared. */
    static List<String> words(List<Differences> all) {
        long most = all.stream().mapToLong(Differences::most).max().orElse(0);
        return most == 0
                ? List.of()
                : List.of("p is two-sided"
                        + (most == 1
                                ? "."
                                : " and corrected after Holm for the " + most + " rows compared by each measure"
                                        + (all.size() > 1 ? " in the longest table, each table by itself" : "")
                                        + "; study.json has it uncorrected too."));
    }

    /** A table for each question, a row a model and measure. */
    static List<StudyTable> tables(Measured measured, List<Differences> all) {
        return all.stream()
                .filter(each -> !each.rows.isEmpty())
                .map(each -> each.table(measured))
                .toList();
    }

    private StudyTable table(Measured measured) {
        String how = measured.overSeeds()
                ? "paired by seed, n = " + measured.plan().seeds().size() + " seeds"
                : "paired bootstrap over n = " + pairs + " pairs";
        boolean points = rows.stream().anyMatch(each -> each.measure().unit() == Measure.Unit.PERCENT);
        boolean ratios = rows.stream().anyMatch(each -> each.ratio().isPresent());
        List<String> headings = new ArrayList<>(List.of("model", "measure", "difference", "p (Holm)"));
        if (ratios) {
            headings.add("ratio");
        }
        return new StudyTable(
                "Minus " + against + " (" + how + (points ? "; percentages in points)" : ")")
                        + (ratios ? ", and divided by it" : ""),
                headings,
                rows.stream().map(each -> row(measured, each, ratios)).toList());
    }

    private static List<String> row(Measured measured, SchemeDifference each, boolean ratios) {
        List<String> cells = new ArrayList<>(List.of(
                each.model().name(),
                each.measure().title(),
                each.measure().unit().difference(each.difference()) + measured.notAll(each.seeds()),
                probability(each.corrected())));
        if (ratios) {
            cells.add(each.ratioText());
        }
        return cells;
    }

    private static String probability(double p) {
        return Double.isNaN(p) ? "" : p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
