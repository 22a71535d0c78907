package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.math.StudentInterval;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the studies beside the matrix ask is tested, and not only shown. */
class StudyDifferencesTest {
    @TempDir
    Path folder;

    private static List<JsonNode> differences(StudyResult result) {
        List<JsonNode> rows = new ArrayList<>();
        JsonMapper.shared().readTree(result.jsonText()).get("differences").forEach(rows::add);
        return rows;
    }

    @Test
    void the_last_place_of_a_source_is_compared_with_its_first_on_every_source_seed_by_seed() {
        StudyPlan plan = Sequence.positions(TinyStudy.recipe(), folder, List.of(1L, 2L), "guard");
        StudyScores scores = new StudyRuns(plan).execute(new TinyStudy());
        Measured measured = new Measured(scores);
        StudyResult result = Sequence.of(scores);
        List<JsonNode> rows = differences(result);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("model").asString()).isEqualTo("guard 3 of 3");
            assertThat(row.get("baseline").asString()).isEqualTo("guard 1 of 3");
        });
        JsonNode guard = rows.stream()
                .filter(row -> row.get("measure").asString().equals("guard"))
                .findFirst()
                .orElseThrow();
        double[] minus = measured.differences(
                plan.models().getLast(),
                plan.models().getFirst(),
                measured.accuracies().get(measured.testSources().indexOf("guard")));
        assertThat(guard.get("difference").get("value").asDouble())
                .isEqualTo(StudentInterval.of(minus, 0.95).value());
        assertThat(guard.get("pValue").asDouble()).isEqualTo(StudentInterval.pValue(minus));
        assertThat(result.text()).contains("Minus guard 1 of 3 (paired by seed, n = 2 seeds");
    }

    @Test
    void models_are_compared_on_agreed_and_on_disagreed_pairs() {
        for (List<Long> seeds : List.of(List.of(1L), List.of(1L, 2L))) {
            StudyPlan plan = StudyPlan.withJudges(
                    TinyStudy.recipe(), folder, seeds, List.of(Scheme.MULTITASK, Scheme.ENSEMBLE, Scheme.MORE));
            Measured measured = new Measured(new StudyRuns(plan).execute(new TinyStudy()));
            StudyResult result = AgreementStudy.of(measured.scores());
            JsonNode models = JsonMapper.shared().readTree(result.jsonText()).get("models");
            List<JsonNode> rows = differences(result);
            assertThat(rows).hasSize(2 * 2 * 3);
            for (JsonNode row : rows) {
                String[] path = row.get("measure").asString().split("\\.");
                double minus = number(models, row.get("model").asString(), path)
                        - number(models, row.get("baseline").asString(), path);
                JsonNode difference = row.get("difference");
                assertThat(difference.get("value").asDouble()).isCloseTo(minus, within(Tolerances.DOUBLE_ALGEBRA));
                assertThat(difference.get("low").asDouble()).isLessThanOrEqualTo(minus + Tolerances.DOUBLE_ALGEBRA);
                assertThat(row.get("pValueHolm").asDouble())
                        .isGreaterThanOrEqualTo(row.get("pValue").asDouble());
            }
            assertThat(result.text()).contains("Minus MultiTask on agreed pairs", "Minus MultiTask on disagreed pairs");
        }
    }

    private static double number(JsonNode models, String model, String... path) {
        return models.get(model).get(path[0]).get(path[1]).get("value").asDouble();
    }
}
