package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.head.GatingHead;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coordinates in which a gate is trained, and their way back into its first layer. */
class GateInputMapTest {
    private static final int WIDTH = 12;
    private static final int OBJECTIVES = 3;

    private final TensorScope scope = TensorScope.open();
    private final Random random = new Random(6);

    @AfterEach
    void free() {
        scope.close();
    }

    /** As a decoder's states are: far from the origin, correlated, some directions a hundredth of others. */
    private Tensor states(int rows) {
        Tensor mixing = gaussians(WIDTH, WIDTH);
        for (int d = 0; d < WIDTH; d++) {
            mixing.select(0, d).mul_(Tensors.number(Math.pow(10, -2.0 * d / WIDTH) / 3));
        }
        return gaussians(rows, WIDTH).matmul(mixing).add(Tensors.number(0.6)).to(ScalarType.Float);
    }

    private Tensor gaussians(int rows, int columns) {
        return Tensors.doubles(
                random.doubles((long) rows * columns)
                        .map(x -> random.nextGaussian())
                        .toArray(),
                rows,
                columns);
    }

    private static int[] first(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    private static GateInputMap map(GateInput input, Tensor states, int rows) {
        return GateInputMap.of(input, ShardedRows.of(states), first(rows)).orElseThrow();
    }

    private static GatingHead gate(long seed) {
        return GatingHead.random(new GatingHead.Shape(WIDTH, OBJECTIVES, 16, 2), 5, 1, seed);
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDARDIZED", "WHITENED"})
    void a_folded_gate_says_of_raw_states_what_it_said_of_mapped_ones(GateInput input) {
        Tensor states = states(500);
        GateInputMap map = map(input, states, 400);
        try (GatingHead gate = gate(1)) {
            double[] mapped = Tensors.toDoubles(gate.coefficients(map.apply(ShardedRows.of(states))));
            double[] unfolded = Tensors.toDoubles(gate.coefficients(states));
            map.foldInto(gate);
            double[] folded = Tensors.toDoubles(gate.coefficients(states));
            assertThat(folded).containsExactly(mapped, within(5 * Tolerances.FLOAT32_OP));
            assertThat(largest(folded, unfolded)).isGreaterThan(0.1);
        }
    }

    @Test
    void whitened_states_are_uncorrelated_and_small_components_are_damped() {
        Tensor states = states(3000);
        Tensor mapped = map(GateInput.WHITENED, states, 3000)
                .apply(ShardedRows.of(states))
                .to(ScalarType.Double);
        double[] means = Tensors.toDoubles(mapped.mean(0));
        assertThat(means).containsOnly(new double[] {0}, within(Tolerances.FLOAT32_OP));
        double[] covariance = Tensors.toDoubles(mapped.t().matmul(mapped).div(Tensors.number(3000)));
        double before = 0;
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < WIDTH; j++) {
                double value = covariance[i * WIDTH + j];
                if (i == j) {
                    // Ascending, as the eigenvalues are: lambda / (lambda + ridge).
                    assertThat(value).isBetween(before, 1.0);
                    before = value;
                } else {
                    assertThat(value).isCloseTo(0, within(Tolerances.REFERENCE));
                }
            }
        }
        assertThat(covariance[0]).isLessThan(0.1);
        assertThat(before).isGreaterThan(0.9);
    }

