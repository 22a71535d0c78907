package dev.assay.evaluation;

import java.util.List;
import java.util.Objects;

/**
 * The rewards of all pairs of one source.
 *
 * @param source the source's name
 * @param pairs its pairs, in file order
 */
public record PairScores(String source, List<PairScore> pairs) {
    public PairScores {
        Objects.requireNonNull(source, "source");
        pairs = List.copyOf(pairs);
    }
}
