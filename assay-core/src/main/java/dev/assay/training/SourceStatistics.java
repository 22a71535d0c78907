package dev.assay.training;

/**
 * What a step knows of its sources before they are weighted; all arrays over the P sources present in the batch.
 *
 * @param sources index of each source present, ascending
 * @param losses mean loss of each
 * @param headGradients mean gradient of each by the weight of the reward head {@code [P][D]}
 * @param sourceCount sources of the whole run
 */
public record SourceStatistics(int[] sources, double[] losses, double[][] headGradients, int sourceCount) {}
