package dev.assay.study;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One measure of a model against that of another.
 *
 * @param model the model
 * @param baseline what it is compared with
 * @param measure what is compared
 * @param difference model minus baseline: with several seeds the mean over seeds, paired, with Student's interval; with
 *     one seed the paired bootstrap over test pairs
 * @param pValue two-sided, of "no difference"
 * @param corrected the same after Holm, over the comparisons by this measure in its {@link Differences}
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

    /** One model against another by each measure. */
    static List<SchemeDifference> of(Measured measured, List<Measure> measures, Versus versus) {
        return measured.overSeeds()
                ? overSeeds(measured, measures, versus.model(), versus.baseline())
                : overPairs(measured, measures, versus.model(), versus.baseline());
    }

    /** The same with the p-value corrected for other comparisons. */
    SchemeDifference withCorrected(double p) {
        return new SchemeDifference(model, baseline, measure, difference, pValue, p, ratio);
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

    /** The ratio with its interval; empty where there is none. */
    String ratioText() {
        return ratio.map(SchemeDifference::text).orElse("");
    }

    /** Few seeds may leave a ratio all but unknown; its digits are then noise. */
    private static String text(Estimate ratio) {
        String high = ratio.high() < 1000
                ? String.format(Locale.ROOT, "%.2f", ratio.high())
                : String.format(Locale.ROOT, "%.0e", ratio.high());
        return String.format(Locale.ROOT, "%.2f [%.2f, %s]", ratio.value(), ratio.low(), high);
    }
}
