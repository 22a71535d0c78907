package dev.assay.evaluation.calibration;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * h is any nondecreasing function (Zadrozny and Elkan 2002), given by its log-odds at knots, linear between them and constant
 * beyond them. It mends every shape of miscalibration, and needs the most data.
 *
 * @param gaps the knots |d|, at least one, strictly ascending, above 0
 * @param logOdds h there, nondecreasing, at least 0, finite
 */
public record Isotonic(List<Double> gaps, List<Double> logOdds) implements Recalibration {
    public Isotonic {
        gaps = List.copyOf(gaps);
        logOdds = List.copyOf(logOdds);
        if (gaps.isEmpty() || gaps.size() != logOdds.size()) {
            throw new IllegalArgumentException(
                    "need as many log-odds as knots, at least one: " + gaps.size() + ", " + logOdds.size());
        }
        for (int i = 0; i < gaps.size(); i++) {
            double gap = gaps.get(i);
            double odds = logOdds.get(i);
            boolean ascends = i == 0 || (gap > gaps.get(i - 1) && odds >= logOdds.get(i - 1));
            if (!(gap > 0 && odds >= 0 && odds < Double.POSITIVE_INFINITY && ascends)) {
                throw new IllegalArgumentException(
                        "knot " + i + " (" + gap + ", " + odds + ") does not ascend, or is not positive and finite");
            }
        }
    }

    @Override
    public String kind() {
        return "isotonic";
    }

    @Override
    public double logOdds(double gap) {
        return Math.max(interpolated(gap), TRACE);
    }

    private double interpolated(double gap) {
        int found = Collections.binarySearch(gaps, gap);
        if (found >= 0) {
            return logOdds.get(found);
        }
        int above = -found - 1;
        if (above == 0 || above == gaps.size()) {
            return logOdds.get(Math.min(above, gaps.size() - 1));
        }
        double share = (gap - gaps.get(above - 1)) / (gaps.get(above) - gaps.get(above - 1));
        return logOdds.get(above - 1) + share * (logOdds.get(above) - logOdds.get(above - 1));
    }

    @Override
    public OptionalDouble rewardFactor() {
        return OptionalDouble.empty();
    }
}
