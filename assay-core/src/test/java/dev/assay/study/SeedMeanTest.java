package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A number that some trainings do not have is a mean over the others, and says over how many. */
class SeedMeanTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);
    /** Right pairs without an outlier, and wrong ones. */
    private static final double[] USUAL = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, -1, -1.1, -1.2};

    @TempDir
    Path folder;

    @Test
    void a_mean_is_over_the_seeds_that_have_a_value() {
        SeedMean two = SeedMean.of(new double[] {0.4, Double.NaN, 0.8});
        assertThat(two.seeds()).isEqualTo(2);
        assertThat(two.estimate()).isEqualTo(StudentInterval.of(new double[] {0.4, 0.8}, 0.95));
        assertThat(SeedMean.of(new double[] {Double.NaN, 0.8}))
                .isEqualTo(new SeedMean(Estimate.withoutInterval(0.8), 1));
        assertThat(SeedMean.of(new double[] {Double.NaN}).seeds()).isZero();
        assertThat(SeedMean.ofOne(Estimate.withoutInterval(Double.NaN)).seeds()).isZero();
    }

    @Test
    void tables_and_json_say_with_how_many_seeds_a_number_is_defined() {
        StudyResult result = Drift.of(scores(new double[] {}, new double[] {40}, new double[] {}));
        assertThat(result.text()).contains("40.000 (1 seed)").doesNotContain("has no interval (a dash)");
        assertThat(Drift.of(scores(new double[] {40}, new double[] {50}, new double[] {}))
                        .text())
                .containsPattern("45\\.000 ±[0-9.]+ \\(2 seeds\\)");
        JsonNode json = JsonMapper.shared().readTree(result.jsonText());
        JsonNode more = json.get("models").get("MORE");
        assertThat(more.get("positiveOutlierMean").get("seeds").asInt()).isEqualTo(1);
        assertThat(more.get("positiveOutliers").get("seeds").asInt()).isEqualTo(3);
        assertThat(json.get("bySource")
                        .get("a")
                        .get("MORE")
                        .get("positiveOutlierMean")
                        .get("seeds")
                        .asInt())
                .isEqualTo(1);
    }

    /** It was left out in silence where a single seed had no wrong pair. */
    @Test
    void a_difference_is_over_the_seeds_in_which_both_models_have_the_number() {
        Map<Long, List<PairScores>> more = new HashMap<>(Map.of(1L, pairs(USUAL), 2L, pairs(USUAL)));
        more.put(3L, pairs(Arrays.stream(USUAL).map(Math::abs).toArray()));
        StudyScores scores = scores(all(USUAL), more);
        JsonNode share = difference(Drift.of(scores), "negativeOutlierShare");
        assertThat(share.get("seeds").asInt()).isEqualTo(2);
        assertThat(share.get("difference").get("value").asDouble()).isCloseTo(0, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(Drift.of(scores).text()).contains("(2 seeds)");
        assertThat(difference(Drift.of(scores), "absoluteDifference")
                        .get("seeds")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void a_ratio_is_over_all_seeds_or_is_not_told() {
        Map<Long, List<PairScores>> more = new HashMap<>(all(USUAL));
        more.put(3L, pairs(new double[USUAL.length]));
        JsonNode size = difference(Drift.of(scores(all(USUAL), more)), "absoluteDifference");
        assertThat(size.get("seeds").asInt()).isEqualTo(3);
        assertThat(size.has("ratio")).isFalse();
        assertThat(difference(Drift.of(scores(all(USUAL), all(USUAL))), "absoluteDifference")
                        .get("ratio")
                        .get("value")
                        .asDouble())
                .isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
    }

    private static JsonNode difference(StudyResult result, String measure) {
        for (JsonNode row : JsonMapper.shared().readTree(result.jsonText()).get("differences")) {
            if (row.get("measure").asString().equals(measure)) {
                return row;
            }
        }
        throw new AssertionError("no difference of " + measure);
    }

    /** Two models, MORE with these further differences seed by seed. */
    private StudyScores scores(double[]... further) {
        Map<Long, List<PairScores>> more = new HashMap<>();
        for (int s = 0; s < further.length; s++) {
            more.put(
                    SEEDS.get(s),
                    pairs(DoubleStream.concat(Arrays.stream(USUAL), Arrays.stream(further[s]))
                            .toArray()));
        }
        return scores(all(USUAL), more);
    }

    private StudyScores scores(Map<Long, List<PairScores>> multitask, Map<Long, List<PairScores>> more) {
        return new StudyScores(
                TinyStudy.small(folder, SEEDS),
                Map.of(Model.mixed(Scheme.MULTITASK), multitask, Model.mixed(Scheme.MORE), more));
    }

    private static Map<Long, List<PairScores>> all(double[] differences) {
        Map<Long, List<PairScores>> all = new HashMap<>();
        SEEDS.forEach(seed -> all.put(seed, pairs(differences)));
        return all;
    }

    private static List<PairScores> pairs(double[] differences) {
        List<PairScore> pairs = new ArrayList<>();
        for (double difference : differences) {
            pairs.add(new PairScore(difference, 0, Strength.HARD, Origin.of("a", "by hand", pairs.size() + 1L)));
        }
        return List.of(new PairScores("a", pairs));
    }
}
