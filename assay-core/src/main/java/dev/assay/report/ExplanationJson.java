package dev.assay.report;

import dev.assay.reward.Explanation;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.ScoredPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Explanations as the JSON that scripts rely on. Of one answer {@code {"reward", "tokens", "truncated",
 * "standard_error_bound", "explanation": {"kind", "label", "value", ...}}}; a mixture has {@code "objectives": [{"name",
 * "reward", "original", "gate", "coefficient", "contribution", "standard_error"}]}, whose contributions add up to the reward. Of
 * a pair {@code {"difference", "standard_error_bound", "preferred", "decided_by", "turns_without", "differences": [{"name",
 * "difference", "standard_error", "chosen", "rejected"}], "chosen", "rejected"}}. What is not known is left out.
 */
public final class ExplanationJson {
    private ExplanationJson() {}

    /** One reward, as maps and lists. */
    public static Map<String, Object> of(Reward reward) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reward", reward.value());
        json.put("tokens", reward.tokens());
        json.put("truncated", reward.truncated());
        if (reward.explanation() instanceof Explanation.Mixture mixture) {
            known(json, "standard_error_bound", mixture.standardErrorBound());
        }
        json.put("explanation", node(reward.explanation()));
        return json;
    }

    /** A pair, the chosen answer first: two rewards, and what makes them differ where both are mixtures. */
    public static Map<String, Object> of(ScoredPair scored) {
        Map<String, Object> json = new LinkedHashMap<>();
        double difference = scored.difference();
        json.put("difference", difference);
        scored.explanation().ifPresent(pair -> known(json, "standard_error_bound", pair.standardErrorBound()));
        json.put("preferred", difference > 0 ? "chosen" : difference < 0 ? "rejected" : "neither");
        scored.explanation().ifPresent(pair -> {
            pair.decisive().ifPresent(one -> {
                json.put("decided_by", one.objective().name());
                json.put("turns_without", pair.turnsWithoutDecisive());
            });
            json.put(
                    "differences",
                    pair.differences().stream().map(ExplanationJson::difference).toList());
        });
        json.put("chosen", of(scored.first()));
        json.put("rejected", of(scored.second()));
        return json;
    }

    private static Map<String, Object> difference(PairExplanation.Difference one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", one.objective().name());
        json.put("difference", one.value());
        known(json, "standard_error", one.standardError());
        json.put("chosen", one.first());
        json.put("rejected", one.second());
        return json;
    }

    private static Map<String, Object> node(Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind(explanation));
        json.put("label", explanation.label());
        json.put("value", explanation.value());
        switch (explanation) {
            case Explanation.Leaf leaf -> {}
            case Explanation.Mixture mixture ->
                json.put(
                        "objectives",
                        mixture.parts().stream().map(ExplanationJson::part).toList());
            case Explanation.WeightedSum sum ->
                json.put(
                        "terms", sum.terms().stream().map(ExplanationJson::term).toList());
            case Explanation.Affine affine -> {
                json.put("scale", affine.scale());
                json.put("shift", affine.shift());
                json.put("input", node(affine.input()));
            }
            case Explanation.Opaque opaque -> json.put("evidence", nodes(opaque.evidence()));
        }
        return json;
    }

    private static List<Map<String, Object>> nodes(List<Explanation> explanations) {
        return explanations.stream().map(ExplanationJson::node).toList();
    }

    private static Map<String, Object> term(Explanation.Term term) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", term.weight());
        json.put("contribution", term.contribution());
        json.put("part", node(term.part()));
        return json;
    }

    private static Map<String, Object> part(ObjectivePart part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", part.objective().name());
        json.put("reward", part.reward());
        json.put("original", part.original());
        json.put("gate", part.gate());
        json.put("coefficient", part.coefficient());
        json.put("contribution", part.contribution());
        known(json, "standard_error", part.standardError());
        return json;
    }

    private static void known(Map<String, Object> json, String key, double value) {
        if (!Double.isNaN(value)) {
            json.put(key, value);
        }
    }

    private static String kind(Explanation explanation) {
        return switch (explanation) {
            case Explanation.Leaf leaf -> "number";
            case Explanation.Mixture mixture -> "mixture";
            case Explanation.WeightedSum sum -> "sum";
            case Explanation.Affine affine -> "affine";
            case Explanation.Opaque opaque -> "network";
        };
    }
}
