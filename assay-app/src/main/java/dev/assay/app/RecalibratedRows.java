package dev.assay.app;

import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.study.StudyPlan;
import dev.assay.study.StudyResult;
import dev.assay.study.StudyScores;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the studies of calibration take to show what a map fitted after training does. */
final class RecalibratedRows {
    @Option(
            names = "--recalibrate",
            paramLabel = "KIND",
            description =
                    "temperature, platt or isotonic: each row a second time, its reward differences read through a"
                            + " map fitted after training, cross-fitted on the test pairs. Trains nothing more.")
    private @Nullable String kind;

    private Optional<RecalibrationKind> asked() {
        return Optional.ofNullable(kind).map(name -> Choice.of(RecalibrationKind.class, "--recalibrate", name));
    }

    /** The plan as it is, once it is clear that rows can be added to it: before anything is trained. */
    StudyPlan checked(StudyPlan plan) {
        asked().ifPresent(plan::recalibrated);
        return plan;
    }

    /** The study of the scores with the recalibrated rows beside the plain ones, where they were asked for. */
    Function<StudyScores, StudyResult> then(Function<StudyScores, StudyResult> study) {
        return asked().map(kind -> study.compose((StudyScores scores) -> scores.recalibrated(kind)))
                .orElse(study);
    }
}
