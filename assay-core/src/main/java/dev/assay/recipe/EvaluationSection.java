package dev.assay.recipe;

import dev.assay.evaluation.BinForm;
import dev.assay.evaluation.Binning;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.reward.Steering;
import java.util.Optional;

/**
 * How the result is measured.
 *
 * @param bins of the calibration error, from 2 to {@value EvaluationOptions#MOST_BINS}
 * @param binning where the edges of the bins lie
 * @param form how pairs are laid into bins; both-orders as MORE's code does
 * @param recalibration fitted on the validation pairs at the end and stored in the model's manifest; absent: none. The result
 *     stays that of the raw rewards; the report shows both
 * @param steering how a mixture of objectives is steered while it is measured; absent: as its gate says
 */
public record EvaluationSection(
        @Default("10") int bins,
        @Default("equal-width") Binning binning,
        @Default("confidence") BinForm form,
        Optional<RecalibrationKind> recalibration,
        Optional<SteeringSection> steering) {
    public EvaluationSection {
        new Rules()
                .within("bins", bins, 2, EvaluationOptions.MOST_BINS)
                .that(
                        "steering",
                        steering.isEmpty() || recalibration.isEmpty(),
                        "a recalibration of steered rewards would be stored in a model that is not steered; leave one out")
                .check();
    }

    /** How the model is steered while it is measured. */
    Steering steered() {
        return steering.map(SteeringSection::steering).orElse(Steering.NONE);
    }

    /** What calibration errors are stated with. */
    public EvaluationOptions options() {
        return EvaluationOptions.DEFAULT.withBins(bins).withBinning(binning).withForm(form);
    }
}
