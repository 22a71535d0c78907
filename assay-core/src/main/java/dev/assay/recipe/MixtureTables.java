package dev.assay.recipe;

import dev.assay.math.RegressionQuality;
import dev.assay.method.armorm.CategoryMixture;
import dev.assay.method.armorm.Debiasing;
import dev.assay.method.armorm.GateCheck;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.MixtureComparison;
import dev.assay.method.armorm.ObjectiveDebias;
import dev.assay.report.EvaluationTable;
import dev.assay.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The account of a mixture as tables for people. */
final class MixtureTables {
    /** Under each table of objectives. */
    static final String FEW = "Intervals of 95 % take prompts for independent, not answers; a dash where fewer than "
            + RegressionQuality.FEWEST + " prompts give none\n";

    private final MixtureAccount account;

    private MixtureTables(MixtureAccount account) {
        this.account = account;
    }

    /** Tables with intervals of 95 %. */
    static String text(MixtureAccount account) {
        return new MixtureTables(account).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (!account.states().isEmpty()) {
            text.append(account.states()).append("\n\n");
        }
        text.append("Objectives, measured on ").append(account.measuredOn()).append("\n\n");
        TextTable probes = new TextTable("objective", "rated", "n", "prompts", "R2", "Spearman", "MSE", "penalty");
        account.objectives()
                .forEach(fit -> probes.row(List.of(
                        fit.objective().name(),
                        Integer.toString(fit.rows()),
                        Integer.toString(fit.quality().rows()),
                        Integer.toString(fit.quality().clusters()),
                        EvaluationTable.plain(fit.quality().rSquared()),
                        EvaluationTable.plain(fit.quality().spearman()),
                        EvaluationTable.plain(fit.quality().meanSquaredError()),
                        number(fit.penalty()) + (fit.atEdge() ? " (edge)" : ""))));
        text.append(probes.text()).append(FEW);
        account.debiasing().ifPresent(found -> debias(text, found));
        gate(text);
        account.comparison().ifPresent(found -> compare(text, found));
        if (!account.categories().isEmpty()) {
            mixtures(text);
        }
        if (!account.unpublished().isEmpty()) {
            text.append("\nOther readers of the model's folder, which know the published layout alone, miss:\n");
            account.unpublished().forEach(each -> text.append("- ").append(each).append('\n'));
        }
        return text.toString();
    }

    private void debias(StringBuilder text, Debiasing found) {
        text.append("\nCorrelation with the nuisance, before and after\n\n");
        List<String> headings = new ArrayList<>(List.of("objective", "penalty"));
        account.training().ifPresent(check -> headings.addAll(headings("training", check)));
        account.measured().ifPresent(check -> headings.addAll(headings("measured", check)));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (int k = 0; k < account.objectives().size(); k++) {
            ObjectiveDebias each = found.objectives().get(k);
            List<String> row = new ArrayList<>(List.of(each.objective().name(), number(each.penalty())));
            int at = k;
            Stream.of(account.training(), account.measured())
                    .flatMap(Optional::stream)
                    .forEach(check -> row.addAll(List.of(
                            EvaluationTable.plain(check.before().get(at)),
                            EvaluationTable.plain(check.after().get(at)))));
            table.row(row);
        }
        text.append(table.text());
        warn(text, found.warnings());
    }

    private static List<String> headings(String pairs, NuisanceCheck check) {
        String n = " (n = " + check.responses() + ", " + check.prompts() + " prompts)";
        return List.of(pairs + " before" + n, "after");
    }

    private void gate(StringBuilder text) {
        GateFit gate = account.gate();
        GateCheck check = account.check();
        text.append(String.format(
                Locale.ROOT,
                "%nGate: trained on %d pairs; best of %d looks at %d held-out pairs (%d prompts) after step %d: loss %.4f,"
                        + " accuracy %s, beta %.1f; best fixed mixture there %s%n",
                gate.trainingPairs(),
                gate.looks().size(),
                gate.heldOutPairs(),
                check.prompts(),
                gate.best().step(),
                gate.best().heldOutLoss(),
                EvaluationTable.percent(check.gate()),
                gate.best().scale(),
                EvaluationTable.percent(check.mixture())));
        warn(text, check.warnings());
    }

    private static void warn(StringBuilder text, List<String> warnings) {
        warnings.forEach(warning -> text.append("Warning: ").append(warning).append('\n'));
    }

    /** One column a category; the true share behind the one found, where it is known. */
    private void mixtures(StringBuilder text) {
        text.append("\nWhat the gate makes of each category, which it was not told of: mean share of each objective");
        account.recovery()
                .ifPresent(found -> text.append(
                        String.format(Locale.ROOT, "; in brackets the true one (correlation %.3f)", found)));
        text.append("\n\n");
        List<String> headings = new ArrayList<>(List.of("objective"));
        account.categories().forEach(each -> headings.add(each.category() + " (n = " + each.pairs() + ")"));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (int k = 0; k < account.objectives().size(); k++) {
            List<String> row = new ArrayList<>(
                    List.of(account.objectives().get(k).objective().name()));
            for (CategoryMixture each : account.categories()) {
                double[] truth = account.truth().get(each.category());
                row.add(String.format(Locale.ROOT, "%.2f", each.shares()[k])
                        + (truth == null ? "" : String.format(Locale.ROOT, " (%.2f)", truth[k])));
            }
            table.row(row);
        }
        text.append(table.text());
    }

    private static void compare(StringBuilder text, MixtureComparison found) {
        text.append("\nThe gate against other mixtures of the same objectives, on ")
                .append(found.pairs())
                .append(" measured pairs of ")
                .append(found.prompts())
                .append(" prompts; intervals and p-values are over prompts\n\n");
        TextTable table = new TextTable("reward", "n", "accuracy", "gate minus this, points", "p");
        for (MixtureComparison.Entry entry : found.entries()) {
            table.row(List.of(
                    entry.name(),
                    Integer.toString(found.pairs()),
                    EvaluationTable.percent(entry.accuracy()),
                    entry.gateAhead()
                            .map(ahead -> EvaluationTable.number("%+.1f", ahead.estimate(), 100))
                            .orElse(""),
                    entry.gateAhead()
                            .filter(ahead -> ahead.estimate().hasInterval())
                            .map(ahead -> probability(ahead.pValue()))
                            .orElse("")));
        }
        text.append(table.text());
    }

    private static String probability(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
