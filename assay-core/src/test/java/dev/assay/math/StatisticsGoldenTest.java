package dev.assay.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Intervals, tests and correlations against SciPy and NumPy; golden/evaluation/make.py made the values. */
class StatisticsGoldenTest {
    private static final JsonNode GOLDEN = JsonMapper.shared()
            .readTree(Path.of("../golden/evaluation/values.json").toFile());

    @Test
    void wilson_intervals_are_those_of_scipy() {
        for (JsonNode golden : GOLDEN.get("wilson")) {
            long n = golden.get("n").asLong();
            Estimate estimate = WilsonInterval.of(
                    golden.get("k").asDouble(), n, golden.get("level").asDouble());
            assertThat(estimate.value()).isEqualTo(golden.get("k").asDouble() / n);
            assertThat(estimate.low()).isCloseTo(golden.get("low").asDouble(), within(Tolerances.SOLVER));
            assertThat(estimate.high()).isCloseTo(golden.get("high").asDouble(), within(Tolerances.SOLVER));
        }
    }

    @Test
    void mcnemar_p_values_are_those_of_scipys_binomial() {
        for (JsonNode golden : GOLDEN.get("mcnemar")) {
            McNemarTest test =
                    McNemarTest.of(golden.get("b").asInt(), golden.get("c").asInt());
            assertThat(test.exactP()).isCloseTo(golden.get("exact").asDouble(), within(Tolerances.SOLVER));
            assertThat(test.midP()).isCloseTo(golden.get("mid").asDouble(), within(Tolerances.SOLVER));
        }
    }

    @Test
    void correlations_are_those_of_scipy_with_and_without_ties() {
        for (JsonNode golden : GOLDEN.get("correlation")) {
            double[] x = doubles(golden.get("x"));
            double[] y = doubles(golden.get("y"));
            for (Correlation kind : Correlation.values()) {
                double expected =
                        golden.get(kind.name().toLowerCase(Locale.ROOT)).asDouble();
                assertThat(kind.of(x, y)).as(kind.name()).isCloseTo(expected, within(Tolerances.SOLVER));
            }
        }
    }

    @Test
    void quantiles_are_those_of_numpy() {
        JsonNode golden = GOLDEN.get("quantiles");
        double[] values = doubles(golden.get("values"));
        golden.get("at")
                .properties()
                .forEach(at -> assertThat(Quantiles.of(values, Double.parseDouble(at.getKey())))
                        .isCloseTo(at.getValue().asDouble(), within(Tolerances.DOUBLE_ALGEBRA)));
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
