package dev.assay.study;

import dev.assay.math.Estimate;
import dev.assay.report.figure.Series;

/**
 * Estimates as points of a picture. Student's interval over few seeds may leave the range of its measure, where nothing can
 * lie: its bar ends there, and tables have it whole.
 */
final class Points {
    /** What captions say of the bars. */
    static final String BARS = "bars are 95 % intervals, cut where the measure's range ends.";

    private Points() {}

    /** A share of pairs, in percent. */
    static Series.Point percent(double x, Estimate estimate) {
        return new Series.Point(x, 100 * estimate.value(), 100 * share(estimate.low()), 100 * share(estimate.high()));
    }

    /** A calibration error, between 0 and 1. */
    static Series.Point plain(double x, Estimate estimate) {
        return new Series.Point(x, estimate.value(), share(estimate.low()), share(estimate.high()));
    }

    private static double share(double value) {
        return Double.isNaN(value) ? value : Math.clamp(value, 0, 1);
    }
}
