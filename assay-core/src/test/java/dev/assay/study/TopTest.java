package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.report.figure.Histogram;
import dev.assay.report.figure.Radar;
import dev.assay.report.figure.Sample;
import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What cross-source and drift show beside the mixed models: the specialists together, and the untrained model. */
class TopTest {
    @TempDir
    Path folder;

    private StudyScores scores(List<Scheme> schemes, String... overrides) {
        return new StudyRuns(StudyPlan.crossSource(TinyStudy.recipe(overrides), folder, List.of(1L, 2L), schemes))
                .execute(new TinyStudy());
    }

    @Test
    void top_is_each_source_with_its_own_model() {
        StudyResult result = CrossSource.of(scores(List.of(Scheme.SINGLE, Scheme.MORE)));
        JsonNode json = JsonMapper.shared().readTree(result.jsonText());
        double sum = 0;
        for (String source : List.of("helper", "guard", "terse")) {
            JsonNode own = json.get("models")
                    .get("Single " + source)
                    .get("accuracyBySource")
                    .get(source);
            assertThat(json.get("top").get(source)).isEqualTo(own);
            sum += own.get("value").asDouble();
        }
        assertThat(json.get("top").get("accuracy").get("value").asDouble())
                .isCloseTo(sum / 3, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(result.text()).contains("\nTop ").contains(Top.WORDS);
    }

    @Test
    void without_a_model_of_each_source_there_is_no_top() {
        StudyResult result = CrossSource.of(scores(List.of(Scheme.RAW, Scheme.MORE)));
        assertThat(JsonMapper.shared().readTree(result.jsonText()).has("top")).isFalse();
        assertThat(result.text()).doesNotContain("Top");
    }

    @Test
    void the_untrained_model_is_in_the_pictures_of_the_mixed_ones() {
        StudyScores scores = scores(List.of(Scheme.RAW, Scheme.MORE));
        Radar radar = (Radar) figure(CrossSource.of(scores), "radar");
        assertThat(radar.samples()).extracting(Sample::name).containsExactlyInAnyOrder("Raw", "MORE");
        Histogram histogram = (Histogram) figure(Drift.of(scores), "histogram");
        assertThat(histogram.samples()).extracting(Sample::name).containsExactlyInAnyOrder("Raw", "MORE");
        assertThat(histogram.title()).contains("the mixed models and the untrained one");
    }

    @Test
    void two_sources_are_no_radar_and_an_odd_number_of_bins_in_both_orders_is_warned_of() {
        StudyResult result = CrossSource.of(
                scores(List.of(Scheme.MORE), "data.simulated.sources=2", "evaluation={form: both-orders, bins: 5}"));
        assertThat(result.pictures()).isEmpty();
        assertThat(result.text()).contains("Caution: with both-orders and an odd number of bins (5)");
    }

    @Test
    void a_recipes_own_order_of_sources_is_kept() {
        StudyPlan plan = StudyPlan.crossSource(
                TinyStudy.recipe("method={name: sequential, order: [terse, helper, guard]}"),
                folder,
                List.of(1L),
                List.of(Scheme.SEQUENTIAL, Scheme.MORE));
        assertThat(plan.members().getFirst().recipe().method().named()).containsExactly("terse", "helper", "guard");
    }

    private static Object figure(StudyResult result, String name) {
        return Objects.requireNonNull(result.pictures().get(name)).figure();
    }
}
