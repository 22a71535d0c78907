package dev.assay.backbone;

import org.jspecify.annotations.Nullable;

/**
 * The attention of every block.
 *
 * @param heads query heads H
 * @param keyValueHeads key and value heads, dividing H
 * @param headSize numbers of a head
 * @param inputBias whether the query, key and value projections have a bias
 * @param outputBias whether the output projection has one
 * @param headNorm whether queries and keys are normalised head by head (Qwen3)
 * @param window the sliding window, where some layers have one
 */
public record AttentionShape(
        int heads,
        int keyValueHeads,
        int headSize,
        boolean inputBias,
        boolean outputBias,
        boolean headNorm,
        @Nullable SlidingWindow window) {}
