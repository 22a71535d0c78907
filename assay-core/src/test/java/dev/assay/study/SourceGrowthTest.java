package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each further source is worth. */
class SourceGrowthTest {
    @TempDir
    Path folder;

    private StudyPlan plan(List<Scheme> schemes, String... order) {
        return SourceGrowth.plan(TinyStudy.recipe(), folder, List.of(1L), schemes, List.of(order));
    }

    private static JsonNode json(StudyResult result) {
        return JsonMapper.shared().readTree(result.jsonText());
    }

    /** MODEL - BASELINE of each comparison by a measure. */
    private static List<String> compared(StudyResult result, String measure) {
        return json(result)
                .get("differences")
                .valueStream()
                .filter(row -> row.get("measure").asString().equals(measure))
                .map(row -> row.get("model").asString() + " - "
                        + row.get("baseline").asString())
                .toList();
    }

    @Test
    void sources_are_added_one_by_one_and_measured_on_all_and_on_those_that_were_learnt() {
        StudyPlan plan = SourceGrowth.plan(
                TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.MULTITASK, Scheme.MORE), List.of());
        TinyStudy counting = new TinyStudy();
        StudyScores scores = new StudyRuns(plan).execute(counting);
        assertThat(counting.trained)
                .containsExactly(
                        "multitask-helper.guard-seed-1", "multitask-seed-1", "more-helper.guard-seed-1", "more-seed-1");
        StudyResult result = SourceGrowth.of(scores);
        JsonNode two = json(result).get("models").get("MORE, K = 2");
        double learnt = Stream.of("helper", "guard")
                .mapToDouble(source ->
                        two.get("accuracyBySource").get(source).get("value").asDouble())
                .average()
                .orElseThrow();
        assertThat(two.get("learntAccuracy").get("value").asDouble())
                .isCloseTo(learnt, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(result.pictures()).containsOnlyKeys("ece", "accuracy");
        assertThat(result.text())
                .contains("Minus MultiTask on the same K sources")
                .contains("corrected after Holm for the 2 rows")
                .contains("A step of MultiTask and MORE has 12 pairs at every K.");
        ModelComparison direct = ModelComparison.of(
                scores.of(plan.models().get(0), 1), scores.of(plan.models().get(2), 1), EvaluationOptions.DEFAULT);
        JsonNode first = json(result).get("differences").get(0);
        assertThat(first.get("model").asString()).isEqualTo("MORE, K = 2");
        assertThat(first.get("baseline").asString()).isEqualTo("MultiTask, K = 2");
        assertThat(first.get("difference").get("value").asDouble())
                .isEqualTo(Objects.requireNonNull(direct.average().get(Metric.ACCURACY))
                        .estimate()
                        .value());
        assertThatThrownBy(() ->
                        SourceGrowth.plan(TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.ENSEMBLE), List.of()))
                .hasMessageContaining("only multitask, sequential and more");
    }

    @Test
    void a_batch_that_sources_do_not_divide_is_said_by_the_study_and_by_the_run() throws IOException {
        StudyPlan plan = SourceGrowth.plan(
                TinyStudy.recipe("training.batch-size=10"), folder, List.of(1L), List.of(Scheme.MULTITASK), List.of());
        StudyResult result = SourceGrowth.of(new StudyRuns(plan).execute(new TinyStudy()));
        assertThat(result.text())
                .contains("Mind the pairs of a step of MultiTask and MORE: 10 at K = 2, 9 at K = 3, not the 10");
        assertThat(Files.readString(folder.resolve("runs/multitask-seed-1/assay.log")))
                .contains("stage train: 9 rows a step in place of the 10 of training.batch-size")
                .contains("3 of each of 3 sources");
        assertThat(Files.readString(folder.resolve("runs/multitask-helper.guard-seed-1/assay.log")))
                .doesNotContain("in place of");
    }

    @Test
    void all_sources_are_compared_with_two_for_each_scheme_by_itself() {
        StudyPlan plan = SourceGrowth.plan(
                TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.MULTITASK, Scheme.MORE), List.of());
        StudyResult result = SourceGrowth.of(new StudyRuns(plan).execute(new TinyStudy()));
        assertThat(compared(result, "ece"))
                .containsExactly(
                        "MORE, K = 2 - MultiTask, K = 2",
                        "MORE, K = 3 - MultiTask, K = 3",
                        "MultiTask, K = 3 - MultiTask, K = 2",
                        "MORE, K = 3 - MORE, K = 2");
        assertThat(result.text()).contains("Minus the same with K = 2 (paired bootstrap over n = 60 pairs");
    }

    @Test
    void another_order_adds_other_sources_and_shares_the_training_on_all() {
        new StudyRuns(plan(SourceGrowth.USUAL)).execute(new TinyStudy());
        StudyPlan turned = plan(SourceGrowth.USUAL, "terse", "guard", "helper");
        TinyStudy counting = new TinyStudy();
        StudyResult result = SourceGrowth.of(new StudyRuns(turned).execute(counting));
        assertThat(counting.trained).containsExactly("multitask-terse.guard-seed-1", "more-terse.guard-seed-1");
        assertThat(result.text()).contains("in the order terse, guard, helper.");
        assertThat(result.reproduction().command()).contains("--order terse,guard,helper");
        assertThat(compared(result, "ece"))
                .startsWith("MORE, K = 2 - MultiTask, K = 2", "MORE, K = 3 - MultiTask, K = 3");
        assertThat(SourceGrowth.order(plan(SourceGrowth.USUAL))).isEmpty();
        assertThat(SourceGrowth.order(plan(List.of(Scheme.SEQUENTIAL), "guard", "helper", "terse")))
                .contains(List.of("guard", "helper", "terse"));
    }

    @Test
    void an_order_has_every_source_once() {
        for (String[] order :
                List.of(new String[] {"helper", "guard"}, new String[] {"helper", "guard", "guard"}, new String[] {
                    "helper", "guard", "sage"
                })) {
            assertThatThrownBy(() -> plan(SourceGrowth.USUAL, order))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("--order " + String.join(",", order)
                            + " has not every training source once; they are helper,guard,terse");
        }
    }

    @Test
    void recalibrated_rows_are_compared_at_each_number_of_sources_and_have_lines_of_their_own() {
        StudyPlan plan = plan(SourceGrowth.USUAL);
        StudyScores plain = new StudyRuns(plan).execute(new TinyStudy());
        StudyResult before = SourceGrowth.of(plain);
        StudyResult result = SourceGrowth.of(plain.recalibrated(RecalibrationKind.TEMPERATURE));
        List<String> asBefore = compared(before, "ece");
        List<String> all = compared(result, "ece");
        assertThat(all.subList(0, asBefore.size())).isEqualTo(asBefore);
        assertThat(all.subList(asBefore.size(), all.size()))
                .containsExactly(
                        "MultiTask, K = 2 - MultiTask, K = 2, temperature",
                        "MultiTask, K = 3 - MultiTask, K = 3, temperature",
                        "MORE, K = 2 - MultiTask, K = 2, temperature",
                        "MORE, K = 3 - MultiTask, K = 3, temperature",
                        "MORE, K = 2, temperature - MultiTask, K = 2, temperature",
                        "MORE, K = 3, temperature - MultiTask, K = 3, temperature",
                        "MultiTask, K = 3, temperature - MultiTask, K = 2, temperature",
                        "MORE, K = 3, temperature - MORE, K = 2, temperature");
        assertThat(compared(result, "accuracy")).isEqualTo(compared(before, "accuracy"));
        assertThat(result.text())
                .contains("Fitted maps", "What a scheme gains over \"MultiTask, temperature\" it gains beyond");
        assertThat(svg(result, "ece")).contains("MORE, temperature");
        assertThat(svg(result, "accuracy")).doesNotContain("temperature");
    }

    private static String svg(StudyResult result, String picture) {
        return Objects.requireNonNull(result.pictures().get(picture)).figure().svg();
    }
}
