package dev.assay.study;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.math.Estimate;
import dev.assay.math.HolmCorrection;
import dev.assay.math.StudentInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One measure of a model against that of another.
 *
 * @param model the model
 * @param baseline what it is compared with
 * @param measure what is compared
 * @param difference model minus baseline: with several seeds the mean over seeds, paired, with Student's interval; with
 *     one seed the paired bootstrap over test pairs
 * @param pValue two-sided, of "no difference"
 * @param corrected the same after Holm, over all comparisons by this measure
 * @param ratio of positive measures over several seeds: the geometric mean of model / baseline
 */
record SchemeDifference(
        Model model,
        Model baseline,
        Measure measure,
        Estimate difference,
        double pValue,
        double corrected,
        Optional<Estimate> ratio) {
    /** What one seed is compared on; the bootstrap of {@link ModelComparison} knows these. */
    private static final Map<Measure, Metric> BOOTSTRAPPED = Map.of(
            Measure.AVERAGE, Metric.ACCURACY,
            Measure.ECE, Metric.ECE,
            Measure.TRUE_ECE, Metric.TRUE_ECE,
            Measure.BRIER, Metric.BRIER,
            Measure.NLL, Metric.NLL);

    /** What cannot be negative and where half as much is a statement. */
    private static final Set<Measure> RATIOS = Set.of(
            Measure.ECE,
            Measure.POOLED_ECE,
            Measure.TRUE_ECE,
            Measure.POOLED_TRUE_ECE,
            Measure.ABSOLUTE_DIFFERENCE,
            Measure.REWARD_VARIANCE,
            Measure.DIFFERENCE_VARIANCE);

    /** Each model that is not of one source alone against the baseline of the study. */
    static List<SchemeDifference> among(Measured measured, List<Measure> measures) {
        List<Model> mixed = measured.plan().models().stream()
                .filter(model -> model.scheme() != Scheme.SINGLE)
                .toList();
        Optional<Model> compared = measured.plan().comparedWith();
        if (compared.isEmpty()) {
            return List.of();
        }
        Map<Model, Model> baselines = new LinkedHashMap<>();
        mixed.stream()
                .filter(model -> !model.equals(compared.get()))
                .forEach(model -> baselines.put(model, compared.get()));
        return of(measured, measures, baselines);
    }

    /** Each model against its own baseline. */
    static List<SchemeDifference> of(Measured measured, List<Measure> measures, Map<Model, Model> baselines) {
        List<SchemeDifference> differences = new ArrayList<>();
        baselines.forEach((model, baseline) -> {
            List<SchemeDifference> own = measured.overSeeds()
                    ? overSeeds(measured, measures, model, baseline)
                    : overPairs(measured, measures, model, baseline);
            own.stream()
                    .filter(each -> Double.isFinite(each.difference().value()))
                    .forEach(differences::add);
        });
        return corrected(differences);
    }

    /** With the p-values of each measure corrected for the comparisons made by it. */
    private static List<SchemeDifference> corrected(List<SchemeDifference> differences) {
        List<SchemeDifference> corrected = new ArrayList<>(differences);
        for (Measure measure : measures(differences)) {
            int[] rows = IntStream.range(0, differences.size())
                    .filter(i -> differences.get(i).measure.equals(measure))
                    .toArray();
            double[] p = HolmCorrection.adjust(IntStream.of(rows)
                    .mapToDouble(i -> differences.get(i).pValue)
                    .toArray());
            for (int i = 0; i < rows.length; i++) {
                corrected.set(rows[i], differences.get(rows[i]).withCorrected(p[i]));
            }
        }
        return List.copyOf(corrected);
    }

    private SchemeDifference withCorrected(double p) {
        return new SchemeDifference(model, baseline, measure, difference, pValue, p, ratio);
    }

    private static List<Measure> measures(List<SchemeDifference> differences) {
        return differences.stream().map(SchemeDifference::measure).distinct().toList();
    }

    /** What is said of these p-values above the tables; nothing where nothing is compared. */
    static List<String> words(List<SchemeDifference> differences) {
        long most = measures(differences).stream()
                .mapToLong(measure -> differences.stream()
                        .filter(each -> each.measure.equals(measure))
                        .count())
                .max()
                .orElse(0);
        return most == 0
                ? List.of()
                : List.of("p is two-sided"
                        + (most == 1
                                ? "."
                                : " and corrected after Holm for the " + most
                                        + " rows compared by each measure; study.json has it" + " uncorrected too."));
    }

    private static List<SchemeDifference> overSeeds(
            Measured measured, List<Measure> measures, Model model, Model baseline) {
        return measures.stream()
                .map(measure -> {
                    double[] differences = measured.differences(model, baseline, measure);
                    return new SchemeDifference(
                            model,
                            baseline,
                            measure,
                            StudentInterval.of(differences, Measured.LEVEL),
                            StudentInterval.pValue(differences),
                            Double.NaN,
                            RATIOS.contains(measure)
                                    ? Optional.of(measured.ratio(model, baseline, measure))
                                    : Optional.empty());
                })
                .toList();
    }

    private static List<SchemeDifference> overPairs(
            Measured measured, List<Measure> measures, Model model, Model baseline) {
        EvaluationOptions options = measured.options();
        ModelComparison comparison =
                ModelComparison.of(measured.firstSeed(baseline), measured.firstSeed(model), options);
        return measures.stream()
                .filter(BOOTSTRAPPED::containsKey)
                .map(measure -> {
                    ModelComparison.Difference difference =
                            comparison.average().get(BOOTSTRAPPED.getOrDefault(measure, Metric.ACCURACY));
                    return new SchemeDifference(
                            model,
                            baseline,
                            measure,
                            difference.estimate(),
                            difference.pValue(),
                            Double.NaN,
                            Optional.empty());
                })
                .toList();
    }

    /** The differences as a table, a row a model and measure; none where there is nothing to compare. */
    static List<StudyTable> tables(Measured measured, List<SchemeDifference> differences) {
        return differences.isEmpty()
                ? List.of()
                : tables(
                        measured, differences, differences.getFirst().baseline().name());
    }

    /** The same with other words for what the models are compared with. */
    static List<StudyTable> tables(Measured measured, List<SchemeDifference> differences, String baseline) {
        if (differences.isEmpty()) {
            return List.of();
        }
        String how = measured.overSeeds()
                ? "paired by seed, n = " + measured.plan().seeds().size() + " seeds"
                : "paired bootstrap over n = " + measured.n() + " pairs";
        return List.of(new StudyTable(
                "Minus " + baseline + " (" + how + "; accuracy in points), and divided by it",
                List.of("model", "measure", "difference", "p (Holm)", "ratio"),
                differences.stream()
                        .map(each -> List.of(
                                each.model.name(),
                                each.measure.title(),
                                each.measure.unit().difference(each.difference),
                                probability(each.corrected),
                                each.ratio.map(SchemeDifference::text).orElse("")))
                        .toList()));
    }

    /** Few seeds may leave a ratio all but unknown; its digits are then noise. */
    private static String text(Estimate ratio) {
        String high = ratio.high() < 1000
                ? String.format(Locale.ROOT, "%.2f", ratio.high())
                : String.format(Locale.ROOT, "%.0e", ratio.high());
        return String.format(Locale.ROOT, "%.2f [%.2f, %s]", ratio.value(), ratio.low(), high);
    }

    private static String probability(double p) {
        return Double.isNaN(p) ? "" : p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
