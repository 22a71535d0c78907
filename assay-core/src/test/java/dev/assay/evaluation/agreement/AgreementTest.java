package dev.assay.evaluation.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Bootstrap QUICK = new Bootstrap(200, 0.95, 3);

    /** A model whose differences d on one source "s" are given. */
    private static ModelScores model(String name, double... differences) {
        List<PairScore> pairs = new ArrayList<>();
        for (double d : differences) {
            pairs.add(new PairScore(d, 0, Strength.HARD, Origin.of("s", "test.jsonl", pairs.size() + 1)));
        }
        return new ModelScores(name, List.of(new PairScores("s", pairs)));
    }

    private static ModelScores random(String name, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // Rounded, so that some rewards are equal.
        return model(
                name, random.doubles(n, -2, 3).map(d -> Math.rint(d * 4) / 4).toArray());
    }

    @Test
    void a_pair_is_agreed_when_all_judges_favour_the_same_response_be_it_right_or_wrong() {
        Agreement agreement = Agreement.of(
                List.of(model("a", 1, -1, 1, 0, 0), model("b", 2, -3, -1, 1, 0), model("c", 0.1, -9, 4, 1, 0)));
        assertThat(agreement.parts("s"))
                .containsExactly(Part.AGREED, Part.AGREED, Part.DISAGREED, Part.DISAGREED, Part.DISAGREED);
        assertThat(agreement.agreedShare(0.95).value()).isEqualTo(0.4);
    }

    @Test
    void the_products_of_the_definition_say_the_same() {
        List<ModelScores> judges = List.of(random("a", 400, 1), random("b", 400, 2), random("c", 400, 3));
        List<Part> own = Agreement.of(judges).parts("s");
        for (int row = 0; row < 400; row++) {
            boolean agreed = true;
            for (ModelScores i : judges) {
                for (ModelScores j : judges) {
                    agreed &= difference(i, row) * difference(j, row) > 0;
                }
            }
            assertThat(own.get(row)).isEqualTo(agreed ? Part.AGREED : Part.DISAGREED);
        }
    }

    private static double difference(ModelScores model, int row) {
        return model.sources().getFirst().pairs().get(row).difference();
    }

    /** Resamples of one value are all that value: the interval had no width, as if nothing were surer. */
    @Test
    void a_part_of_one_pair_has_means_without_interval() {
        ModelScores judge = model("a", 1, 2, 3);
        PartScores alone = Agreement.of(List.of(judge, model("b", 1, -2, 3))).measure(judge, Part.DISAGREED, QUICK);
        assertThat(alone.n()).isEqualTo(1);
        assertThat(alone.differenceMean()).isEqualTo(Estimate.withoutInterval(2));
        assertThat(alone.absoluteDifference()).isEqualTo(Estimate.withoutInterval(2));
        assertThat(alone.accuracy().hasInterval()).isTrue();
    }

    @Test
    void all_judges_have_the_same_accuracy_where_they_agree() {
        List<ModelScores> judges = List.of(random("a", 300, 4), random("b", 300, 5));
        Agreement agreement = Agreement.of(judges);
        PartScores a = agreement.measure(judges.getFirst(), Part.AGREED, QUICK);
        PartScores b = agreement.measure(judges.getLast(), Part.AGREED, QUICK);
        assertThat(a.n()).isPositive();
        assertThat(a.accuracy()).isEqualTo(b.accuracy());
    }

    @Test
    void two_judges_that_never_give_equal_rewards_are_right_once_on_every_disagreed_pair() {
        ModelScores a = model("a", new SplittableRandom(6).doubles(200, -1, 1).toArray());
        ModelScores b = model("b", new SplittableRandom(7).doubles(200, -1, 1).toArray());
        Agreement agreement = Agreement.of(List.of(a, b));
        double sum = agreement.measure(a, Part.DISAGREED, QUICK).accuracy().value()
                + agreement.measure(b, Part.DISAGREED, QUICK).accuracy().value();
        assertThat(sum).isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void a_model_is_measured_on_both_parts_which_make_up_the_whole() {
        ModelScores judged = random("m", 120, 8);
        Agreement agreement = Agreement.of(List.of(random("a", 120, 9), random("b", 120, 10)));
        PartScores agreed = agreement.measure(judged, Part.AGREED, QUICK);
        PartScores disagreed = agreement.measure(judged, Part.DISAGREED, QUICK);
        double[] all = judged.sources().getFirst().differences();
        assertThat(agreed.n() + disagreed.n()).isEqualTo(120).isEqualTo(agreement.n());
        assertThat(agreed.n()).isEqualTo(agreement.n(Part.AGREED));
        double absolute = agreed.n() * agreed.absoluteDifference().value()
                + disagreed.n() * disagreed.absoluteDifference().value();
        assertThat(absolute).isCloseTo(Arrays.stream(all).map(Math::abs).sum(), within(Tolerances.SOLVER));
        assertThat(agreed.differences())
                .hasSize(agreed.n())
                .startsWith(all[agreement.parts("s").indexOf(Part.AGREED)]);
        assertThat(agreed.differenceMean().covers(agreed.differenceMean().value()))
                .isTrue();
    }

    @Test
    void more_judges_never_agree_on_more_pairs_and_their_order_does_not_matter() {
        ModelScores a = random("a", 150, 11);
        ModelScores b = random("b", 150, 12);
        ModelScores c = random("c", 150, 13);
        assertThat(Agreement.of(List.of(a, b, c)).n(Part.AGREED))
                .isLessThan(Agreement.of(List.of(a, b)).n(Part.AGREED));
        assertThat(Agreement.of(List.of(a, b, c)).parts("s"))
                .isEqualTo(Agreement.of(List.of(c, a, b)).parts("s"));
        assertThat(Agreement.of(List.of(a, a)).n(Part.DISAGREED))
                .isEqualTo((int) Arrays.stream(a.sources().getFirst().differences())
                        .filter(d -> d == 0)
                        .count());
    }

    @Test
    void the_most_disagreed_pairs_come_first_with_their_place() {
        Agreement agreement = Agreement.of(List.of(model("a", 0.1, 5, 1, 9), model("b", -0.1, -5, 1, -9)));
        List<DisagreedPair> most = agreement.mostDisagreed(2);
        assertThat(most).extracting(DisagreedPair::index).containsExactly(3, 1);
        assertThat(most.getFirst().origin().place()).isEqualTo("test.jsonl:4");
        assertThat(most.getFirst().differences()).containsExactly(9.0, -9.0);
        double sure = 1 / (1 + Math.exp(-9));
        assertThat(most.getFirst().disagreement())
                .isCloseTo(Math.pow(sure - 0.5, 2), within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void ties_are_left_out_but_counted_in_a_pairs_place() {
        Origin origin = Origin.of("s", "test.jsonl", 0);
        PairScore tie = new PairScore(1, 0, Strength.TIE, origin);
        List<ModelScores> judges = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            PairScore pair = new PairScore(sign, 0, Strength.HARD, origin);
            judges.add(new ModelScores("m" + sign, List.of(new PairScores("s", List.of(tie, pair)))));
        }
        Agreement agreement = Agreement.of(judges);
        assertThat(agreement.n()).isEqualTo(1);
        assertThat(agreement.mostDisagreed(5)).singleElement().returns(1, DisagreedPair::index);
        assertThat(agreement
                        .measure(judges.getFirst(), Part.AGREED, QUICK)
                        .accuracy()
                        .value())
                .isNaN();
    }

    @Test
    void judges_of_other_pairs_are_refused() {
        assertThatThrownBy(() -> Agreement.of(List.of(model("a", 1, 2), model("b", 1))))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("2 and 1 pairs");
        assertThatThrownBy(() -> Agreement.of(List.of(model("a", 1)))).hasMessageContaining("two judges");
    }
}
