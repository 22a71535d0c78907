package dev.assay.evaluation;

/** Quantiles of the reward differences: 5 %, 25 %, 50 %, 75 %, 95 %, and the extremes. */
public record DifferenceSpread(
        double minimum, double p05, double p25, double median, double p75, double p95, double maximum) {}
