package dev.assay.tokenization;

/**
 * A batch, and which groups it holds.
 *
 * @param batch the rows
 * @param groups for each group of the batch, its index in the list that was packed; the responses of a group lie in the
 *     batch one after the other, in the order of the group's sequences
 */
public record PackedGroups(PackedBatch batch, int[] groups) {}
