package dev.assay.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static double[][] means(Bootstrap bootstrap, double[] values) {
        return bootstrap.replicates(values.length, counts -> {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += counts[i] * values[i];
            }
            return new double[] {sum / values.length};
        });
    }

    private static double[] normals(int n, double mean, Random random) {
        return random.doubles(n).map(ignored -> mean + random.nextGaussian()).toArray();
    }

    private static double[] first(double[][] replicates) {
        return Arrays.stream(replicates).mapToDouble(row -> row[0]).toArray();
    }

    @Test
    void equal_seeds_give_equal_samples_and_streams_differ() {
        double[] values = normals(50, 0, new Random(1));
        Bootstrap bootstrap = new Bootstrap(20, 0.95, 7);
        assertThat(means(bootstrap, values)).isDeepEqualTo(means(new Bootstrap(20, 0.95, 7), values));
        assertThat(first(means(bootstrap, values))).isNotEqualTo(first(means(bootstrap.stream(1), values)));
    }

    @Test
    void every_sample_has_as_many_rows_as_the_data() {
        new Bootstrap(50, 0.9, 3).replicates(17, counts -> {
            assertThat(Arrays.stream(counts).sum()).isEqualTo(17);
            return new double[1];
        });
    }

    @Test
    void the_interval_of_a_mean_covers_the_truth_about_as_often_as_it_says() {
        Random random = new Random(42);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] values = normals(60, 0.3, random);
            Bootstrap bootstrap = new Bootstrap(300, 0.9, trial);
            double mean = Arrays.stream(values).average().orElseThrow();
            if (bootstrap.estimate(mean, first(means(bootstrap, values))).covers(0.3)) {
                covered++;
            }
        }
        // 180 expected; the binomial standard deviation is 4.2.
        assertThat(covered).isBetween(164, 194);
    }

    @Test
    void centred_replicates_have_the_estimate_as_their_mean_and_keep_their_spread() {
        assertThat(Bootstrap.centred(1, new double[] {2, 3, 4, Double.NaN})).containsExactly(0, 1, 2, Double.NaN);
        Bootstrap bootstrap = new Bootstrap(4, 0.9, 0);
        assertThat(bootstrap.estimate(1, new double[] {2, 2, 2})).isEqualTo(new Estimate(1, 1, 2));
        assertThat(bootstrap.estimate(1, new double[] {Double.NaN}).hasInterval())
                .isFalse();
        assertThat(new Estimate(0.5, -0.1, 1.2).clipped(0, 1)).isEqualTo(new Estimate(0.5, 0, 1));
        assertThat(Estimate.withoutInterval(0.5).clipped(0, 1).hasInterval()).isFalse();
    }

    @Test
    void where_more_than_a_tenth_of_the_replicates_are_undefined_there_is_no_interval() {
        double[] replicates = new double[40];
        Arrays.setAll(replicates, i -> i < 4 ? Double.NaN : i);
        Bootstrap bootstrap = new Bootstrap(40, 0.9, 0);
        assertThat(bootstrap.estimate(20, replicates).hasInterval()).isTrue();
        replicates[4] = Double.NaN;
        assertThat(bootstrap.estimate(20, replicates).hasInterval()).isFalse();
        assertThat(bootstrap.estimate(20, replicates).value()).isEqualTo(20);
    }

    @Test
    void the_p_value_is_never_zero_and_one_where_nothing_differs() {
        assertThat(Bootstrap.pValue(new double[] {1, 2, 3})).isEqualTo(2 * 1.0 / 4);
        assertThat(Bootstrap.pValue(new double[] {0, 0, 0})).isEqualTo(1);
    }

    @Test
    void unusable_settings_are_refused() {
        assertThatThrownBy(() -> new Bootstrap(0, 0.95, 0)).hasMessageContaining("at least one resample");
        assertThatThrownBy(() -> new Bootstrap(10, 0.95, 0).replicates(0, counts -> new double[1]))
                .hasMessageContaining("nothing to resample");
    }
}
