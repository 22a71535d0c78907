package dev.assay.evaluation.calibration;

import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.ArrayList;
import java.util.List;

/**
 * A recalibration judged on all pairs of a test set without a pair of its own: the map fitted on one half reads the other half,
 * and vice versa (cross-fitting with two folds). All sources share the two maps, as they share one in use.
 *
 * @param ofFirst fitted on the first half, applied to the second
 * @param ofSecond fitted on the second half, applied to the first
 * @param scores all pairs, in their order, with recalibrated differences
 */
public record CrossFit(Recalibration ofFirst, Recalibration ofSecond, List<PairScores> scores) {
    public CrossFit {
        scores = List.copyOf(scores);
    }

    /**
     * Fits both halves.
     *
     * @param sources the rewards of the pairs that the halves were drawn from, in the same order
     */
    public static CrossFit of(RecalibrationKind kind, List<PairScores> sources, PromptHalves halves) {
        Recalibration ofFirst = kind.fit(halves.half(sources, false));
        Recalibration ofSecond = kind.fit(halves.half(sources, true));
        List<PairScores> scores = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            List<PairScore> byFirst = ofFirst.apply(sources.get(s)).pairs();
            List<PairScore> bySecond = ofSecond.apply(sources.get(s)).pairs();
            List<PairScore> pairs = new ArrayList<>();
            for (int i = 0; i < byFirst.size(); i++) {
                pairs.add((halves.isSecond(s, i) ? byFirst : bySecond).get(i));
            }
            scores.add(new PairScores(
                    sources.get(s).source(), pairs, sources.get(s).truncated()));
        }
        return new CrossFit(ofFirst, ofSecond, scores);
    }
}
