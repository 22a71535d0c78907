package dev.assay.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Who sees whom among T tokens that lie one after the other without padding. The tokens are cut into pieces; the asking
 * positions are cut into spans, each of which sees the pieces of its own path and nothing else. So a shared prefix is
 * attended to by each of its branches, and no branch costs anything to another.
 *
 * @param pieces lengths of the pieces; they add up to T
 * @param spans in the order of the asking positions, which they cover
 */
public record Visibility(long[] pieces, List<Span> spans) {
    /** Stands for minus infinity: large enough to vanish in the softmax, finite so that every row stays so. */
    public static final float HIDDEN = -1e9f;

    public Visibility {
        spans = List.copyOf(spans);
    }

    /**
     * Consecutive asking positions that share a path.
     *
     * @param queries how many positions ask
     * @param pieces indices of the pieces they see, in the order of the path
     * @param rule which of those tokens each position sees
     * @param maskQK for {@link Rule#MASKED}: {@code [queries,keys]}, 0 where visible and {@link #HIDDEN} elsewhere
     */
    public record Span(
            int queries, int[] pieces, Rule rule, @Nullable Tensor maskQK) {}

    /** Which tokens of its path a position sees. */
    public enum Rule {
        /** All of them. */
        ALL,
        /** Position i of as many keys as queries sees those up to i. */
        CAUSAL,
        /** What a mask says. */
        MASKED
    }

    /** Lengths of the spans along the asking positions. */
    long[] queryLengths() {
        return spans.stream().mapToLong(Span::queries).toArray();
    }
}
