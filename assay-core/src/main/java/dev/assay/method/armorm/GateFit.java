package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import java.util.List;

/**
 * A trained gate with its course.
 *
 * @param input the coordinates it was trained in
 * @param gate as it was at the best step; the receiver closes it
 * @param best the look at the held-out prompts with the smallest loss
 * @param looks all of them, in order
 * @param trainingPairs pairs it was trained on
 * @param heldOutPairs pairs that chose the step
 */
public record GateFit(
        GateInput input, GatingHead gate, Look best, List<Look> looks, int trainingPairs, int heldOutPairs) {
    public GateFit {
        looks = List.copyOf(looks);
    }

    /**
     * A look at the held-out prompts.
     *
     * @param step updates made
     * @param trainingLoss mean Bradley-Terry loss of the batches since the last look; NaN before the first update
     * @param heldOutLoss mean loss of the held-out pairs
     * @param heldOutAccuracy share of held-out pairs whose chosen response has the higher reward, ties half
     * @param scale beta
     */
    public record Look(int step, double trainingLoss, double heldOutLoss, double heldOutAccuracy, double scale) {}
}
