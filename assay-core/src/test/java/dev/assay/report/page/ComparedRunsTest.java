package dev.assay.report.page;

import static dev.assay.report.page.PageFacts.page;
import static dev.assay.report.page.PageFacts.run;
import static dev.assay.report.page.PageFacts.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.evaluation.BinForm;
import dev.assay.evaluation.Binning;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.drift.DriftComparison;
import dev.assay.evaluation.drift.DriftStatistic;
import dev.assay.math.HolmCorrection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages of several runs: numbers are set against each other only where they mean the same. */
class ComparedRunsTest {
    private static final EvaluationOptions MORES = EvaluationOptions.DEFAULT
            .withBins(7)
            .withBinning(Binning.EQUAL_MASS)
            .withForm(BinForm.BOTH_ORDERS);

    private static Difference ece(PageFacts first, PageFacts second, EvaluationOptions options) {
        return ModelComparison.of(first.scores(), second.scores(), options)
                .average()
                .get(Metric.ECE);
    }

    @Test
    void differences_of_ece_have_the_bins_of_the_evaluations() {
        PageFacts weak = run("weak").skill(0.1).measuredWith(MORES);
        PageFacts strong = run("strong").skill(1).measuredWith(MORES);
        Difference true7 = ece(weak, strong, MORES);
        Difference usual = ece(weak, strong, EvaluationOptions.DEFAULT);
        assertThat(Words.change(true7.estimate())).isNotEqualTo(Words.change(usual.estimate()));
        String page = page(weak.facts(), strong.facts());
        assertThat(page)
                .contains("; ECE " + Words.change(true7.estimate()) + ", ")
                .contains("ECE over 7 bins of equal mass, each pair twice at p and 1 − p (both-orders).")
                .doesNotContain(Words.change(usual.estimate()));
        StoredEvaluation first = weak.facts().evaluation().orElseThrow();
        StoredEvaluation second = strong.facts().evaluation().orElseThrow();
        assertThat(Words.fixed(true7.estimate().value(), 6))
                .isEqualTo(Words.fixed(
                        second.average().estimate("ece").value()
                                - first.average().estimate("ece").value(),
                        6));
    }

    @Test
    void runs_measured_over_different_bins_are_not_compared_on_ece() {
        RunFacts usual = run("usual").skill(0.1).facts();
        String page = page(usual, run("mores").skill(1).measuredWith(MORES).facts());
        assertThat(page)
                .contains(
                        "mores is not compared with usual on ECE: it was measured over 7 bins of equal mass, each pair"
                                + " twice at p and 1 − p (both-orders), that of usual over 10 bins of equal width, each pair once"
                                + " at its confidence.")
                .contains("mores against usual: accuracy +")
                .contains("Which is best calibrated is not said")
                .contains("Calibration errors over different bins, so not to be compared: usual over 10 bins")
                .contains("No ECE: the two were measured over different bins.")
                .doesNotContain("; ECE ")
                .doesNotContain("NaN");
        RunFacts same = run("same").skill(0.3).facts();
        assertThat(page(
                        usual,
                        same,
                        run("b").measuredWith(MORES).facts(),
                        run("c").measuredWith(MORES).facts()))
                .contains("b and c are not compared with usual on ECE")
                .contains("corrected for 3 comparisons of accuracy and 1 of ECE after Holm");
        for (EvaluationOptions other : List.of(
                EvaluationOptions.DEFAULT.withBins(8),
                EvaluationOptions.DEFAULT.withBinning(Binning.EQUAL_MASS),
                EvaluationOptions.DEFAULT.withForm(BinForm.BOTH_ORDERS))) {
            assertThat(page(usual, run("other").measuredWith(other).facts()))
                    .contains("is not compared with usual on ECE");
        }
    }

    @Test
    void bins_of_another_version_are_an_error_and_not_taken_for_the_usual_ones() {
        StoredEvaluation odd = StoredEvaluation.of("{\"binning\":\"by-hand\",\"sources\":{}}");
        assertThatThrownBy(odd::options).isInstanceOf(AssayException.class).hasMessageContaining("by-hand");
        assertThat(StoredEvaluation.of("{\"sources\":{}}").options()).isEqualTo(EvaluationOptions.DEFAULT);
    }

    @Test
    void a_difference_has_the_same_p_in_the_summary_and_in_the_table() {
        PageFacts first = run("first").skill(0.4);
        PageFacts second = run("second").skill(0.62);
        PageFacts third = run("third").skill(0.25);
        double[] raw = {
            accuracy(first, second).pValue(), accuracy(first, third).pValue(),
        };
        double[] adjusted = HolmCorrection.adjust(raw);
        assertThat(adjusted).isNotEqualTo(raw);
        String page = page(first.facts(), second.facts(), third.facts());
        for (int i = 0; i < 2; i++) {
            String other = List.of("second", "third").get(i);
            Matcher summary = Pattern.compile(other + " against first: accuracy [^(]*\\(p = ([\\d.]+)\\)")
                    .matcher(page);
            assertThat(summary.find()).isTrue();
            String table = page.substring(page.indexOf(other + " minus first, with"));
            Matcher average = Pattern.compile("<td>Avg</td><td>180</td><td>[^/]*</small></td><td[^>]*>([\\d.]+)</td>")
                    .matcher(table);
            assertThat(average.find()).isTrue();
            assertThat(summary.group(1)).isEqualTo(average.group(1)).isEqualTo(Words.probability(adjusted[i]));
        }
        assertThat(page).contains("that of Avg for the 2 comparisons of this page, as in the summary");
    }

