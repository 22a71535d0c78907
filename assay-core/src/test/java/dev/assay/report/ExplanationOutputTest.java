package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.report.page.ExplanationPage;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.ScoredPair;
import dev.assay.testing.Tolerances;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplanationOutputTest {
    private static final Reward GOOD = reward(0.9, 0.5, 0.1, 0.05);
    private static final Reward BAD = reward(0.2, 0.6, 0.9, 0.05);

    private static Reward reward(double helpful, double safe, double long0, double error) {
        return Reward.of(
                new Explanation.Mixture(
                        "mixture of objectives",
                        List.of(
                                part("helpful", helpful, 0.6, 0.6, error),
                                part("safe", safe, 0.4, 0.4, error),
                                part("long", long0, 0, -0.25, 0))),
                12,
                false);
    }

    private static ObjectivePart part(String name, double reward, double gate, double coefficient, double error) {
        return new ObjectivePart(new Objective(name), reward, 5 * reward - 0.5, gate, coefficient, error);
    }

    private static PairExplanation pair(Reward first, Reward second) {
        return new PairExplanation(
                (Explanation.Mixture) first.explanation(), (Explanation.Mixture) second.explanation());
    }

    private static ScoredPair scored(Reward first, Reward second) {
        Map<Objective, Double> errors = Map.of(new Objective("helpful"), 0.02, new Objective("safe"), 0.01);
        return new ScoredPair(
                first,
                second,
                Optional.of(new PairExplanation(
                        (Explanation.Mixture) first.explanation(),
                        (Explanation.Mixture) second.explanation(),
                        errors)));
    }

    @Test
    void a_tree_has_the_largest_contributions_first_and_sums_up_the_others() {
        assertThat(ExplanationText.of(GOOD, 2)).isEqualTo("""
                reward 0.7150 (standard error at most 0.0500)  (12 tokens)
                mixture of objectives
                ├─    +0.5400  helpful  4.0000 on its scale (0.9000 +- 0.0500 of 1), coefficient 0.6000, gate 0.6000
                ├─    +0.2000  safe     2.0000 on its scale (0.5000 +- 0.0500 of 1), coefficient 0.4000, gate 0.4000
                └─    -0.0250  1 more together
                """);
    }

    @Test
    void objectives_may_be_ordered_by_what_they_are_multiplied_by_as_on_the_published_model_card() {
        // Contributions 0.09, 0.4 and -0.25 of coefficients 0.6, 0.4 and -0.25: another order.
        Reward other = reward(0.15, 1, 1, 0.05);
        Explanation.Mixture mixture = (Explanation.Mixture) other.explanation();
        assertThat(names(mixture.topByCoefficient(3))).containsExactly("helpful", "safe", "long");
        assertThat(names(mixture.topByContribution(3))).containsExactly("safe", "long", "helpful");
        // Of the magnitude, not the value: a nuisance that is subtracted may come first.
        Explanation.Mixture subtracted =
                new Explanation.Mixture("m", List.of(part("small", 1, 0.1, 0.1, 0), part("nuisance", 0.2, 0, -0.9, 0)));
        assertThat(names(subtracted.topByCoefficient(1))).containsExactly("nuisance");
        assertThat(ExplanationText.of(other, new TopObjectives(1, TopObjectives.By.COEFFICIENT)))
                .contains("+0.0900  helpful")
                .contains("+0.1500  2 more together")
                .doesNotContain("safe");
    }

    private static List<String> names(List<ObjectivePart> parts) {
        return parts.stream().map(part -> part.objective().name()).toList();
    }

    @Test
    void every_kind_of_explanation_is_a_tree() {
        Explanation leaf = new Explanation.Leaf("member a", 2);
        Explanation sum = new Explanation.WeightedSum(
                "mean of 2", List.of(new Explanation.Term(0.5, leaf), new Explanation.Term(0.5, GOOD.explanation())));
        Explanation all = new Explanation.Affine(
                "calibrated", 2, -1, new Explanation.Opaque("router", sum.value(), List.of(sum)));
        assertThat(ExplanationText.of(Reward.of(all, 3, true), 1))
                .contains("cut to the model's length")
                .contains("calibrated", "router", "mean of 2", "member a", "mixture of objectives")
                .contains("+1.0000 = 0.5000 x");
    }

    @Test
    void the_decisive_objective_is_the_one_that_speaks_most_for_the_winner() {
        PairExplanation pair = pair(GOOD, BAD);
        assertThat(pair.value()).isEqualTo(GOOD.value() - BAD.value());
        assertThat(pair.decisive().orElseThrow().objective().name()).isEqualTo("helpful");
        assertThat(pair.turnsWithoutDecisive()).isFalse();
        assertThat(ExplanationText.verdict(pair)).contains("the chosen answer").contains("ahead without it too");
        assertThat(ExplanationText.verdict(pair(BAD, GOOD))).contains("the rejected answer");
        PairExplanation close = pair(GOOD, reward(0.2, 0.9, 0.1, 0.05));
        assertThat(close.turnsWithoutDecisive()).isTrue();
        assertThat(ExplanationText.verdict(close)).contains("helpful decided it: without it the order would turn");
        assertThat(ExplanationText.verdict(pair(GOOD, GOOD))).contains("the same reward");
    }

    @Test
    void differences_of_the_objectives_add_up_to_that_of_the_rewards() {
        double sum = pair(GOOD, BAD).differences().stream()
                .mapToDouble(PairExplanation.Difference::value)
                .sum();
        assertThat(sum).isCloseTo(GOOD.value() - BAD.value(), within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_difference_has_its_error_beside_it_in_text_json_picture_and_page() {
        ScoredPair pair = scored(GOOD, BAD);
        PairExplanation explanation = pair.explanation().orElseThrow();
        assertThat(ExplanationText.of(explanation, 3))
                .startsWith("difference +0.5800 (standard error at most 0.0160)  the chosen answer")
                .contains("   +0.4200 +- 0.0120  helpful  (+0.5400 against +0.1200)")
                .contains("   +0.2000  long  (-0.0250 against -0.2250)")
                .contains("   -0.0400 +- 0.0040  safe");
        JsonMapper mapper = JsonMapper.shared();
        JsonNode json = mapper.readTree(mapper.writeValueAsString(ExplanationJson.of(pair)));
        assertThat(json.get("standard_error_bound").asDouble()).isCloseTo(0.016, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(json.at("/differences/0/standard_error").asDouble())
                .isCloseTo(0.012, within(Tolerances.DOUBLE_ALGEBRA));
        PairExplanation unknown = pair(GOOD, BAD);
        assertThat(ExplanationFigures.of(explanation, 3)).isNotEqualTo(ExplanationFigures.of(unknown, 3));
        Conversation text = Conversation.of(Message.user("q"), Message.assistant("a"));
        assertThat(new ExplanationPage("m", TopObjectives.byContribution(3))
                        .add("pair", text, text, pair)
                        .html())
                .contains("The standard error of the difference is at most 0.0160");
    }

    @Test
    void an_unknown_error_of_a_difference_is_left_out() {
        PairExplanation unknown = pair(GOOD, BAD);
        assertThat(ExplanationText.of(unknown, 3)).doesNotContain("NaN").doesNotContain("+-");
        assertThat(ExplanationJson.of(new ScoredPair(GOOD, BAD, Optional.of(unknown)))
                        .toString())
                .doesNotContain("NaN");
    }

    @Test
    void json_has_contributions_that_add_up_exactly() {
        JsonMapper mapper = JsonMapper.shared();
        JsonNode json = mapper.readTree(mapper.writeValueAsString(ExplanationJson.of(scored(GOOD, BAD))));
        assertThat(json.get("preferred").asString()).isEqualTo("chosen");
        assertThat(json.get("decided_by").asString()).isEqualTo("helpful");
        JsonNode chosen = json.get("chosen");
        double sum = 0;
        for (JsonNode objective : chosen.get("explanation").get("objectives")) {
            sum += objective.get("contribution").asDouble();
        }
        assertThat(chosen.get("reward").asDouble()).isEqualTo(sum);
        assertThat(chosen.get("standard_error_bound").asDouble()).isPositive();
    }

    @Test
    void an_unknown_error_is_left_out_and_not_shown_as_zero() {
        Reward unsure = reward(0.9, 0.5, 0.1, Double.NaN);
        assertThat(ExplanationJson.of(unsure)).doesNotContainKey("standard_error_bound");
        assertThat(ExplanationText.of(unsure, 3)).doesNotContain("NaN").doesNotContain("standard error");
    }

    @Test
    void a_page_escapes_what_people_wrote_and_has_a_picture_for_each_reward_and_pair() {
        Conversation good = Conversation.of(Message.user("<b>?"), Message.assistant("a & b"));
        Conversation bad = Conversation.of(Message.user("<b>?"), Message.assistant("c"));
        String html = new ExplanationPage("model", TopObjectives.byContribution(5))
                .add("pair 1", good, bad, scored(GOOD, BAD))
                .add("scalar", good, Reward.scalar(1, 2, false))
                .html();
        assertThat(html).contains("&lt;b&gt;?", "a &amp; b").doesNotContain("<b>?");
        assertThat(html.split("<svg", -1)).hasSize(4);
    }
}
