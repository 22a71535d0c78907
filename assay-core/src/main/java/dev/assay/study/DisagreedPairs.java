package dev.assay.study;

import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.agreement.Agreement;
import dev.assay.evaluation.agreement.DisagreedPair;
import dev.assay.recipe.RecipeData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The pairs that the sources' own models differ about most, with their texts: what a conflict looks like. */
final class DisagreedPairs {
    static final String FILE = "disagreed.jsonl";

    private static final int MOST = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DisagreedPairs() {}

    /** A JSON line a pair of the first seed, the most disagreed first, with the difference d of every model. */
    static String lines(Measured measured, Agreement agreement) {
        StudyPlan plan = measured.plan();
        Map<String, PreferenceSource> texts = RecipeData.read(
                        plan.members().getFirst().recipe())
                .measured()
                .stream()
                .collect(Collectors.toMap(PreferenceSource::name, Function.identity()));
        StringBuilder lines = new StringBuilder();
        for (DisagreedPair pair : agreement.mostDisagreed(MOST)) {
            PreferenceSource source = texts.get(pair.source());
            if (source == null) {
                throw new IllegalStateException("scores of " + pair.source() + ", which the recipe does not measure");
            }
            lines.append(JSON.writeValueAsString(
                            tree(measured, pair, source.pairs().get(pair.index()))))
                    .append('\n');
        }
        return lines.toString();
    }

    private static Map<String, Object> tree(Measured measured, DisagreedPair pair, PreferencePair text) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", pair.source());
        json.put("index", pair.index());
        json.put("place", text.origin().place());
        json.put("disagreement", pair.disagreement());
        json.put("prompt", text.prompt().text());
        json.put("chosen", text.chosen().text());
        json.put("rejected", text.rejected().text());
        text.strength().trueProbability().ifPresent(truth -> json.put("trueProbability", truth));
        Map<String, Double> differences = new LinkedHashMap<>();
        int source = measured.testSources().indexOf(pair.source());
        for (Model model : measured.plan().models()) {
            differences.put(
                    model.name(),
                    measured.firstSeed(model)
                            .get(source)
                            .pairs()
                            .get(pair.index())
                            .difference());
        }
        json.put("differences", differences);
        return json;
    }
}
