package dev.assay.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.math.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where lines end, and with how many digits numbers stand. */
class BreaksTest {
    @Test
    void no_line_ends_between_a_number_and_what_belongs_to_it() {
        assertThat(Breaks.glued("right in 57.8 % [55.1, 60.2] (n = 40), within noise (p = 1.000) at step 20"))
                .isEqualTo("right in 57.8\u00a0% [55.1,\u00a060.2] (n\u00a0=\u00a040), within noise"
                        + " (p\u00a0=\u00a01.000) at step\u00a020");
        assertThat(Breaks.glued("p < 0.001 and [−0.3, +2.6]")).isEqualTo("p\u00a0<\u00a00.001 and [−0.3,\u00a0+2.6]");
    }

    @Test
    void a_formula_is_one_word() {
        assertThat(Breaks.glued("A coin has ln 2 = 0.693.")).isEqualTo("A coin has ln\u00a02\u00a0=\u00a00.693.");
    }

    @Test
    void ordinary_words_are_left_whole() {
        for (String word : List.of(
                "sequential", "checkpoint", "temperature", "W.Avg", "0.0000123456", "5.0E-4", "simulated", "[a, b]")) {
            assertThat(Breaks.cell(word, 16)).isEqualTo(word);
        }
    }

    @Test
    void long_names_may_be_broken_at_their_joints() {
        assertThat(Breaks.cell("training.checkpoint-every", 16)).isEqualTo("training.<wbr/>checkpoint-<wbr/>every");
        assertThat(Breaks.cell("runs/more/seed-11", 16)).isEqualTo("runs/<wbr/>more/<wbr/>seed-11");
    }

    @Test
    void what_has_no_joints_is_broken_before_it_widens_a_column() {
        String markup = Breaks.cell("0123456789abcdef".repeat(4), 16);
        assertThat(markup.split("<wbr/>"))
                .hasSize(4)
                .allSatisfy(part -> assertThat(part).hasSize(16));
        assertThat(Breaks.cell("a<b&averyveryverylongname", 16)).isEqualTo("a&lt;b&amp;averyveryver<wbr/>ylongname");
    }

    @Test
    void small_numbers_keep_two_digits() {
        assertThat(digits(0.00034, 0.00031, 0.00038)).isEqualTo("0.00034 [0.00031, 0.00038]");
        assertThat(digits(12.3456, 11, 13)).isEqualTo("12.35 [11.00, 13.00]");
        // A mean near zero is no more certain than its interval.
        assertThat(digits(0.00001, -0.02, 0.02)).isEqualTo("0.000 [−0.020, 0.020]");
        assertThat(digits(0, 0, 0)).isEqualTo("0.00 [0.00, 0.00]");
        assertThat(Words.digits(new Estimate(Double.NaN, Double.NaN, Double.NaN), 2))
                .isEqualTo(2);
        assertThat(Words.digits(new Estimate(1e-30, 0, 2e-30), 2)).isEqualTo(8);
    }

    private static String digits(double value, double low, double high) {
        Estimate estimate = new Estimate(value, low, high);
        int digits = Words.digits(estimate, 2);
        return Words.fixed(value, digits) + " " + Words.interval(estimate, 1, digits);
    }
}
