package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Estimate;
import dev.assay.math.HolmCorrection;
import dev.assay.math.StudentInterval;
import dev.assay.recipe.PairScoring;
import dev.assay.recipe.RecipeData;
import dev.assay.recipe.RewardModels;
import dev.assay.recipe.RunReports;
import dev.assay.report.figure.Axis;
import dev.assay.report.figure.DensityPlot;
import dev.assay.report.figure.Radar;
import dev.assay.reward.RewardModel;
import dev.assay.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CrossSourceTest {
    @TempDir
    Path folder;

    @Test
    void the_matrix_is_what_each_stored_model_gives_when_it_is_evaluated_directly() {
        StudyPlan plan = TinyStudy.plan(folder, List.of(1L));
        StudyResult result = CrossSource.of(new StudyRuns(plan).execute(new TinyStudy()));
        JsonNode json = JsonMapper.shared().readTree(result.jsonText());
        for (Member member : plan.members()) {
            EvaluationResult direct = evaluated(member);
            JsonNode model = json.get("models").get(member.model().name());
            for (var source : direct.sources()) {
                JsonNode cell = model.get("accuracyBySource").get(source.source());
                assertSame(cell, source.get(Metric.ACCURACY));
            }
            assertSame(model.get("accuracy"), direct.average().get(Metric.ACCURACY));
            assertSame(model.get("ece"), direct.average().get(Metric.ECE));
            assertSame(model.get("trueEce"), direct.average().get(Metric.TRUE_ECE));
        }
        assertThat(result.text())
                .contains("60 test pairs of simulated annotators from 3 sources, seed 1 (of world and training)")
                .contains("Minus MultiTask");
    }

    private static EvaluationResult evaluated(Member member) {
        List<PreferenceSource> test = RecipeData.read(member.recipe()).measured();
        try (RewardModel model = RewardModels.load(member.recipe().output())) {
            List<PairScores> scores = test.stream()
                    .map(source -> PairScoring.of(model, source, done -> {}))
                    .toList();
            return new Evaluator(EvaluationOptions.DEFAULT).evaluate(scores);
        }
    }

    private static void assertSame(JsonNode cell, Estimate estimate) {
        assertThat(cell.get("value").asDouble()).isEqualTo(estimate.value());
        assertThat(cell.get("low").asDouble()).isEqualTo(estimate.low());
        assertThat(cell.get("high").asDouble()).isEqualTo(estimate.high());
    }

    @Test
    void one_seed_is_tested_on_every_measure_and_promises_no_ratio() {
        StudyScores scores = new StudyRuns(TinyStudy.small(folder, List.of(1L))).execute(new TinyStudy());
        StudyResult matrix = CrossSource.of(scores);
        assertThat(measures(matrix))
                .containsExactly(
                        "accuracy",
                        "weightedAccuracy",
                        "ece",
                        "pooledEce",
                        "trueEce",
                        "pooledTrueEce",
                        "probabilityError",
                        "brier",
                        "nll",
                        "absoluteDifference");
        StudyResult drift = Drift.of(scores);
        assertThat(measures(drift))
                .contains("rewardVariance", "absoluteDifference", "overconfidence", "positiveOutliers");
        for (StudyResult result : List.of(matrix, drift)) {
            JsonNode json = JsonMapper.shared().readTree(result.jsonText());
            for (JsonNode row : json.get("differences")) {
                double value = row.get("difference").get("value").asDouble();
                JsonNode models = json.get("models");
                String measure = row.get("measure").asString();
                double minus = models.get("MORE").get(measure).get("value").asDouble()
                        - models.get("MultiTask").get(measure).get("value").asDouble();
                assertThat(value).isCloseTo(minus, within(Tolerances.DOUBLE_ALGEBRA));
                assertThat(row.get("difference").get("low").asDouble()).isLessThanOrEqualTo(value);
                assertThat(row.get("pValue").asDouble()).isBetween(0.0, 1.0);
            }
            assertThat(result.text())
                    .contains("Minus MultiTask (paired bootstrap over n = 60 pairs")
                    .doesNotContain("divided by it")
                    .doesNotContain(" ratio");
        }
    }

    private static List<String> measures(StudyResult result) {
        List<String> measures = new ArrayList<>();
        JsonMapper.shared()
                .readTree(result.jsonText())
                .get("differences")
                .forEach(row -> measures.add(row.get("measure").asString()));
        return measures;
    }

    @Test
    void with_several_seeds_intervals_are_over_seeds_and_differences_are_paired_by_them() throws IOException {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L, 2L, 3L))
                .with(List.of(Variant.parse("small: training.max-steps=2")));
        StudyScores scores = new StudyRuns(plan).execute(new TinyStudy());
        Measured measured = new Measured(scores);
        Model more = Model.mixed(Scheme.MORE);
        Model multitask = Model.mixed(Scheme.MULTITASK);
        double[] own = measured.values(more, Measure.ECE);
        double[] other = measured.values(multitask, Measure.ECE);
        assertThat(own).hasSize(3).doesNotHaveDuplicates();
        SchemeDifference difference = Differences.among(measured, List.of(Measure.AVERAGE, Measure.ECE)).stream()
                .flatMap(each -> each.rows().stream())
                .filter(each -> each.model().equals(more) && each.measure() == Measure.ECE)
                .findFirst()
                .orElseThrow();
        double[] minus = {own[0] - other[0], own[1] - other[1], own[2] - other[2]};
        assertThat(difference.difference()).isEqualTo(StudentInterval.of(minus, 0.95));
        double product = own[0] / other[0] * (own[1] / other[1]) * (own[2] / other[2]);
        assertThat(difference.ratio().orElseThrow().value())
                .isCloseTo(Math.cbrt(product), within(Tolerances.DOUBLE_ALGEBRA));
        StudyResult result = CrossSource.of(scores);
        assertThat(result.text()).contains("mean over 3 seeds").contains("±").contains("and divided by it");
        Path written = result.write(folder, true);
        assertThat(written.resolve("study.md")).content().contains("| MultiTask |");
        assertThat(written.resolve("study.json")).content().contains("\"perSeed\"");
        assertThat(written.resolve("radar.svg")).content().contains("MultiTask").contains("terse");
        assertThat(written.resolve("radar.png")).isNotEmptyFile();
        everyPValueIsCorrectedAfterHolm(result);
        pagesShowTheStudy(result, written);
        picturesThatAreNoLongerShownGo(scores.plan(), written);
    }

    @Test
    void all_radars_begin_at_a_coin_or_below_the_worst_and_have_one_range() {
        StudyPlan plan = TinyStudy.plan(folder, List.of(1L));
        StudyResult result = CrossSource.of(new StudyRuns(plan).execute(new TinyStudy()));
        List<Axis> axes = Stream.of("radar", "radar-singles")
                .map(name -> Objects.requireNonNull(result.pictures().get(name)))
                .map(StudyPicture::figure)
                .map(figure -> ((Radar) figure).value())
                .toList();
        assertThat(axes.get(0)).isEqualTo(axes.get(1));
        double worst = worst(JsonMapper.shared().readTree(result.jsonText()));
        assertThat(axes.getFirst().low()).isEqualTo(Math.min(50, 5 * Math.floor(100 * worst / 5 + 1e-9)));
        assertThat(result.pictures().values())
                .allSatisfy(picture -> assertThat(picture.caption())
                        .contains(String.format(
                                Locale.ROOT,
                                "The centre is %.0f %%",
                                axes.getFirst().low())));
    }

    @Test
    void a_way_to_learn_has_one_colour_in_all_studies() {
        StudyPlan plan = StudyPlan.crossSource(
                TinyStudy.recipe(),
                folder,
                List.of(1L),
                List.of(Scheme.SINGLE, Scheme.SEQUENTIAL, Scheme.MORE, Scheme.MULTITASK));
        StudyScores scores = new StudyRuns(plan).execute(new TinyStudy());
        for (Radar radar : List.of(radar(scores, "radar"), radar(scores, "radar-singles"))) {
            assertThat(radar.samples().stream().map(sample -> sample.name() + " " + sample.colour()))
                    .isSubsetOf(
                            "MultiTask 0",
                            "MORE 1",
                            "Sequential 2",
                            "Single helper 0",
                            "Single guard 1",
                            "Single terse 2");
        }
        DensityPlot density =
                (DensityPlot) Objects.requireNonNull(Drift.of(scores).pictures().get("density"))
                        .figure();
        assertThat(density.samples().stream().map(sample -> sample.name() + " " + sample.colour()))
                .containsExactlyInAnyOrder("MultiTask 0", "MORE 1", "Sequential 2");
    }

    private static Radar radar(StudyScores scores, String name) {
        return (Radar) Objects.requireNonNull(CrossSource.of(scores).pictures().get(name))
                .figure();
    }

    private static double worst(JsonNode json) {
        List<Double> all = new ArrayList<>();
        json.get("models")
                .forEach(model -> model.get("accuracyBySource")
                        .forEach(cell -> all.add(cell.get("value").asDouble())));
        return all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** With a variant less there would be nothing to correct. */
    private static void everyPValueIsCorrectedAfterHolm(StudyResult result) {
        JsonNode differences = JsonMapper.shared().readTree(result.jsonText()).get("differences");
        assertThat(differences.size()).isPositive();
        for (String measure : List.of("accuracy", "ece")) {
            List<JsonNode> rows = new ArrayList<>();
            differences.forEach(row -> {
                if (row.get("measure").asString().equals(measure)) {
                    rows.add(row);
                }
            });
            double[] adjusted = HolmCorrection.adjust(rows.stream()
                    .mapToDouble(row -> row.get("pValue").asDouble())
                    .toArray());
            assertThat(rows).hasSize(2);
            assertThat(rows.stream().mapToDouble(row -> row.get("pValueHolm").asDouble()))
                    .containsExactly(adjusted[0], adjusted[1]);
        }
        assertThat(result.text())
                .contains("corrected after Holm for the 2 rows")
                .contains("p (Holm)");
    }

    private void pagesShowTheStudy(StudyResult result, Path written) throws IOException {
        String page = Files.readString(written.resolve("study.html"));
        assertThat(page)
                .contains("<h1>Study: cross-source</h1>")
                .contains("What each way of learning is worth on each source.")
                .contains("<small>±")
                .contains(
                        "./assay study cross-source recipe.yaml --seeds 1,2,3 --schemes multitask,more --variant 'small:"
                                + " training.max-steps=2' --output")
                .doesNotContain("http://www.w3.org/1999")
                .doesNotContain("src=");
        result.pictures()
                .values()
                .forEach(picture -> assertThat(page).contains(picture.figure().inlineSvg()));
        Path report = RunReports.write(List.of(written), folder.resolve("report.html"), RunReports.Audit.NO);
        assertThat(report).hasContent(page);
        Path run = folder.resolve("runs/more-seed-1");
        assertThat(RunReports.write(List.of(folder, run), report, RunReports.Audit.NO))
                .content()
                .contains("<h1>Run more-seed-1</h1>")
                .contains("<h2>Study: cross-source</h2>");
    }

    private void picturesThatAreNoLongerShownGo(StudyPlan plan, Path written) throws IOException {
        Path foreign = Files.writeString(written.resolve("mine.svg"), "<svg/>");
        assertThat(written.resolve("radar.svg")).exists();
        StudyPlan raw = StudyPlan.crossSource(plan.base(), folder, List.of(1L), List.of(Scheme.RAW));
        StudyResult less = CrossSource.of(new StudyRuns(raw).execute(new TinyStudy()));
        less.write(folder, false);
        assertThat(written.resolve("radar.svg")).doesNotExist();
        assertThat(written.resolve("radar.png")).doesNotExist();
        assertThat(foreign).exists();
    }
}
