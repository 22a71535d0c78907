package dev.assay.recipe;

import dev.assay.math.RegressionQuality;
import dev.assay.method.armorm.CategoryMixture;
import dev.assay.method.armorm.Debiasing;
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
        found.warnings()
                .forEach(warning -> text.append("Warning: ").append(warning).append('\n'));
    }

    private static List<String> headings(String pairs, NuisanceCheck check) {
        String n = " (n = " + check.responses() + ", " + check.prompts() + " prompts)";
        return List.of(pairs + " before" + n, "after");
    }

    private void gate(StringBuilder text) {
        GateFit gate = account.gate();
        text.append(String.format(
                Locale.ROOT,
                "%nGate: trained on %d pairs; best of %d looks at %d held-out pairs after step %d: loss %.4f, accuracy"
                        + " %s, beta %.1f%n",
                gate.trainingPairs(),
                gate.looks().size(),
                gate.heldOutPairs(),
                gate.best().step(),
                gate.best().heldOutLoss(),
                EvaluationTable.percent(account.heldOutAccuracy()),
                gate.best().scale()));
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
                .append(" measured pairs\n\n");
        TextTable table = new TextTable("reward", "n", "accuracy");
        found.entries()
                .forEach(entry -> table.row(List.of(
                        entry.name(), Integer.toString(found.pairs()), EvaluationTable.percent(entry.accuracy()))));
        text.append(table.text());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
