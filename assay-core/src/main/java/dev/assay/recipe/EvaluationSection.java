package dev.assay.recipe;

import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;

/**
 * How the result is measured.
 *
 * @param bins of the calibration error, at least 2
 */
public record EvaluationSection(@Default("10") int bins) {
    public EvaluationSection {
        new Rules().atLeast("bins", bins, 2).check();
    }
}
