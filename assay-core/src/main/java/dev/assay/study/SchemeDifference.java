package dev.assay.study;

import dev.assay.evaluation.ModelComparison;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One measure of a model against that of another.
 *
 * @param versus the model and what it is compared with
 * @param measure what is compared
 * @param difference model minus baseline: with several seeds the mean over seeds, paired, with Student's interval; with
 *     one seed the paired bootstrap over test pairs, which knows no ratio
 * @param seeds with how many the difference is defined, which are those the mean and its test are over
 * @param pValue two-sided, of "no difference"
 * @param corrected the same after Holm, over the comparisons by this measure in its {@link Differences}
 * @param ratio of positive measures over several seeds: the geometric mean of model / baseline
 */
record SchemeDifference(
        Versus versus,
        Quantity measure,
        Estimate difference,
        int seeds,
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
                ? measures.stream()
                        .map(measure -> overSeeds(measured, measure, versus))
                        .toList()
                : overPairs(measured, measures, versus);
    }

    /** The mean of the differences that are defined, one a seed. */
    static SchemeDifference overSeeds(Versus versus, Quantity measure, double[] bySeed) {
        double[] defined = Arrays.stream(bySeed).filter(Double::isFinite).toArray();
        SeedMean mean = SeedMean.of(defined);
        return new SchemeDifference(
                versus,
                measure,
                mean.estimate(),
                mean.seeds(),
                StudentInterval.pValue(defined),
                Double.NaN,
                Optional.empty());
    }

    /** With one seed, by the bootstrap over its pairs. */
    static SchemeDifference overPairs(Versus versus, Quantity measure, Estimate difference, double pValue) {
        return new SchemeDifference(versus, measure, difference, 1, pValue, Double.NaN, Optional.empty());
    }

    Model model() {
        return versus.model();
    }

    Model baseline() {
        return versus.baseline();
    }

    /** The same with the p-value corrected for other comparisons. */
    SchemeDifference withCorrected(double p) {
        return new SchemeDifference(versus, measure, difference, seeds, pValue, p, ratio);
    }

    private SchemeDifference withRatio(Optional<Estimate> known) {
        return new SchemeDifference(versus, measure, difference, seeds, pValue, corrected, known);
    }

    private static SchemeDifference overSeeds(Measured measured, Measure measure, Versus versus) {
        Model model = versus.model();
        Model baseline = versus.baseline();
        SchemeDifference difference = overSeeds(versus, measure, measured.differences(model, baseline, measure));
        return RATIOS.contains(measure) ? difference.withRatio(measured.ratio(model, baseline, measure)) : difference;
    }

    private static List<SchemeDifference> overPairs(Measured measured, List<Measure> measures, Versus versus) {
        SeedComparison comparison = new SeedComparison(measured, versus);
        return measures.stream()
                .map(measure -> {
                    ModelComparison.Difference difference = measure.between().apply(comparison);
                    return overPairs(versus, measure, difference.estimate(), difference.pValue());
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