    @Test
    void standardized_states_have_deviation_1_and_only_the_named_rows_count() {
        Tensor states = states(500);
        GateInputMap map = map(GateInput.STANDARDIZED, states, 400);
        Tensor seen = map.apply(ShardedRows.of(states)).narrow(0, 0, 400).to(ScalarType.Double);
        assertThat(Tensors.toDoubles(seen.square().mean(new long[] {0})))
                .containsOnly(new double[] {1}, within(Tolerances.REFERENCE));
        states.narrow(0, 400, 100).fill_(Tensors.number(50));
        for (GateInput input : new GateInput[] {GateInput.STANDARDIZED, GateInput.WHITENED}) {
            GateInputMap all = map(input, states, 500);
            GateInputMap some = map(input, states, 400);
            assertThat(Tensors.toDoubles(some.mean())).isEqualTo(Tensors.toDoubles(map.mean()));
            assertThat(Tensors.toDoubles(some.mean())).isNotEqualTo(Tensors.toDoubles(all.mean()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDARDIZED", "WHITENED"})
    void of_a_column_that_never_differed_nothing_is_learnt(GateInput input) {
        Tensor states = states(200);
        states.select(1, 4).fill_(Tensors.number(0.3));
        states.select(1, 7).fill_(Tensors.number(0));
        try (GatingHead gate = gate(2)) {
            map(input, states, 200).foldInto(gate);
            double[] before = Tensors.toDoubles(gate.coefficients(states));
            assertThat(before).doesNotContain(Double.NaN);
            states.select(1, 4).fill_(Tensors.number(9));
            states.select(1, 7).fill_(Tensors.number(-9));
            assertThat(Tensors.toDoubles(gate.coefficients(states)))
                    .containsExactly(before, within(5 * Tolerances.REFERENCE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDARDIZED", "WHITENED"})
    void fewer_rows_than_numbers_and_rows_without_any_difference_will_do(GateInput input) {
        Tensor few = states(5);
        double[] mapped = Tensors.toDoubles(map(input, few, 5).apply(ShardedRows.of(few)));
        assertThat(DoubleStream.of(mapped)).allMatch(Double::isFinite).anyMatch(x -> Math.abs(x) > 0.1);
        Tensor alike = states(1).repeat(7, 1);
        assertThat(Tensors.toDoubles(map(input, alike, 7).apply(ShardedRows.of(alike))))
                .containsOnly(0);
    }

    /** The same prompts in other units, rotated and moved: a whitened gate that starts from the same function ends at the same. */
    @Test
    void rotation_unit_and_origin_of_the_states_do_not_matter_to_a_whitened_gate() {
        Tensor states = states(800);
        Tensor u = gaussians(WIDTH, 1);
        Tensor reflection = torch.eye(WIDTH)
                .sub(u.matmul(u.t())
                        .mul(Tensors.number(2 / Tensors.scalar(u.square().sum()))));
        Tensor moved = states.to(ScalarType.Double)
                .matmul(reflection)
                .mul(Tensors.number(3))
                .add(Tensors.number(-2))
                .to(ScalarType.Float);
        // Either sign of a component is as good: the second start has the first's weights with the signs of its own
        // components.
        Tensor signs =
                whitenedInTraining(states).mul(whitenedInTraining(moved)).sum(0).sign();
        assertThat(change(GateInput.WHITENED, states, moved, signs)).isLessThan(1e-3);
        assertThat(change(GateInput.RAW, states, moved, torch.ones(WIDTH))).isGreaterThan(0.1);
    }

    @Test
    void units_and_origins_of_single_numbers_do_not_matter_to_a_standardized_gate() {
        Tensor states = states(800);
        Tensor units = Tensors.doubles(random.doubles(WIDTH, 0.1, 30).toArray(), WIDTH);
        Tensor moved = states.to(ScalarType.Double).mul(units).add(units).to(ScalarType.Float);
        assertThat(change(GateInput.STANDARDIZED, states, moved, torch.ones(WIDTH)))
                .isLessThan(1e-3);
        assertThat(change(GateInput.RAW, states, moved, torch.ones(WIDTH))).isGreaterThan(0.1);
    }

    /** The largest change of a share between gates trained on each of two versions of the states. */
    private static double change(GateInput input, Tensor states, Tensor moved, Tensor signs) {
        Random labels = new Random(9);
        Tensor margins =
                Tensors.floats(labels.doubles(800L * OBJECTIVES, -0.5, 1).toArray(), 800, OBJECTIVES);
        try (GatingHead one = trained(input, states, margins, torch.ones(WIDTH));
                GatingHead other = trained(input, moved, margins, signs)) {
            return largest(Tensors.toDoubles(one.mixture(states)), Tensors.toDoubles(other.mixture(moved)));
        }
    }

    private static Tensor whitenedInTraining(Tensor states) {
        int[] rows = pairs(states).side(GateSettings.PAPER.split(), false);
        return GateInputMap.of(GateInput.WHITENED, ShardedRows.of(states), rows)
                .orElseThrow()
                .apply(ShardedRows.of(states));
    }

    private static PairFeatures pairs(Tensor states) {
        int rows = Math.toIntExact(states.size(0));
        return new PairFeatures(
                states,
                states,
                states,
                IntStream.range(0, rows).mapToObj(row -> "row-" + row).toList(),
                first(rows),
                new int[0],
                new int[0]);
    }

    private static GatingHead trained(GateInput input, Tensor states, Tensor margins, Tensor signs) {
        GatingHead start = gate(3);
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            start.parameters().get("gating.layers.0.weight").mul_(signs);
        }
        GateSettings settings = GateSettings.PAPER
                .withInput(input)
                .withUpdates(new GateSettings.Updates(3e-3, 0, 0, 80, 64))
                .withStopping(new GateSettings.Stopping(80, 0));
        return GateTraining.fit(pairs(states), margins, settings, start, look -> {})
                .gate();
    }

    private static double largest(double[] some, double[] others) {
        return IntStream.range(0, some.length)
                .mapToDouble(i -> Math.abs(some[i] - others[i]))
                .max()
                .orElseThrow();
    }
}
