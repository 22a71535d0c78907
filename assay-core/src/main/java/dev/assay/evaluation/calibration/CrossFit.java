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
public record CrossFit(RecalibrationFit ofFirst, RecalibrationFit ofSecond, List<PairScores> scores) {
    public CrossFit {
        scores = List.copyOf(scores);
    }

    /** Both fits. */
    public List<RecalibrationFit> fits() {
        return List.of(ofFirst, ofSecond);
    }

    /**
     * Fits both halves.
     *
     * @param sources the rewards of the pairs that the halves were drawn from, in the same order
     */
    public static CrossFit of(RecalibrationKind kind, List<PairScores> sources, PromptHalves halves) {
        RecalibrationFit ofFirst = RecalibrationFit.of(kind, halves.half(sources, false));
        RecalibrationFit ofSecond = RecalibrationFit.of(kind, halves.half(sources, true));
        List<PairScores> scores = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            List<PairScore> byFirst = ofFirst.map().apply(sources.get(s)).pairs();
            List<PairScore> bySecond = ofSecond.map().apply(sources.get(s)).pairs();
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
