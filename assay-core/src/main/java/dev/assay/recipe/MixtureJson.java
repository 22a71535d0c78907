package dev.assay.recipe;

import dev.assay.math.Estimate;
import dev.assay.math.PairedDifference;
import dev.assay.method.armorm.Debiasing;
import dev.assay.method.armorm.GateCheck;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.MixtureComparison;
import dev.assay.method.armorm.ObjectiveDebias;
import dev.assay.method.armorm.ObjectiveFit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The account of a mixture as JSON for scripts. */
final class MixtureJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private MixtureJson() {}

    /** All of it; what is not a number is null. */
    static String text(MixtureAccount account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", MixtureAccount.LEVEL);
        json.put("measuredOn", account.measuredOn());
        json.put(
                "objectives",
                account.objectives().stream().map(MixtureJson::objective).toList());
        account.debiasing().ifPresent(found -> json.put("debias", debias(account, found)));
        GateFit gate = account.gate();
        Map<String, Object> course = new LinkedHashMap<>();
        course.put("input", gate.input().name().toLowerCase(Locale.ROOT));
        course.put("trainingPairs", gate.trainingPairs());
        course.put("heldOutPairs", gate.heldOutPairs());
        course.put("bestStep", gate.best().step());
        course.put("heldOutLoss", gate.best().heldOutLoss());
        GateCheck check = account.check();
        course.put("heldOutPrompts", check.prompts());
        course.put("heldOutAccuracy", estimate(check.gate()));
        course.put("fixedMixtureHeldOutAccuracy", estimate(check.mixture()));
        course.put("aheadOfFixedMixture", difference(check.ahead()));
        course.put("scale", gate.best().scale());
        course.put("warnings", check.warnings());
        json.put("gate", course);
        account.comparison().ifPresent(found -> json.put("comparison", comparison(found)));
        if (!account.categories().isEmpty()) {
            json.put("mixtures", mixtures(account));
        }
        account.recovery().ifPresent(found -> json.put("recovery", found));
        json.put("unpublished", account.unpublished());
        return JSON.writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> objective(ObjectiveFit fit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", fit.objective().name());
        json.put("low", fit.objective().scale().low());
        json.put("high", fit.objective().scale().high());
        json.put("rated", fit.rows());
        json.put("penalty", fit.penalty());
        json.put("atEdge", fit.atEdge());
        json.put("n", fit.quality().rows());
        json.put("prompts", fit.quality().clusters());
        json.put("rSquared", estimate(fit.quality().rSquared()));
        json.put("spearman", estimate(fit.quality().spearman()));
        json.put("meanSquaredError", estimate(fit.quality().meanSquaredError()));
        return json;
    }

    private static Map<String, Object> debias(MixtureAccount account, Debiasing found) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ObjectiveDebias each : found.objectives()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", each.objective().name());
            row.put("penalty", each.penalty());
            row.put("reached", each.reached());
            rows.add(row);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        account.training().ifPresent(check -> json.put("training", check(check, rows, "before", "after")));
        account.measured()
                .ifPresent(check -> json.put("measured", check(check, rows, "measuredBefore", "measuredAfter")));
        json.put("objectives", rows);
        json.put("warnings", found.warnings());
        return json;
    }

    /** Adds the correlations to the rows; what they were measured on is returned. */
    private static Map<String, Integer> check(
            NuisanceCheck check, List<Map<String, Object>> rows, String before, String after) {
        for (int k = 0; k < rows.size(); k++) {
            rows.get(k).put(before, estimate(check.before().get(k)));
            rows.get(k).put(after, estimate(check.after().get(k)));
        }
        return Map.of("n", check.responses(), "prompts", check.prompts());
    }

    private static Map<String, Object> mixtures(MixtureAccount account) {
        Map<String, Object> mixtures = new LinkedHashMap<>();
        account.categories().forEach(category -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("n", category.pairs());
            one.put("shares", category.shares());
            one.put("deviations", category.deviations());
            double[] truth = account.truth().get(category.category());
            if (truth != null) {
                one.put("truth", truth);
            }
            mixtures.put(category.category(), one);
        });
        return mixtures;
    }

    private static Map<String, Object> comparison(MixtureComparison found) {
        Map<String, Object> entries = new LinkedHashMap<>();
        found.entries().forEach(entry -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("accuracy", estimate(entry.accuracy()));
            entry.gateAhead().ifPresent(ahead -> one.put("gateAhead", difference(ahead)));
            if (entry.weights().length > 0) {
                one.put("weights", entry.weights());
            }
            entries.put(entry.name(), one);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", found.pairs());
        json.put("prompts", found.prompts());
        json.put("rewards", entries);
        return json;
    }

    /** What is not a number, for want of a second prompt, is left out. */
    private static @Nullable Map<String, @Nullable Double> difference(PairedDifference difference) {
        Map<String, @Nullable Double> json = estimate(difference.estimate());
        if (json != null && difference.estimate().hasInterval()) {
            json.put("p", difference.pValue());
        }
        return json;
    }

    private static @Nullable Map<String, @Nullable Double> estimate(Estimate estimate) {
        if (Double.isNaN(estimate.value())) {
            return null;
        }
        Map<String, @Nullable Double> json = new LinkedHashMap<>();
        json.put("value", estimate.value());
        json.put("low", estimate.hasInterval() ? estimate.low() : null);
        json.put("high", estimate.hasInterval() ? estimate.high() : null);
        return json;
    }
}
