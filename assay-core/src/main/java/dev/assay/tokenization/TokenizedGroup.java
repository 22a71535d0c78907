package dev.assay.tokenization;

import dev.assay.data.Origin;
import java.util.List;
import java.util.Objects;

/**
 * The responses to one prompt as token ids: a pair has two sequences, a ranking k, a single conversation one.
 *
 * @param sequences each the whole path, prompt and response, never empty
 * @param ranks one rank a sequence: smaller is better, equal ranks are ties
 * @param label target probability that the first of two sequences is better (see {@code Strength.label}); 1 otherwise
 * @param margin the pair's margin in the source's unit, 0 where unknown
 * @param promptIndex index, in every sequence, of the token whose state stands for the prompt (the gating position)
 * @param source index of the source in the run's list of sources
 * @param origin where the row came from
 */
public record TokenizedGroup(
        List<int[]> sequences, int[] ranks, double label, double margin, int promptIndex, int source, Origin origin) {
    public TokenizedGroup {
        sequences = List.copyOf(sequences);
        Objects.requireNonNull(origin, "origin");
        if (sequences.isEmpty() || sequences.size() != ranks.length) {
            throw new IllegalArgumentException(sequences.size() + " sequences and " + ranks.length + " ranks");
        }
        for (int[] sequence : sequences) {
            if (sequence.length == 0) {
                throw new IllegalArgumentException(origin.place() + ": a sequence without tokens cannot be scored");
            }
        }
    }

    /** Tokens over all sequences, before any sharing. */
    public long tokens() {
        return sequences.stream().mapToLong(sequence -> sequence.length).sum();
    }
}
