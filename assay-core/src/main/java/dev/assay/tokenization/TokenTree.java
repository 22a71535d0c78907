package dev.assay.tokenization;

import java.util.Arrays;
import java.util.List;

/**
 * One row's worth of a group: a common prefix and the branches that leave it, or a single sequence.
 *
 * @param prefix tokens stored once; empty for a single sequence
 * @param branches what follows the prefix, one a response, in order; may be empty where a response is the prefix itself
 */
record TokenTree(int[] prefix, List<int[]> branches) {
    int length() {
        return prefix.length
                + branches.stream().mapToInt(branch -> branch.length).sum();
    }

    boolean isBranched() {
        return branches.size() > 1;
    }

    /** The trees of a group: one that shares the prefix, or one a sequence. */
    static List<TokenTree> of(TokenizedGroup group, PackingOptions.Sharing sharing) {
        List<int[]> sequences = group.sequences();
        int common = commonPrefix(sequences);
        if (sequences.size() > 1 && common > 0 && isWorthwhile(sequences, common, sharing)) {
            int[] prefix = Arrays.copyOf(sequences.getFirst(), common);
            return List.of(new TokenTree(
                    prefix,
                    sequences.stream()
                            .map(sequence -> Arrays.copyOfRange(sequence, common, sequence.length))
                            .toList()));
        }
        return sequences.stream()
                .map(sequence -> new TokenTree(new int[0], List.of(sequence)))
                .toList();
    }

    private static boolean isWorthwhile(List<int[]> sequences, int common, PackingOptions.Sharing sharing) {
        return switch (sharing) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                common
                        >= sequences.stream()
                                .mapToInt(s -> s.length - common)
                                .average()
                                .orElse(0);
        };
    }

    private static int commonPrefix(List<int[]> sequences) {
        int[] first = sequences.getFirst();
        int common = first.length;
        for (int[] sequence : sequences) {
            int mismatch = Arrays.mismatch(first, 0, common, sequence, 0, Math.min(common, sequence.length));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }
}
