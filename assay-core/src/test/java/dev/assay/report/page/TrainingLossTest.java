package dev.assay.report.page;

import static dev.assay.report.page.PageFacts.page;
import static dev.assay.report.page.PageFacts.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses of several runs in one picture are one function of the model, whatever each run minimised. */
class TrainingLossTest {
    /** Sources of losses 0.2 and 0.8; the run itself minimised {@code loss} of them. */
    private static RunFacts trained(String name, double loss, Map<String, Double> losses) {
        List<RunHistory.Step> steps = List.of(1L, 2L).stream()
                .map(step -> new RunHistory.Step(step, "train", loss, losses, Map.of(), new double[0][], 0.1))
                .toList();
        return run(name).history(new RunHistory(steps, List.of())).facts();
    }

    private static String picture(String page) {
        int start = page.indexOf("aria-label=\"Training loss");
        return page.substring(start, page.indexOf("</svg>", start));
    }

    @Test
    void runs_that_weigh_their_sources_differently_are_drawn_by_the_plain_mean() {
        Map<String, Double> losses = Map.of("helper", 0.2, "guard", 0.8);
        RunFacts plain = trained("plain", 0.5, losses);
        String page = page(plain, trained("more", 0.25, losses));
        assertThat(picture(page)).isEqualTo(picture(page(plain, trained("more", 0.5, losses))));
        assertThat(page)
                .contains("step by step; the plain mean of the losses of the sources in a batch, whatever weights a run"
                        + " learns by. A coin has ln 2 = 0.693.");
    }

    @Test
    void a_run_without_losses_of_its_sources_is_named() {
        RunFacts known = trained("known", 0.5, Map.of("helper", 0.2, "guard", 0.8));
        assertThat(page(known, trained("old", 0.25, Map.of())))
                .contains("whatever weights a run learns by, but for old the loss it minimises itself");
        assertThat(page(trained("a", 0.5, Map.of()), trained("b", 0.25, Map.of())))
                .contains("; for each run the loss it minimises itself")
                .doesNotContain("the plain mean of the losses");
    }
}
