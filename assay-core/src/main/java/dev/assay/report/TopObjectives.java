package dev.assay.report;

import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import java.util.List;

/**
 * Which objectives of a mixture are shown by name.
 *
 * @param count how many, at least 1
 * @param by what they are ordered by
 */
public record TopObjectives(int count, By by) {
    /** What objectives are ordered by; of all the magnitude counts. */
    public enum By {
        /** What each added to the reward of this answer. */
        CONTRIBUTION,
        /** What each is multiplied by, as on the model card of the published mixture: the same for all answers to a prompt. */
        COEFFICIENT
    }

    /** The objectives with the largest contributions. */
    public static TopObjectives byContribution(int count) {
        return new TopObjectives(count, By.CONTRIBUTION);
    }

    List<ObjectivePart> of(Explanation.Mixture mixture) {
        return switch (by) {
            case CONTRIBUTION -> mixture.topByContribution(count);
            case COEFFICIENT -> mixture.topByCoefficient(count);
        };
    }
}
