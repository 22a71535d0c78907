package dev.assay.report.page;

import static dev.assay.report.page.PageFacts.page;
import static dev.assay.report.page.PageFacts.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run's folder has lost is told: a section that is not there looks like one that never was. */
class MissingFactsTest {
    @Test
    void lost_rewards_are_told_where_they_would_be_shown() {
        assertThat(page(run("bare").withoutScores().facts()))
                .contains("<h2>Reward differences</h2>")
                .contains("bare was measured, but the rewards of the test pairs are not there (scores.json in the run"
                        + " folder): its reward differences, outliers and tests against other runs cannot be shown.");
        String two = page(run("whole").facts(), run("bare").withoutScores().facts());
        assertThat(two).contains("bare was measured, but the rewards", "Reward differences, all sources, whole");
        assertThat(page(run("whole").facts())).doesNotContain("are not there");
    }

    @Test
    void a_single_source_is_told_once_and_not_as_its_own_average() {
        String page = page(run("one").on("helper").recalibrated().facts());
        assertThat(page).contains("Every metric of one on helper, intervals below.");
        assertThat(page).doesNotContain("<td>Avg</td>", "<td>Pooled</td>", ">Avg</th>");
        assertThat(page(run("more").recalibrated().facts())).contains("<td>Avg</td>", "<td>Pooled</td>", ">Avg</th>");
    }

    @Test
    void what_has_no_test_is_not_called_noise() {
        assertThat(SummarySection.verdict(0.2, Double.NaN, "up", "down")).isEqualTo("not tested, on too little data");
        assertThat(SummarySection.verdict(0.2, 0.2, "up", "down")).isEqualTo("within noise (p = 0.200)");
        assertThat(SummarySection.verdict(-0.2, 0.0002, "up", "down")).isEqualTo("down by more than noise (p < 0.001)");
    }

    @Test
    void boxes_are_of_the_sources_of_one_run_and_of_several_runs() {
        assertThat(page(run("a").facts()))
                .contains("source (n right / n wrong)")
                .doesNotContain("run (n right");
        assertThat(page(run("a").facts(), run("b").facts())).contains("run (n right / n wrong)");
    }

    @Test
    void struck_out_cells_of_a_heat_map_are_explained_where_there_are_some() {
        RunHistory.Step both = PageFacts.step(1, "train", 0.3, "helper", "guard");
        RunHistory.Step others = PageFacts.step(2, "train", 0.3, "helper", "terse");
        assertThat(page(run("a").history(new RunHistory(List.of(both, others), List.of()))
                        .facts()))
                .contains("blue where together, struck out where no step had both.");
        assertThat(page(run("a").history(new RunHistory(List.of(both), List.of()))
                        .facts()))
                .contains("blue where together.")
                .doesNotContain("struck out");
    }

    @Test
    void mean_rewards_of_models_are_said_not_to_be_comparable() {
        assertThat(page(run("a").facts(), run("b").facts()))
                .contains("so mean rewards of different models are not to be compared");
    }
}
