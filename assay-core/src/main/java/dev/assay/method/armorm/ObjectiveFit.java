package dev.assay.method.armorm;

import dev.assay.math.RegressionQuality;
import java.util.List;

/**
 * What came of one objective.
 *
 * @param objective the objective
 * @param rows its rated rows: all of them are in the final fit
 * @param penalty the chosen alpha
 * @param criterion what each candidate was judged by, in the order of {@link ProbeSettings#penalties}: see {@link PenaltyChoice}
 * @param atEdge whether the smallest or largest candidate won, so that a wider range may do better
 * @param choice how the penalty was chosen, which decides what the quality is of
 * @param quality of the candidate with the chosen penalty, in the objective's unit scale
 */
public record ObjectiveFit(
        ScaledObjective objective,
        int rows,
        double penalty,
        List<Double> criterion,
        boolean atEdge,
        PenaltyChoice choice,
        RegressionQuality quality) {
    public ObjectiveFit {
        criterion = List.copyOf(criterion);
    }

    /** What the quality was measured on, and what flatters it. */
    public String measuredOn() {
        int candidates = criterion.size();
        return switch (choice) {
            case PenaltyChoice.HeldOut held ->
                "ratings of prompts kept back from the fit"
                        + (candidates > 1
                                ? "; they also chose the penalty among " + candidates + ", which flatters a little"
                                : "");
            case PenaltyChoice.GeneralizedCrossValidation whole ->
                "the ratings the probes were fitted to, each error enlarged by the mean leverage (generalised"
                        + " cross-validation); where the answers to one prompt are rated alike it flatters";
        };
    }
}
