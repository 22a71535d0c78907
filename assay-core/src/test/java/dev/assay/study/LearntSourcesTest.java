package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** "Learnt" is what the model learnt from, also where it is tested on more, or on other sources. */
class LearntSourcesTest {
    @TempDir
    Path folder;

    /** The model of all training sources had all test sources in its mean, those it never learnt from among them. */
    @Test
    void the_model_of_all_training_sources_has_not_learnt_from_a_further_test_source() {
        JsonNode json = study(Map.of("helper", 8, "guard", 7, "terse", 6, "stranger", 1));
        assertThat(accuracy(json, "MORE, K = 2", "learntAccuracy")).isCloseTo(0.75, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(accuracy(json, "MORE, K = 3", "learntAccuracy")).isCloseTo(0.7, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(accuracy(json, "MORE, K = 3", "accuracy")).isCloseTo(0.55, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void tested_on_none_of_its_sources_a_model_has_no_such_number() {
        JsonNode json = study(Map.of("stranger", 6));
        assertThat(accuracy(json, "MORE, K = 2", "accuracy")).isCloseTo(0.6, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(json.get("models").get("MORE, K = 2").has("learntAccuracy")).isFalse();
    }

    private static double accuracy(JsonNode json, String model, String measure) {
        return json.get("models").get(model).get(measure).get("value").asDouble();
    }

    /** All models are right about so many of ten pairs of each source. */
    private JsonNode study(Map<String, Integer> right) {
        StudyPlan plan = SourceGrowth.plan(
                TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.MULTITASK, Scheme.MORE), List.of());
        List<PairScores> scores = new ArrayList<>();
        right.forEach((source, count) -> scores.add(source(source, count)));
        Map<Model, Map<Long, List<PairScores>>> all = new HashMap<>();
        plan.models().forEach(model -> all.put(model, Map.of(1L, scores)));
        return JsonMapper.shared()
                .readTree(SourceGrowth.of(new StudyScores(plan, all)).jsonText());
    }

    private static PairScores source(String name, int right) {
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pairs.add(new PairScore(i < right ? 1 : -1, 0, Strength.HARD, Origin.of(name, "by hand", i + 1L)));
        }
        return new PairScores(name, pairs);
    }
}
