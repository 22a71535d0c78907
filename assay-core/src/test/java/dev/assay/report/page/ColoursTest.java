package dev.assay.report.page;

import static dev.assay.report.page.PageFacts.run;
import static dev.assay.report.page.PageFacts.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A name has one colour in all figures of a page. */
class ColoursTest {
    private static final StudyFacts STUDY = new StudyFacts(
            "tiny",
            "studies/tiny",
            "What?",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new StudyFacts.Reproduction("", ""));

    private static RunFacts trained(String name) {
        return run(name)
                .history(new RunHistory(
                        List.of(step(1, "train", 0, "helper", "guard"), step(2, "train", 0, "helper", "guard")),
                        List.of()))
                .facts();
    }

    /** The colours that stand before a name in the legends of all figures. */
    private static List<String> colours(String page, String name) {
        Matcher keys = Pattern.compile("<(?:line|circle)[^>]*(?:stroke|fill)=\"(#\\w+)\"[^>]*/><text[^>]*>" + name
                        + "(?:, n = \\d+)?</text>")
                .matcher(page);
        return keys.results().map(key -> key.group(1)).toList();
    }

    @Test
    void a_run_has_one_colour_in_all_figures() {
        String page = ReportPage.html(
                List.of(run("first").facts(), trained("second"), trained("third")), List.of(), List.of());
        assertThat(colours(page, "first")).hasSizeGreaterThan(4).containsOnly("#0072b2");
        assertThat(colours(page, "second")).hasSizeGreaterThan(6).containsOnly("#d55e00");
        assertThat(colours(page, "third")).hasSizeGreaterThan(6).containsOnly("#009e73");
    }

    @Test
    void beside_a_study_a_run_has_the_colour_of_its_scheme() {
        String page = ReportPage.html(List.of(run("other").facts(), run("more").facts()), List.of(STUDY), List.of());
        assertThat(colours(page, "more")).isNotEmpty().containsOnly("#d55e00");
        assertThat(colours(page, "other")).isNotEmpty().containsOnly("#e69f00");
    }

    @Test
    void names_have_the_next_free_place_and_keep_it() {
        Colours colours = Colours.none();
        assertThat(List.of(colours.of("b"), colours.of("a"), colours.of("b"), colours.of("More")))
                .containsExactly(0, 1, 0, 2);
        Colours schemes = Colours.ofSchemes();
        assertThat(List.of(schemes.of("multitask"), schemes.of("MORE"), schemes.of("momentum 0.5")))
                .containsExactly(0, 1, 4);
    }
}
