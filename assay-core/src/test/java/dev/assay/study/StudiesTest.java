package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.agreement.Part;
import dev.assay.math.Estimate;
import dev.assay.report.figure.Series;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The studies beside the matrix, on tiny models: their numbers are those of the stored scores, counted by hand. */
class StudiesTest {
    private static final List<Long> SEEDS = List.of(1L, 2L);

    @TempDir
    Path folder;

    private static JsonNode json(StudyResult result) {
        return JsonMapper.shared().readTree(result.jsonText());
    }

    @Test
    void agreement_and_drift_need_no_training_beyond_the_cross_source_study_and_count_what_it_stored() {
        StudyScores scores = new StudyRuns(TinyStudy.plan(folder, SEEDS)).execute(new TinyStudy());
        TinyStudy second = new TinyStudy();
        StudyPlan judges =
                StudyPlan.withJudges(TinyStudy.recipe(), folder, SEEDS, List.of(Scheme.MULTITASK, Scheme.MORE));
        StudyResult agreement = AgreementStudy.of(new StudyRuns(judges).execute(second));
        assertThat(second.trained).isEmpty();

        double share = SEEDS.stream()
                .mapToDouble(seed -> agreed(scores, judges.singles(), seed))
                .average()
                .orElseThrow();
        assertThat(json(agreement).get("agreedShare").get("value").asDouble())
                .isCloseTo(share, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(agreement.pictures()).containsKeys("first-50-agreed", "first-50-disagreed", "density-disagreed");
        assertThat(agreement.text()).contains("disagreed pairs of all 2 seeds");
        assertThat(agreement.pictures().get("first-50-disagreed"))
                .extracting(StudyPicture::caption)
                .asString()
                .containsPattern("seed 1: (the first 50 of|all) [0-9]+, a pair of each test source in turn");
        assertThat(json(agreement).get("form").asString()).isEqualTo("confidence");
        assertThat(json(agreement).get("binning").asString()).isEqualTo("equal-width");
        sourcesComeInTurn(new Measured(new StudyRuns(judges).execute(second)));
        String line = agreement
                .files()
                .getOrDefault(DisagreedPairs.FILE, "")
                .lines()
                .findFirst()
                .orElseThrow();
        JsonNode pair = JsonMapper.shared().readTree(line);
        assertThat(pair.get("prompt").asString()).isNotBlank();
        assertThat(pair.get("differences").propertyNames()).contains("Single helper", "MORE");

        StudyResult drift = Drift.of(scores);
        double variance = json(drift)
                .get("models")
                .get("MORE")
                .get("differenceVariance")
                .get("value")
                .asDouble();
        double byHand = SEEDS.stream()
                .mapToDouble(seed -> variance(scores.of(Model.mixed(Scheme.MORE), seed)))
                .average()
                .orElseThrow();
        assertThat(variance).isCloseTo(byHand, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(drift.text())
                .contains("positive outliers")
                .contains("overconfidence")
                .contains("Outliers on each test source")
                .contains("MORE on helper");
        assertThat(drift.jsonText()).doesNotContain("NaN");
        assertThat(drift.pictures().values())
                .allSatisfy(picture -> assertThat(picture.caption()).contains("the pairs of all 2 seeds together."));
        assertThat(drift.pictures())
                .containsKeys("histogram", "density", "histogram-singles", "density-singles", "box", "box-helper");
    }

    private static void sourcesComeInTurn(Measured measured) {
        AgreedParts parts = new AgreedParts(measured);
        Model more = Model.mixed(Scheme.MORE);
        for (Part part : Part.values()) {
            double[] turns = parts.inTurn(more, part);
            List<Double> expected = new ArrayList<>();
            for (PairScores source : measured.firstSeed(more)) {
                int first = parts.first().parts(source.source()).indexOf(part);
                if (first >= 0) {
                    expected.add(source.pairs().get(first).difference());
                }
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(turns[i]).isEqualTo(expected.get(i));
            }
            assertThat(turns)
                    .containsExactlyInAnyOrder(parts.of(more, part).getFirst().differences().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
    }

    private static double agreed(StudyScores scores, List<Model> judges, long seed) {
        int all = 0;
        int same = 0;
        for (int s = 0; s < 3; s++) {
            for (int i = 0; i < 20; i++) {
                int source = s;
                int pair = i;
                double signs = judges.stream()
                        .mapToDouble(judge -> Math.signum(scores.of(judge, seed)
                                .get(source)
                                .pairs()
                                .get(pair)
                                .difference()))
                        .sum();
                all++;
                same += Math.abs(signs) == judges.size() ? 1 : 0;
            }
        }
        return (double) same / all;
    }

    private static double variance(List<PairScores> scores) {
        double[] d = scores.stream()
                .flatMap(source -> source.pairs().stream())
                .mapToDouble(pair -> pair.chosen() - pair.rejected())
                .toArray();
        double mean = Arrays.stream(d).average().orElseThrow();
        return Arrays.stream(d).map(x -> (x - mean) * (x - mean)).sum() / (d.length - 1);
    }

    @Test
    void a_source_takes_every_place_and_the_recipes_own_order_is_trained_once_for_all_studies() {
        StudyPlan plan = Sequence.positions(TinyStudy.recipe(), folder, List.of(1L), "guard");
        assertThat(plan.models())
                .extracting(Model::sources)
                .containsExactly(List.of("guard", "helper", "terse"), List.of(), List.of("helper", "terse", "guard"));
        StudyPlan usual = StudyPlan.crossSource(TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.SEQUENTIAL));
        new StudyRuns(usual).execute(new TinyStudy());
        TinyStudy counting = new TinyStudy();
        StudyResult result = Sequence.of(new StudyRuns(plan).execute(counting));
        assertThat(counting.trained)
                .containsExactly("sequential-guard.helper.terse-seed-1", "sequential-helper.terse.guard-seed-1");
        assertThat(result.text()).contains("guard 1 of 3").contains("guard 3 of 3");
        assertThat(result.pictures().values())
                .extracting(picture -> picture.figure().svg())
                .allSatisfy(svg -> assertThat(svg)
                        .contains("place of guard in the order of training")
                        .contains("terse, n = 20")
                        .doesNotContain(">1.5<"));
        assertThat(result.reproduction().command()).contains("--source guard");
        assertThat(StudyCommandLine.of(Sequence.NAME, Sequence.allOrders(TinyStudy.recipe(), folder, List.of(1L)))
                        .command())
                .contains("--all-orders");
        assertThat(Sequence.allOrders(TinyStudy.recipe(), folder, List.of(1L)).models())
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> Sequence.positions(TinyStudy.recipe(), folder, List.of(1L), "gard"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("did you mean guard?");
    }

    @Test
    void bars_end_where_the_range_of_their_measure_does() {
        assertThat(Points.percent(1, new Estimate(0.6, -1, 2.5))).isEqualTo(new Series.Point(1, 60, 0, 100));
        assertThat(Points.plain(1, new Estimate(0.1, -0.2, 0.4))).isEqualTo(new Series.Point(1, 0.1, 0, 0.4));
        assertThat(Points.plain(1, new Estimate(0.1, Double.NaN, Double.NaN)).low())
                .isNaN();
    }

    @Test
    void a_number_that_is_not_defined_is_null_in_json() {
        assertThat(StudyJson.estimate(new Estimate(Double.NaN, Double.NaN, Double.NaN)))
                .containsOnlyKeys("value", "low", "high")
                .containsEntry("value", null);
        assertThat(StudyJson.estimate(Estimate.withoutInterval(2)))
                .containsEntry("value", 2.0)
                .containsEntry("low", null)
                .containsEntry("high", null);
        assertThat(Measure.Unit.PLAIN.text(Estimate.withoutInterval(-2.196), false))
                .isEqualTo("-2.196 –");
    }
}
