package dev.assay.tokenization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to sequences longer than the model reads.
 *
 * @param maxTokens most tokens of a sequence, at least 2
 * @param side where they are cut
 */
public record Truncation(int maxTokens, Side side) {
    /** Where a sequence is cut. */
    public enum Side {
        /** The prompt loses its beginning, by the same count for all responses; only a response longer than all the room loses its own beginning. */
        PROMPT_LEFT,
        /** Each sequence loses its beginning, by itself. */
        LEFT,
        /** Each sequence loses its end, by itself: what MORE's code does. The reward is then read inside the response. */
        RIGHT
    }

    public Truncation {
        if (maxTokens < 2) {
            throw new IllegalArgumentException("maximum length " + maxTokens + " is below 2 tokens");
        }
    }

    /**
     * The sequences after cutting.
     *
     * @param sequences none longer than allowed
     * @param prompt tokens of the prompt that are left
     * @param cutTokens tokens cut from the longest sequence
     */
    record Cut(List<int[]> sequences, int prompt, int cutTokens) {}

    Cut cut(List<int[]> sequences, int prompt) {
        int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElse(0);
        int excess = Math.max(0, longest - maxTokens);
        if (excess == 0) {
            return new Cut(sequences, prompt, 0);
        }
        int fromPrompt = Math.min(excess, prompt);
        List<int[]> cut = new ArrayList<>();
        for (int[] ids : sequences) {
            int own = Math.max(0, ids.length - maxTokens);
            cut.add(
                    switch (side) {
                        case PROMPT_LEFT -> lastOf(Arrays.copyOfRange(ids, fromPrompt, ids.length));
                        case LEFT -> Arrays.copyOfRange(ids, own, ids.length);
                        case RIGHT -> Arrays.copyOf(ids, ids.length - own);
                    });
        }
        int left = switch (side) {
            case PROMPT_LEFT -> prompt - fromPrompt;
            case LEFT -> Math.max(0, prompt - excess);
            case RIGHT -> Math.min(prompt, maxTokens);
        };
        return new Cut(cut, left, excess);
    }

    private int[] lastOf(int[] ids) {
        return ids.length <= maxTokens ? ids : Arrays.copyOfRange(ids, ids.length - maxTokens, ids.length);
    }
}
