package dev.assay.report.page;

import dev.assay.math.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run with what was measured. */
record Measured(String name, StoredEvaluation evaluation) {
    /** Those of the runs that were measured. */
    static List<Measured> of(List<RunFacts> runs) {
        return runs.stream()
                .flatMap(run -> run.evaluation().stream().map(each -> new Measured(run.name(), each)))
                .toList();
    }

    /** The numbers of a source or an average. */
    Optional<StoredEvaluation.Row> row(String source) {
        return evaluation.all().stream()
                .filter(row -> row.name().equals(source))
                .findFirst();
    }

    /** One number; NaN where it was not measured. */
    Estimate estimate(String source, String key) {
        return row(source).map(row -> row.estimate(key)).orElse(new Estimate(Double.NaN, Double.NaN, Double.NaN));
    }

    /** All pairs; all different numbers where runs were measured on different ones. */
    static String n(List<Measured> runs) {
        return runs.stream()
                .map(run -> Words.count(run.evaluation.n()))
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /** The pairs of a source; all different numbers where runs were measured on different ones. */
    static String n(List<Measured> runs, String source) {
        return String.join(
                " / ",
                runs.stream()
                        .flatMap(run -> run.row(source).stream())
                        .map(row -> Words.count(row.count("n")))
                        .distinct()
                        .toList());
    }
}
