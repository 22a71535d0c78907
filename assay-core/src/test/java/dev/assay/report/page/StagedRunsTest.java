package dev.assay.report.page;

import static dev.assay.report.page.PageFacts.page;
import static dev.assay.report.page.PageFacts.run;
import static dev.assay.report.page.PageFacts.step;
import static dev.assay.report.page.PageFacts.validation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pages of runs that learn in stages: one source after the other, or from all and then from one. */
class StagedRunsTest {
    /** Two steps a source, validated on the source of the stage; the best look of all is one of the first stage. */
    private static RunFacts sequential() {
        List<RunHistory.Step> steps = new ArrayList<>();
        List<Validation> looks = new ArrayList<>();
        for (String source : PageFacts.SOURCES) {
            for (int i = 0; i < 2; i++) {
                steps.add(step(steps.size() + 1, source, Double.NaN, source));
                looks.add(validation(steps.size(), Map.of(source, source.equals("helper") ? 1.0 : 0.25 * (i + 1))));
            }
        }
        return run("seq").history(new RunHistory(steps, looks)).facts();
    }

    /** Three steps of all sources and three of one. */
    private static RunFacts fineTuned(String reach) {
        List<RunHistory.Step> steps = new ArrayList<>();
        List<Validation> looks = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            steps.add(step(i, "train", -0.25, "helper", "guard", "terse"));
            looks.add(validation(i, new TreeMap<>(Map.of("helper", 0.875, "guard", 0.75, "terse", 0.625))));
        }
        for (int i = 4; i <= 6; i++) {
            steps.add(step(i, "fine-tune", Double.NaN, "guard"));
            looks.add(validation(i, Map.of("guard", 0.125 * i)));
        }
        return run("two")
                .history(new RunHistory(steps, looks))
                .set("method.reach", reach)
                .facts();
    }

    @Test
    void weights_that_stay_are_told_stage_by_stage() {
        assertThat(page(sequential()))
                .contains(
                        "The weights of the sources in seq do not move within its 3 stages: helper 1.000 (steps 1 to 2);"
                                + " then guard 1.000 (steps 3 to 4); then terse 1.000 (steps 5 to 6).");
        assertThat(page(fineTuned("head")))
                .contains("helper 0.333, guard 0.333 and terse 0.333 (steps 1 to 3); then guard 1.000 (steps 4 to 6).");
    }

    @Test
    void every_source_of_every_stage_has_its_validation_curve() {
        assertThat(page(sequential())).contains("helper (n = 8)", "guard (n = 8)", "terse (n = 8)");
    }

    @Test
    void the_best_look_is_that_of_the_stage_whose_checkpoint_is_kept() {
        assertThat(page(sequential()))
                .contains("Best mean: 50.0 % ", " (n = 8) on terse in the last stage at step 6.")
                .doesNotContain("100.0 % [");
        assertThat(page(fineTuned("head"))).contains("(n = 8) on guard in the last stage at step 6.");
    }

    @Test
    void several_runs_say_which_sources_their_means_are_over() {
        RunFacts whole = run("whole")
                .history(new RunHistory(
                        List.of(step(1, "train", 0, "helper", "guard")),
                        List.of(validation(1, new TreeMap<>(Map.of("helper", 0.5, "guard", 0.5))))))
                .facts();
        assertThat(page(whole, sequential()))
                .contains("mean over the sources that a run learns from at the time (whole: guard and helper;"
                        + " seq: helper, then guard, then terse)");
        assertThat(page(
                        whole,
                        sequential(),
                        run("other").history(whole.history()).facts()))
                .contains("(whole and other: guard and helper; seq: helper, then");
        assertThat(page(whole, whole)).contains("mean over the sources guard and helper, which chooses");
    }

    @Test
    void no_stretch_of_a_picture_is_of_two_stages() {
        RunHistory history = sequential().history();
        assertThat(history.stretches(1))
                .allSatisfy(stretch -> assertThat(
                                stretch.stream().map(RunHistory.Step::stage).distinct())
                        .hasSize(1));
        assertThat(history.stretches(1).stream().mapToInt(List::size).sum()).isEqualTo(6);
    }

    @Test
    void cosines_say_over_which_parameters_and_how_many_steps_have_them() {
        assertThat(page(fineTuned("head")))
                .contains("Cosines of the sources' gradients over time, with respect to the reward head: vermilion")
                .contains("Over 3 steps, helper and guard agree least (mean −0.25)")
                .doesNotContain("means of 1 step");
        assertThat(page(fineTuned("all")))
                .contains("with respect to all trainable parameters")
                .doesNotContain("reward head");
        assertThat(page(fineTuned("last-block"))).contains("with respect to the reward head and the last block");
        assertThat(page(fineTuned("adapter"))).contains("with respect to the adapter");
        RunFacts other = run("other").history(fineTuned("all").history()).facts();
        assertThat(page(fineTuned("all"), other))
                .contains("in two with respect to all trainable parameters, in other with respect to the reward head");
    }

    @Test
    void a_run_in_which_no_two_sources_met_has_no_cosines() {
        assertThat(page(sequential())).doesNotContain("Gradient cosines");
    }
}
