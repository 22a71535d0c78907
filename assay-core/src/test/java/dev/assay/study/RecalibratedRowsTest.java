package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.CrossFit;
import dev.assay.evaluation.calibration.PromptHalves;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.math.StudentInterval;
import dev.assay.recipe.RecipeData;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows that say what one number fitted afterwards would have given. */
class RecalibratedRowsTest {
    @TempDir
    Path folder;

    @Test
    void every_row_stands_a_second_time_and_nothing_is_trained_for_it() {
        StudyPlan plan = TinyStudy.plan(folder, List.of(1L, 2L));
        StudyScores plain = new StudyRuns(plan).execute(new TinyStudy());
        TinyStudy second = new TinyStudy();
        StudyScores scores = new StudyRuns(plan).execute(second).recalibrated(RecalibrationKind.TEMPERATURE);
        assertThat(second.trained).isEmpty();
        assertThat(scores.plan().members()).isEqualTo(plan.members());
        JsonNode before = json(CrossSource.of(plain)).get("models");
        StudyResult result = CrossSource.of(scores);
        JsonNode models = json(result).get("models");
        for (Model model : plan.models()) {
            JsonNode row = models.get(model.name() + ", temperature");
            assertThat(models.get(model.name())).isEqualTo(before.get(model.name()));
            assertThat(row.get("accuracy").get("perSeed"))
                    .isEqualTo(before.get(model.name()).get("accuracy").get("perSeed"));
            assertThat(row.get("runs")).isEqualTo(before.get(model.name()).get("runs"));
            JsonNode halves = row.get("recalibration").get("T").get("halves");
            double mean = 0;
            for (JsonNode half : halves) {
                mean += (half.get(0).asDouble() + half.get(1).asDouble()) / 4;
            }
            assertThat(row.get("recalibration").get("T").get("value").asDouble())
                    .isCloseTo(mean, within(Tolerances.DOUBLE_ALGEBRA));
        }
        assertThat(result.text())
                .contains("Fitted maps, with each seed the mean of both halves")
                .contains("no pair is judged by a map that has seen it");
        assertThat(result.tables().getFirst().rows())
                .extracting(List::getFirst)
                .containsExactlyElementsOf(Stream.concat(plan.models().stream().map(Model::name), Stream.of("Top"))
                        .toList());
        assertThat(result.tables().get(1).rows()).extracting(List::getFirst).contains("MORE", "MORE, temperature");
        assertThat(result.pictures().get("radar"))
                .extracting(picture -> picture.figure().svg())
                .asString()
                .doesNotContain("temperature");
        assertThat(result.reproduction().command()).contains("--recalibrate temperature");
    }

    @Test
    void the_numbers_of_a_row_are_those_of_its_recalibrated_differences() {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L));
        StudyScores plain = new StudyRuns(plan).execute(new TinyStudy());
        Model more = Model.mixed(Scheme.MORE);
        PromptHalves halves = PromptHalves.of(
                RecipeData.read(plan.members().getFirst().recipe()).measured(), 0);
        for (RecalibrationKind kind : RecalibrationKind.values()) {
            StudyScores scores = plain.recalibrated(kind);
            List<PairScores> byHand =
                    CrossFit.of(kind, plain.of(more, 1), halves).scores();
            EvaluationResult direct = new Evaluator(EvaluationOptions.DEFAULT).evaluate(byHand);
            JsonNode row = json(CrossSource.of(scores))
                    .get("models")
                    .get(more.recalibrated(kind).name());
            assertThat(row.get("ece").get("value").asDouble())
                    .isEqualTo(direct.average().get(Metric.ECE).value());
            assertThat(row.get("pooledEce").get("value").asDouble())
                    .isEqualTo(direct.pooled().get(Metric.ECE).value());
            assertThat(row.get("nll").get("value").asDouble())
                    .isEqualTo(direct.average().get(Metric.NLL).value())
                    .isNotEqualTo(new Evaluator(EvaluationOptions.DEFAULT)
                            .evaluate(plain.of(more, 1))
                            .average()
                            .get(Metric.NLL)
                            .value());
        }
    }

    @Test
    void plain_and_recalibrated_rows_are_compared_with_the_recalibrated_baseline_seed_by_seed() {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L, 2L, 3L));
        StudyScores plain = new StudyRuns(plan).execute(new TinyStudy());
        StudyScores scores = plain.recalibrated(RecalibrationKind.TEMPERATURE);
        Measured measured = new Measured(scores);
        List<Measure> measures = List.of(Measure.AVERAGE, Measure.NLL);
        List<Differences> families = Differences.among(measured, measures);
        assertThat(families.getFirst())
                .isEqualTo(Differences.among(new Measured(plain), measures).getFirst());
        List<String> compared = new ArrayList<>();
        families.forEach(family -> family.rows()
                .forEach(row -> compared.add(row.model().name() + " - "
                        + row.baseline().name() + ": " + row.measure().title())));
        assertThat(compared)
                .containsExactly(
                        "MORE - MultiTask: Avg",
                        "MORE - MultiTask: NLL",
                        "MultiTask - MultiTask, temperature: NLL",
                        "MORE - MultiTask, temperature: NLL",
                        "MORE, temperature - MultiTask, temperature: NLL");
        SchemeDifference last = families.getLast().rows().getLast();
        double[] own = measured.values(last.model(), Measure.NLL);
        double[] other = measured.values(last.baseline(), Measure.NLL);
        assertThat(last.difference())
                .isEqualTo(StudentInterval.of(
                        new double[] {own[0] - other[0], own[1] - other[1], own[2] - other[2]}, 0.95));
    }

    /** Only a temperature at its bound was told; the other kinds and a handful of pairs went without a word. */
    @Test
    void maps_that_their_pairs_cannot_tell_are_named_whatever_their_kind() {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L), "data.simulated.test-pairs=8");
        List<PairScores> allRight = RecipeData.read(plan.members().getFirst().recipe()).measured().stream()
                .map(source -> new PairScores(
                        source.name(),
                        source.pairs().stream()
                                .map(pair -> PairScore.of(pair, 1, 0))
                                .toList()))
                .toList();
        Map<Model, Map<Long, List<PairScores>>> scores = new HashMap<>();
        plan.models().forEach(model -> scores.put(model, Map.of(1L, allRight)));
        for (RecalibrationKind kind : List.of(RecalibrationKind.TEMPERATURE, RecalibrationKind.PLATT)) {
            String rows = "MultiTask, %1$s, MORE, %1$s".formatted(kind.name().toLowerCase(Locale.ROOT));
            assertThat(CrossSource.of(new StudyScores(plan, scores).recalibrated(kind))
                            .text())
                    .contains("Mind the map of " + rows + ": it lies at the end of its range")
                    .contains("Mind the map of " + rows + ": it was fitted on fewer than 30 pairs");
        }
    }

    /** Two rows of one name would be one in study.json. */
    @Test
    void a_variant_cannot_have_the_name_of_a_recalibrated_row() {
        StudyPlan plan =
                TinyStudy.small(folder, List.of(1L)).with(List.of(Variant.parse("MORE, platt: training.max-steps=2")));
        assertThatThrownBy(() -> plan.recalibrated(RecalibrationKind.PLATT))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("--variant MORE, platt: so --recalibrate calls a row of its own");
        assertThat(plan.recalibrated(RecalibrationKind.TEMPERATURE).models()).hasSize(6);
    }

    private static JsonNode json(StudyResult result) {
        return JsonMapper.shared().readTree(result.jsonText());
    }
}
