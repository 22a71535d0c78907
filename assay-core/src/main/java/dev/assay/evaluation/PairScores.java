package dev.assay.evaluation;

import java.util.List;
import java.util.Objects;

/**
 * The rewards of all pairs of one source.
 *
 * @param source the source's name
 * @param pairs its pairs, in file order
 * @param truncated pairs of which the model cut a conversation to its maximum length
 */
public record PairScores(String source, List<PairScore> pairs, int truncated) {
    public PairScores {
        Objects.requireNonNull(source, "source");
        pairs = List.copyOf(pairs);
    }

    /** Pairs that were read whole. */
    public PairScores(String source, List<PairScore> pairs) {
        this(source, pairs, 0);
    }

    /** Why a source has no pair with a preference: that it holds none at all, or ties alone. */
    public String withoutPreference() {
        return pairs.isEmpty() ? "it holds no pairs" : pairs.size() + " pairs, all labelled as ties";
    }

    /** Pairs with a preference: all but those labelled as ties, in file order. */
    public List<PairScore> preferred() {
        return pairs.stream().filter(pair -> !pair.strength().isTie()).toList();
    }

    /** Reward of the chosen response minus reward of the rejected one, of every pair with a preference, in file order. */
    public double[] differences() {
        return preferred().stream().mapToDouble(PairScore::difference).toArray();
    }

    /** All pairs of several sources under one name, source after source. */
    public static PairScores pooled(String name, List<PairScores> sources) {
        return new PairScores(
                name,
                sources.stream().flatMap(source -> source.pairs().stream()).toList(),
                sources.stream().mapToInt(PairScores::truncated).sum());
    }
}
