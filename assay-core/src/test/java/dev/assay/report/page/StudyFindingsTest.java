package dev.assay.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a study found, in sentences whose numbers are those of its file. */
class StudyFindingsTest {
    private static final String HEAD = "\"seeds\": [7], \"n\": 2000, ";

    private static List<String> of(String json) {
        return StudyFindings.of(JsonMapper.shared().readTree(json)).stream()
                .map(sentence -> sentence.replace('\u202f', ' '))
                .toList();
    }

    private static String number(double value) {
        return "{\"value\": %s, \"low\": %s, \"high\": %s}".formatted(value, value - 0.02, value + 0.02);
    }

    private static String model(String scheme, String measure, double value) {
        return "{\"scheme\": \"%s\", \"%s\": %s}".formatted(scheme, measure, number(value));
    }

    private static String difference(String model, String baseline, String measure, double value, double p) {
        return "{\"model\": \"%s\", \"baseline\": \"%s\", \"measure\": \"%s\", \"difference\": %s, \"pValueHolm\": %s}"
                .formatted(model, baseline, measure, number(value), p);
    }

    @Test
    void a_matrix_tells_the_best_and_what_more_is_beside_multitask() {
        String models = "\"models\": {\"MultiTask\": %s, \"MORE\": %s, \"Ensemble\": %s}"
                .formatted(
                        model("multitask", "accuracy", 0.63),
                        model("more", "accuracy", 0.64),
                        model("ensemble", "accuracy", 0.61));
        assertThat(of("{\"study\": \"cross-source\", " + HEAD + models + ", \"differences\": ["
                        + difference("Ensemble", "MultiTask", "accuracy", -0.02, 0.001) + ", "
                        + difference("MORE", "MultiTask", "accuracy", 0.01, 0.3) + ", "
                        + difference("MORE", "MultiTask", "ece", -0.03, 0.012) + "]}"))
                .containsExactly(
                        "Most accurate on average over the test sources is MORE with 64.0 % [62.0, 66.0], least Ensemble"
                                + " with 61.0 % [59.0, 63.0] (on n = 2 000 test pairs, one seed).",
                        "MORE minus MultiTask: accuracy +1.0 points [−1.0, +3.0], within noise (p = 0.300); ECE −0.030"
                                + " [−0.050, −0.010], better calibrated by more than noise (p = 0.012); p corrected after"
                                + " Holm.");
        assertThat(of("{\"study\": \"cross-source\", " + HEAD + models + "}")).hasSize(1);
    }

    /** A variant or a recalibrated row was told in the place of MORE, and its accuracy as if it were another model's. */
    @Test
    void recalibrated_rows_and_variants_do_not_stand_for_the_models_themselves() {
        String reading =
                model("multitask", "accuracy", 0.65).replace("{\"scheme\"", "{\"recalibration\": {}, \"scheme\"");
        String models =
                "\"models\": {\"MultiTask\": %s, \"MORE\": %s, \"MORE, l2\": %s, \"MultiTask, temperature\": %s}"
                        .formatted(
                                model("multitask", "accuracy", 0.63),
                                model("more", "accuracy", 0.64),
                                model("variant", "accuracy", 0.62),
                                reading);
        assertThat(of("{\"study\": \"cross-source\", " + HEAD + models + ", \"differences\": ["
                        + difference("MORE", "MultiTask", "accuracy", 0.01, 0.3) + ", "
                        + difference("MORE, l2", "MultiTask", "accuracy", -0.01, 0.3) + ", "
                        + difference("MORE", "MultiTask, temperature", "ece", 0.01, 0.4) + "]}"))
                .containsExactly(
                        "Most accurate on average over the test sources is MORE with 64.0 % [62.0, 66.0], least MORE, l2"
                                + " with 62.0 % [60.0, 64.0] (on n = 2 000 test pairs, one seed).",
                        "MORE minus MultiTask: accuracy +1.0 points [−1.0, +3.0], within noise (p = 0.300); p corrected"
                                + " after Holm.",
                        "MORE minus MultiTask, temperature: ECE +0.010 [−0.010, +0.030], within noise (p = 0.400).");
    }

    @Test
    void more_sources_are_told_from_the_fewest_to_the_most() {
        assertThat(of("{\"study\": \"sources\", \"seeds\": [1, 2], \"n\": 60, \"models\": {\"MultiTask, K = 2\": %s,"
                        .concat(" \"MORE, K = 2\": %s, \"MORE, K = 3\": %s}, \"differences\": [%s, %s]}")
                        .formatted(
                                model("multitask", "accuracy", 0.5),
                                model("more", "accuracy", 0.66),
                                model("more", "accuracy", 0.61),
                                difference("MORE, K = 2", "MultiTask, K = 2", "accuracy", 0.16, 0.01),
                                difference("MORE, K = 3", "MultiTask, K = 3", "accuracy", 0.05, 0.04))))
                .containsExactly(
                        "From MORE, K = 2 to MORE, K = 3 the accuracy averaged over all test sources goes from 66.0 %"
                                + " [64.0, 68.0] to 61.0 % [59.0, 63.0] (on n = 60 test pairs, means of 2 seeds).",
                        "MORE, K = 3 minus MultiTask, K = 3: accuracy +5.0 points [+3.0, +7.0], more accurate by more"
                                + " than noise (p = 0.040); p corrected after Holm.");
    }