    private static Difference accuracy(PageFacts first, PageFacts second) {
        return ModelComparison.of(first.scores(), second.scores(), EvaluationOptions.DEFAULT)
                .average()
                .get(Metric.ACCURACY);
    }

    @Test
    void runs_on_different_pairs_are_not_ranked() {
        assertThat(page(run("a").facts(), run("b").skill(2).onPairs("others").facts()))
                .contains("The runs are not ranked: not all of them are known to be measured on the same pairs.")
                .contains("b is not tested against a: they were measured on different pairs.")
                .contains("No run is marked as the best: they were not measured alike.")
                .doesNotContain("Most accurate");
    }

    @Test
    void odd_bins_in_both_orders_are_warned_of() {
        assertThat(page(run("odd").measuredWith(MORES).facts()))
                .contains("Mind: with both-orders and an odd number of bins (7) the middle bin");
        assertThat(page(run("even").measuredWith(MORES.withBins(8)).facts()))
                .contains("8 bins of equal mass, each pair twice")
                .doesNotContain("odd number");
    }

    @Test
    void pictures_name_their_run_where_only_one_of_several_has_something_to_show() {
        RunFacts trained = run("trained")
                .history(new RunHistory(List.of(step(1, "train", 0, "helper", "guard")), List.of()))
                .facts();
        assertThat(page(run("raw").facts(), trained)).contains("Training loss, trained", "Gradient cosines, trained");
        assertThat(page(trained)).doesNotContain("Training loss, trained");
    }

    @Test
    void a_bin_in_which_all_are_right_is_drawn_as_wide_as_it_is_unknown() {
        String page = page(run("sure").skill(3).facts());
        assertThat(page)
                .contains("with the wider of its bootstrap and its Wilson interval as a band")
                .contains("A hollow dot is a bin of fewer than 10 pairs.")
                .contains("thin bars across it are the consistency range");
    }

    @Test
    void a_run_that_spreads_its_rewards_more_is_told_with_a_test() {
        PageFacts first = run("first");
        PageFacts bold = run("bold").scale(3);
        Difference spread = DriftComparison.of(first.scores(), bold.scores(), EvaluationOptions.DEFAULT.bootstrap())
                .get(DriftStatistic.ABSOLUTE_DIFFERENCE);
        String page = page(first.facts(), bold.facts());
        Matcher row = Pattern.compile("<td>mean \\|d\\|</td><td[^>]*>bold</td><td[^>]*>([^<]*)<small>[^<]*</small></td>"
                        + "<td[^>]*>(<b>|<strong>)?([\\d.]+)")
                .matcher(page);
        assertThat(row.find()).isTrue();
        assertThat(row.group(1)).isEqualTo(Words.change(spread.estimate()).split(" ", 2)[0]);
        assertThat(row.group(3)).isEqualTo(Words.probability(spread.pValue()));
        assertThat(page(first.facts(), run("same").facts())).contains("minus that of first, with 95 % intervals");
        assertThat(page(first.facts())).doesNotContain("minus that of first");
    }

    @Test
    void small_variances_have_digits() {
        assertThat(page(run("timid").scale(0.01).facts())).doesNotContain("0.00<small>[0.00, 0.00]");
    }

    @Test
    void a_calibrated_table_is_as_narrow_as_the_raw_one() {
        String page = page(run("a").recalibrated().facts());
        assertThat(page)
                .contains(
                        "<th>source</th><th>n</th><th>rewards</th><th>ECE</th><th>Brier score</th><th>NLL (nats)</th>")
                .contains("<td>helper</td><td>60</td><td>raw</td>")
                .contains("<td></td><td></td><td>calibrated</td>");
    }

    @Test
    void settings_of_many_runs_stand_five_abreast_beside_the_first() {
        RunFacts[] runs = new RunFacts[7];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = run("run" + i).set("training.seed", Integer.toString(i)).facts();
        }
        assertThat(page(runs))
                .contains("<th>setting</th><th>run0</th><th>run1</th><th>run2</th><th>run3</th><th>run4</th></tr>")
                .contains("<th>setting</th><th>run0</th><th>run5</th><th>run6</th></tr>");
    }

    @Test
    void commands_make_these_runs_and_this_page() {
        String page = ReportPage.html(
                List.of(run("a").facts(), run("b's").facts()),
                List.of(),
                List.of("--output", "my page.html", "--no-audit"));
        assertThat(page)
                .contains("./assay train a.yaml --output runs/a\n")
                .contains("./assay train 'b'\\''s.yaml' --output 'runs/b'\\''s'\n")
                .contains("./assay report runs/a 'runs/b'\\''s' --output 'my page.html' --no-audit</pre>")
                .contains("Recipe of a: a.yaml");
    }
}
