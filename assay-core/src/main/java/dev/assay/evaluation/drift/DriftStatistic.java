package dev.assay.evaluation.drift;

/** The numbers of {@link RewardDrift} by name, for comparisons. */
public enum DriftStatistic {
    REWARD_MEAN,
    REWARD_VARIANCE,
    DIFFERENCE_MEAN,
    DIFFERENCE_VARIANCE,
    ABSOLUTE_DIFFERENCE,
    OVERCONFIDENCE,
    POSITIVE_COUNT,
    POSITIVE_SHARE,
    POSITIVE_MEAN,
    NEGATIVE_COUNT,
    NEGATIVE_SHARE,
    NEGATIVE_MEAN
}
