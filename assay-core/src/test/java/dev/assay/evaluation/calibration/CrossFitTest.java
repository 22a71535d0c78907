package dev.assay.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossFitTest {
    private static final int N = 2000;

    /** Two pairs a prompt; the prompts of both sources are the same where {@code name} does not stand in them. */
    private static PreferenceSource source(String name, String asking, int n) {
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Conversation prompt = Conversation.of(Message.user(asking + i / 2));
            pairs.add(PreferencePair.of(prompt, "yes", "no", Origin.of(name, name, i + 1L)));
        }
        return new PreferenceSource(name, pairs);
    }

    private static final List<PreferenceSource> SOURCES = List.of(source("a", "one ", N), source("b", "two ", N));

    /** A model whose differences are the true log-odds times {@code boldness}. */
    private static List<PairScores> scores(double boldness) {
        Random random = new Random(5);
        return SOURCES.stream()
                .map(source -> new PairScores(
                        source.name(),
                        source.pairs().stream()
                                .map(pair -> score(pair, random, boldness))
                                .toList()))
                .toList();
    }

    private static PairScore score(PreferencePair pair, Random random, double boldness) {
        double odds = 2 * random.nextGaussian();
        double turned = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? odds : -odds;
        return PairScore.of(pair, boldness * turned, 0);
    }

    private static double temperature(Recalibration map) {
        return map instanceof Temperature(double temperature) ? temperature : Double.NaN;
    }

    @Test
    void a_calibrated_model_has_temperature_one_and_a_bold_one_its_boldness() {
        PromptHalves halves = PromptHalves.of(SOURCES, 0);
        for (double boldness : new double[] {1, 3}) {
            CrossFit fit = CrossFit.of(RecalibrationKind.TEMPERATURE, scores(boldness), halves);
            // The standard error of 1/T on 2,000 pairs is about 0.03.
            assertThat(temperature(fit.ofFirst().map()) / boldness).isCloseTo(1, within(0.12));
            assertThat(temperature(fit.ofSecond().map()) / boldness).isCloseTo(1, within(0.12));
        }
    }

    @Test
    void the_unit_of_the_rewards_is_lost_and_every_sign_is_kept() {
        PromptHalves halves = PromptHalves.of(SOURCES, 0);
        List<PairScores> plain = scores(1);
        CrossFit one = CrossFit.of(RecalibrationKind.TEMPERATURE, plain, halves);
        CrossFit seven = CrossFit.of(RecalibrationKind.TEMPERATURE, scores(7), halves);
        for (int s = 0; s < plain.size(); s++) {
            double[] raw = plain.get(s).differences();
            double[] d = one.scores().get(s).differences();
            double[] other = seven.scores().get(s).differences();
            assertThat(d).hasSize(N);
            for (int i = 0; i < d.length; i++) {
                assertThat(other[i]).isCloseTo(d[i], within(Tolerances.DOUBLE_ALGEBRA));
                assertThat(Math.signum(d[i])).isEqualTo(Math.signum(raw[i]));
            }
        }
    }

    /** Fitted on all pairs, or on its own half, the answer would move with the label. */
    @Test
    void no_pair_has_a_say_in_the_map_that_reads_it() {
        PromptHalves halves = PromptHalves.of(SOURCES, 0);
        List<PairScores> plain = scores(1);
        List<PairScores> turned = turned(plain, halves);
        for (RecalibrationKind kind : RecalibrationKind.values()) {
            CrossFit before = CrossFit.of(kind, plain, halves);
            CrossFit after = CrossFit.of(kind, turned, halves);
            assertThat(after.ofFirst()).isNotEqualTo(before.ofFirst());
            assertThat(after.ofSecond()).isEqualTo(before.ofSecond());
            double[] first = before.scores().getFirst().differences();
            double[] again = after.scores().getFirst().differences();
            assertThat(IntStream.range(0, N)
                            .filter(i -> !halves.isSecond(0, i))
                            .allMatch(i -> Math.abs(again[i]) == Math.abs(first[i])))
                    .isTrue();
        }
    }

    /** The labels of the first half turned round. */
    private static List<PairScores> turned(List<PairScores> scores, PromptHalves halves) {
        List<PairScores> turned = new ArrayList<>();
        for (int s = 0; s < scores.size(); s++) {
            List<PairScore> pairs = new ArrayList<>(scores.get(s).pairs());
            for (int i = 0; i < pairs.size(); i++) {
                PairScore pair = pairs.get(i);
                if (!halves.isSecond(s, i)) {
                    pairs.set(i, new PairScore(pair.rejected(), pair.chosen(), pair.strength(), pair.origin()));
                }
            }
            turned.add(new PairScores(scores.get(s).source(), pairs));
        }
        return turned;
    }
}
