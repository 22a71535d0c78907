package dev.assay.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegressionQualityTest {
    @Test
    void the_mean_explains_nothing_and_the_truth_everything() {
        double[] actual = {1, 2, 3, 6};
        int[] rows = {0, 1, 2, 3};
        RegressionQuality truth = RegressionQuality.of(actual, actual, rows, 0.95);
        assertThat(truth.rSquared().value()).isEqualTo(1);
        assertThat(truth.meanSquaredError()).isEqualTo(Estimate.withoutInterval(0));
        assertThat(truth.spearman().value()).isEqualTo(1, within(Tolerances.DOUBLE_ALGEBRA));
        RegressionQuality mean = RegressionQuality.of(new double[] {3, 3, 3, 3}, actual, rows, 0.95);
        assertThat(mean.rSquared().value()).isZero();
        assertThat(mean.meanSquaredError().value()).isEqualTo(3.5);
        assertThat(mean.spearman().value()).isNaN();
    }

    @Test
    void the_same_row_twice_in_one_cluster_is_no_news() {
        Drawn once = new Drawn(100, 1, new Random(3));
        Drawn twice = new Drawn(100, 2, new Random(3));
        RegressionQuality first = once.quality();
        RegressionQuality second = twice.quality();
        assertThat(second.rows()).isEqualTo(200);
        assertThat(second.clusters()).isEqualTo(100);
        assertThat(second.meanSquaredError().low())
                .isCloseTo(first.meanSquaredError().low(), within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(second.rSquared().high()).isCloseTo(first.rSquared().high(), within(Tolerances.DOUBLE_ALGEBRA));
    }

    @Test
    void intervals_cover_the_true_values_at_their_level() {
        Random random = new Random(9);
        Coverage coverage = Coverage.of(1000, () -> new Drawn(200, 1, random).quality());
        assertThat(coverage.meanSquaredError).isBetween(0.92, 0.975);
        assertThat(coverage.rSquared).isBetween(0.92, 0.975);
    }

    @Test
    void answers_to_few_prompts_have_intervals_as_wide_as_few_prompts_allow() {
        Random random = new Random(10);
        Coverage coverage = Coverage.of(4000, () -> alike(10, 6, random));
        // With the normal quantile 0.857 and 0.896; the squared errors of ten prompts are still skewed.
        assertThat(coverage.meanSquaredError).isBetween(0.875, 0.95);
        assertThat(coverage.rSquared).isBetween(0.91, 0.96);
    }

    @Test
    void nine_prompts_give_no_interval_however_many_answers_they_have() {
        RegressionQuality nine = alike(9, 100, new Random(11));
        assertThat(nine.rows()).isEqualTo(900);
        assertThat(nine.clusters()).isEqualTo(9);
        for (Estimate each : List.of(nine.meanSquaredError(), nine.rSquared(), nine.spearman())) {
            assertThat(each.value()).isFinite();
            assertThat(each.hasInterval()).isFalse();
        }
        assertThat(alike(10, 2, new Random(11)).spearman().hasInterval()).isTrue();
    }

    /** The shares of intervals that hold the true values, where predictions and noise are independent. */
    private record Coverage(double meanSquaredError, double rSquared) {
        static Coverage of(int trials, Supplier<RegressionQuality> trial) {
            double noise = Drawn.NOISE * Drawn.NOISE;
            List<RegressionQuality> drawn = Stream.generate(trial).limit(trials).toList();
            return new Coverage(
                    share(drawn, quality -> quality.meanSquaredError().covers(noise)),
                    share(drawn, quality -> quality.rSquared().covers(1 - noise / (1 + noise))));
        }

        private static double share(List<RegressionQuality> drawn, Predicate<RegressionQuality> covers) {
            return (double) drawn.stream().filter(covers).count() / drawn.size();
        }
    }

    /** Answers whose predictions and errors are half their prompt's. */
    private static RegressionQuality alike(int prompts, int answers, Random random) {
        int[] clusters =
                IntStream.range(0, prompts * answers).map(i -> i / answers).toArray();
        double[] predicted = halves(clusters, prompts, random);
        double[] errors = halves(clusters, prompts, random);
        double[] actual = new double[clusters.length];
        Arrays.setAll(actual, i -> predicted[i] + Drawn.NOISE * errors[i]);
        return RegressionQuality.of(predicted, actual, clusters, 0.95);
    }

    private static double[] halves(int[] clusters, int prompts, Random random) {
        double[] shared =
                random.doubles(prompts).map(any -> random.nextGaussian()).toArray();
        return Arrays.stream(clusters)
                .mapToDouble(prompt -> Math.sqrt(0.5) * (shared[prompt] + random.nextGaussian()))
                .toArray();
    }

    /** Standard normal predictions and what they predict, with noise; each row so many times. */
    private static final class Drawn {
        static final double NOISE = 0.6;
        private final double[] predicted;
        private final double[] actual;
        private final int[] clusters;

        Drawn(int rows, int copies, Random random) {
            clusters = IntStream.range(0, rows * copies).map(i -> i / copies).toArray();
            double[] one = new double[rows];
            double[] other = new double[rows];
            Arrays.setAll(one, i -> random.nextGaussian());
            Arrays.setAll(other, i -> one[i] + NOISE * random.nextGaussian());
            predicted = Arrays.stream(clusters).mapToDouble(i -> one[i]).toArray();
            actual = Arrays.stream(clusters).mapToDouble(i -> other[i]).toArray();
        }

        RegressionQuality quality() {
            return RegressionQuality.of(predicted, actual, clusters, 0.95);
        }
    }
}
