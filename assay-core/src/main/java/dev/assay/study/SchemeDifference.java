package dev.assay.study;

import dev.assay.evaluation.ModelComparison;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One measure of a model against that of another.
 *
 * @param model the model
 * @param baseline what it is compared with
 * @param measure what is compared
 * @param difference model minus baseline: with several seeds the mean over seeds, paired, with Student's interval; with
 *     one seed the paired bootstrap over test pairs, which knows no ratio
 * @param pValue two-sided, of "no difference"
 * @param corrected the same after Holm, over the comparisons by this measure in its {@link Differences}
 * @param ratio of positive measures over several seeds: the geometric mean of model / baseline
 */
record SchemeDifference(
        Model model,
        Model baseline,
        Quantity measure,
        Estimate difference,
        double pValue,
        double corrected,
        Optional<Estimate> ratio) {
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
                : overPairs(measured, measures, versus);
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

    private static List<SchemeDifference> overPairs(Measured measured, List<Measure> measures, Versus versus) {
        SeedComparison comparison = new SeedComparison(measured, versus);
        return measures.stream()
                .map(measure -> {
                    ModelComparison.Difference difference = measure.between().apply(comparison);
                    return new SchemeDifference(
                            versus.model(),
                            versus.baseline(),
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