    @Test
    void more_sources_are_told_with_their_calibration_and_with_what_is_left_of_it_beside_one_temperature() {
        String more = model("more", "accuracy", 0.6);
        String reading = model("multitask", "ece", 0.03).replace("{\"scheme\"", "{\"recalibration\": {}, \"scheme\"");
        assertThat(of(("{\"study\": \"sources\", " + HEAD + "\"models\": {\"MORE, K = 2\": %s, \"MORE, K = 5\": %s,"
                                + " \"MultiTask, K = 5, temperature\": %s}, \"differences\": [%s]}")
                        .formatted(
                                more.replace("}}", "}, \"ece\": " + number(0.07) + "}"),
                                more.replace("}}", "}, \"ece\": " + number(0.04) + "}"),
                                reading,
                                difference("MORE, K = 5", "MultiTask, K = 5, temperature", "ece", 0.01, 0.3))))
                .containsExactly(
                        "From MORE, K = 2 to MORE, K = 5 the accuracy averaged over all test sources goes from 60.0 %"
                                + " [58.0, 62.0] to 60.0 % [58.0, 62.0] (on n = 2 000 test pairs, one seed), ECE from"
                                + " 0.070 [0.050, 0.090] to 0.040 [0.020, 0.060].",
                        "MORE, K = 5 minus MultiTask, K = 5, temperature: ECE +0.010 [−0.010, +0.030], within noise (p ="
                                + " 0.300).");
    }

    @Test
    void drift_agreement_and_sequence_have_sentences_of_their_own() {
        assertThat(of("{\"study\": \"drift\", " + HEAD + "\"models\": {\"a\": {\"absoluteDifference\": " + number(0.7)
                        + ", \"overconfidence\": " + number(0.01) + "}, \"b\": {\"absoluteDifference\": " + number(0.9)
                        + ", \"overconfidence\": " + number(0.05) + "}}}"))
                .containsExactly(
                        "Furthest apart pulls b the responses of a pair, mean |d| 0.900 [0.880, 0.920] nats, least a,"
                                + " 0.700 [0.680, 0.720] (on n = 2 000 test pairs, one seed).",
                        "Overconfidence goes from 0.010 [−0.010, 0.030] (a) to 0.050 [0.030, 0.070] (b); above 0"
                                + " with the whole interval: b.");
        assertThat(of("{\"study\": \"agreement\", " + HEAD + "\"judges\": [\"a\", \"b\"], \"agreedShare\": "
                        + number(0.27) + ", \"models\": {\"MORE\": {\"agreed\": {\"n\": [540], \"accuracy\": "
                        + number(0.73) + "}, \"disagreed\": {\"n\": [1460], \"accuracy\": " + number(0.6) + "}}}}"))
                .containsExactly(
                        "The 2 models of one source favour the same response in 27.0 % [25.0, 29.0] of the pairs (on n ="
                                + " 2 000 test pairs, one seed).",
                        "MORE is right in 73.0 % [71.0, 75.0] of the pairs where they agree (n = 540), and in 60.0 %"
                                + " [58.0, 62.0] of the pairs where they do not (n = 1 460).");
        assertThat(of("{\"study\": \"sequence\", " + HEAD + "\"models\": {\"first\": " + model("s", "ece", 0.1)
                        + ", \"last\": " + model("s", "ece", 0.05) + "}}"))
                .containsExactly("Best calibrated is last, ECE 0.050 [0.030, 0.070], worst first, ECE 0.100 [0.080,"
                        + " 0.120].");
        assertThat(of("{\"study\": \"of tomorrow\"}")).isEmpty();
        assertThat(of("{\"study\": \"drift\"}")).isEmpty();
    }

    @Test
    void a_page_of_studies_says_what_came_out_and_prints_a_recipe_once() {
        StudyFacts first = study("drift");
        StudyFacts second = study("sources");
        String page = ReportPage.html(List.of(), List.of(first, second), List.of());
        assertThat(page).contains("<h2>Summary</h2>", "<li>Study: drift. drift was found.</li>");
        assertThat(page).containsOnlyOnce("<pre>method: more</pre>");
        assertThat(page).contains("Save the recipe of the study drift, above, as recipe.yaml");
        assertThat(ReportPage.html(List.of(PageFacts.run("a").facts()), List.of(second), List.of()))
                .contains("<li>Study: sources. sources was found.</li>", "Save the recipe of run a, above,")
                .containsOnlyOnce("<pre>method: more</pre>");
        assertThat(StudyPage.html(first)).contains("<h2>What came out</h2>\n<p>drift was found.</p>");
    }

    /** It was broken before its last two letters. */
    @Test
    void a_heading_of_one_usual_word_stays_whole_among_many_numbers() {
        Page page = new Page().numbers(List.of("model", "overconfidence"), List.of(), "T");
        assertThat(page.html()).contains("<th>overconfidence</th>");
    }

    @Test
    void names_stand_as_they_are_and_numbers_have_what_is_behind_them_below() {
        StudyFacts.Table table = new StudyFacts.Table(
                "T",
                List.of("model", "d"),
                List.of(List.of("MORE (l-2)", "-0.5 ±0.1 (2 seeds)"), List.of("b", "1.0 (1 seed)")));
        Page page = new Page();
        StudySection.fill(
                page,
                new StudyFacts(
                        "drift",
                        "",
                        "",
                        List.of(),
                        List.of(),
                        List.of(table),
                        List.of(),
                        new StudyFacts.Reproduction("", "")));
        assertThat(page.html())
                .contains("<td>MORE (l-2)</td><td>−0.5<small>±0.1 (2 seeds)</small></td>")
                .contains("<td>1.0<small>(1 seed)</small></td>");
    }

    private static StudyFacts study(String name) {
        return new StudyFacts(
                name,
                "studies/" + name,
                "What?",
                List.of(name + " was found."),
                List.of(),
                List.of(),
                List.of(),
                new StudyFacts.Reproduction("./assay study " + name, "method: more\n"));
    }
}
