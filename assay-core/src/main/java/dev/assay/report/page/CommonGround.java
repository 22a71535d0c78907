package dev.assay.report.page;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.report.page.RunFacts.TestScores;
import java.util.List;
import java.util.Optional;

/** What makes numbers of several runs comparable: the same pairs, and for calibration errors the same bins too. */
final class CommonGround {
    private CommonGround() {}

    /** Why two runs cannot be compared pair by pair, as a sentence; empty where they can. */
    static Optional<String> obstacle(RunFacts first, RunFacts other) {
        if (first.scores().isEmpty() || other.scores().isEmpty()) {
            return Optional.of(
                    (first.scores().isEmpty() ? first : other).name() + " stored no rewards of its test pairs.");
        }
        return first.scores().map(TestScores::fingerprint).equals(other.scores().map(TestScores::fingerprint))
                ? Optional.empty()
                : Optional.of("they were measured on different pairs.");
    }

    /** Whether all of them are known to be measured on the same pairs, so that they may be ranked. */
    static boolean samePairs(List<RunFacts> measured) {
        return measured.stream()
                .skip(1)
                .allMatch(run -> obstacle(measured.getFirst(), run).isEmpty());
    }

    /** What the calibration errors of a run were measured with. */
    static EvaluationOptions options(RunFacts run) {
        return run.evaluation().map(StoredEvaluation::options).orElse(EvaluationOptions.DEFAULT);
    }

    /** Whether all calibration errors were measured with the same bins, laid out and filled alike. */
    static boolean sameBins(List<EvaluationOptions> options) {
        return options.stream().map(EvaluationOptions::words).distinct().count() < 2;
    }
}
