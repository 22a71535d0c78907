package dev.assay.report.page;

import dev.assay.math.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers as people read them, with their intervals and true minus signs. */
final class Words {
    private static final Map<String, String> METRICS = Map.ofEntries(
            Map.entry("accuracy", "Accuracy"),
            Map.entry("ece", "ECE"),
            Map.entry("mce", "MCE"),
            Map.entry("ace", "ACE"),
            Map.entry("brier", "Brier score"),
            Map.entry("nll", "NLL (nats)"),
            Map.entry("rewardDifferenceMean", "Mean reward difference"),
            Map.entry("rewardDifferenceDeviation", "Deviation of reward differences"),
            Map.entry("trueEce", "True ECE"),
            Map.entry("probabilityError", "Error of probabilities"),
            Map.entry("tiedLabels", "Tied labels"),
            Map.entry("tiedRewards", "Tied rewards"),
            Map.entry("truncated", "Pairs cut to length"),
            Map.entry("brierParts.reliability", "Brier: reliability"),
            Map.entry("brierParts.resolution", "Brier: resolution"),
            Map.entry("brierParts.uncertainty", "Brier: uncertainty"),
            Map.entry("brierParts.withinBins", "Brier: within bins"));

    private Words() {}

    /** A metric's name. */
    static String metric(String key) {
        return METRICS.getOrDefault(key, key);
    }

    /** {@code 65.6 %}. */
    static String percent(double share) {
        return Double.isNaN(share) ? "–" : fixed(100 * share, 1) + " %";
    }

    /** {@code 95 %}. */
    static String level(double level) {
        return percent(level).replace(".0", "");
    }

    /** {@code 65.6 % [63.5, 67.7]}. */
    static String percent(Estimate estimate) {
        return percent(estimate.value()) + " " + interval(estimate, 100, 1);
    }

    /** {@code 0.048 [0.022, 0.093]}. */
    static String plain(Estimate estimate) {
        return fixed(estimate.value(), 3) + " " + interval(estimate, 1, 3);
    }

    /** {@code +1.2 points [−0.3, +2.6]}. */
    static String points(Estimate difference) {
        return signed(100 * difference.value(), 1) + " points " + change(difference, 100, 1);
    }

    /** {@code −0.013 [−0.030, +0.004]}. */
    static String change(Estimate difference) {
        return signed(difference.value(), 3) + " " + change(difference, 1, 3);
    }

    private static String change(Estimate difference, double scale, int digits) {
        return difference.hasInterval()
                ? "[" + signed(scale * difference.low(), digits) + ", " + signed(scale * difference.high(), digits)
                        + "]"
                : "–";
    }

    /** {@code [0.022, 0.093]}; a dash where there is none. */
    static String interval(Estimate estimate, double scale, int digits) {
        return estimate.hasInterval()
                ? "[" + fixed(scale * estimate.low(), digits) + ", " + fixed(scale * estimate.high(), digits) + "]"
                : "–";
    }

    /**
     * Digits after the point that a number and its interval need: at least {@code least}, and enough for two digits of the
     * number, or of half its interval where that is larger. Never more than 8.
     */
    static int digits(Estimate estimate, int least) {
        double half = (estimate.high() - estimate.low()) / 2;
        double size = Math.max(Math.abs(estimate.value()), Double.isFinite(half) ? half : 0);
        return size > 0 && Double.isFinite(size) ? Math.clamp(1 - (int) Math.floor(Math.log10(size)), least, 8) : least;
    }

    /** What a title adds where only one of several runs has something to show: {@code , NAME}; else nothing. */
    static String whose(List<RunFacts> runs, List<String> shown) {
        return runs.size() > 1 && shown.size() == 1 ? ", " + shown.getFirst() : "";
    }

    /** A number with so many digits after the point; a dash for what is not defined. */
    static String fixed(double value, int digits) {
        return Double.isFinite(value) ? minus(String.format(Locale.ROOT, "%." + digits + "f", value)) : "–";
    }

    private static String signed(double value, int digits) {
        return Double.isFinite(value) ? minus(String.format(Locale.ROOT, "%+." + digits + "f", value)) : "–";
    }

    /** {@code 0.013}, {@code < 0.001}. */
    static String probability(double p) {
        return Double.isNaN(p) ? "–" : p < 0.001 ? "< 0.001" : fixed(p, 3);
    }

    /** A count with thin spaces between thousands. */
    static String count(long number) {
        return minus(String.format(Locale.ROOT, "%,d", number)).replace(",", "\u202f");
    }

    /** {@code 1 source}, {@code 5 sources}. */
    static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** {@code a, b and c}. */
    static String list(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    private static String minus(String number) {
        boolean isZero = number.chars().noneMatch(c -> c >= '1' && c <= '9');
        return isZero ? number.replace("-", "") : number.replace('-', '−');
    }
}
