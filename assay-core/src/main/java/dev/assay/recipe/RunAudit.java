package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.data.Preference;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.audit.DataAudit;
import dev.assay.data.audit.Finding;
import dev.assay.data.audit.TrainingRows;
import dev.assay.data.format.RowFaults;
import dev.assay.report.AuditVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What the audit of a run's rows came to.
 *
 * @param verdicts on the training rows, then on the rows that were measured on
 * @param words what was audited, or why nothing was
 */
record RunAudit(List<AuditVerdict> verdicts, String words) {
    /** So many rows are audited within seconds, which a training's end may take. */
    private static final int FEW = 20_000;

    /** Whether the page at a training's end holds an audit: where it would keep nobody waiting. */
    static RunReports.Audit atTheEnd(RunData data) {
        long pairs = data.train().stream()
                        .mapToLong(source -> source.available().size())
                        .sum()
                + data.measured().stream()
                        .mapToLong(source -> source.pairs().size())
                        .sum();
        return pairs <= FEW ? RunReports.Audit.YES : RunReports.Audit.NO;
    }

    static RunAudit none(String why) {
        return new RunAudit(List.of(), why);
    }

    /** Reads the rows of a recipe again; where they have moved, the report goes without. */
    static RunAudit of(Recipe recipe) {
        try {
            return of(RunData.read(recipe));
        } catch (AssayException e) {
            return none("The data could not be audited: " + e.getMessage());
        }
    }

    private static RunAudit of(RunData data) {
        List<PreferenceSource> training = data.train().stream()
                .map(source -> new PreferenceSource(source.name(), pairs(source.available())))
                .toList();
        TrainingRows rows = TrainingRows.of(training);
        List<Finding> findings = new ArrayList<>();
        training.forEach(source -> findings.addAll(DataAudit.ofTraining(source, RowFaults.NONE, rows)));
        data.measured().forEach(source -> findings.addAll(DataAudit.ofTest(tested(source), RowFaults.NONE, rows)));
        long trained =
                training.stream().mapToLong(source -> source.pairs().size()).sum();
        long measured = data.measured().stream()
                .mapToLong(source -> source.pairs().size())
                .sum();
        List<AuditVerdict> verdicts = findings.stream().map(AuditVerdict::of).toList();
        long found = verdicts.stream().filter(AuditVerdict::isFound).count();
        return new RunAudit(
                verdicts,
                "Audited: " + trained + " training pairs and " + measured
                        + " test pairs, for copies, contradictions, leaks"
                        + " from training to test, cut and empty answers, and length bias. "
                        + (found == 0 ? "Nothing suspicious was found." : found + " findings."));
    }

    /** The test part of a source has the source's name too; a report must tell them apart. */
    private static PreferenceSource tested(PreferenceSource source) {
        return new PreferenceSource(source.name() + " (test)", source.pairs());
    }

    private static List<PreferencePair> pairs(List<Preference> rows) {
        return rows.stream().flatMap(row -> row.pairsAndTies().stream()).toList();
    }
}
