package dev.assay.benchmarks;

import dev.assay.data.RatingScale;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.GateSettings;
import dev.assay.method.armorm.GateTraining;
import dev.assay.method.armorm.ObjectiveProbes;
import dev.assay.method.armorm.PairFeatures;
import dev.assay.method.armorm.PenaltyChoice;
import dev.assay.method.armorm.ProbeFitting;
import dev.assay.method.armorm.ProbeSettings;
import dev.assay.method.armorm.RatedFeatures;
import dev.assay.method.armorm.RewardTransform;
import dev.assay.method.armorm.ScaledObjective;
import dev.assay.reward.Objective;
import dev.assay.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Seconds of a step of the gate's training, beside side-by-side/gate.py: {@code PAIRS WIDTH STEPS}. The times between looks at the
 * held-out prompts, of which there is one, are single steps; the median counts, as on the other side.
 */
public final class GateBenchmark {
    private static final int OBJECTIVES = 19;
    private static final int WARM_UP = 2;

    private GateBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        int pairs = Integer.parseInt(arguments[0]);
        int width = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        try (TensorScope scope = TensorScope.open();
                ObjectiveProbes probes = probes(width)) {
            PairFeatures rows = pairs(pairs, width);
            List<Meter.Reading> marks = new ArrayList<>();
            GateSettings settings = GateSettings.PAPER
                    .withUpdates(new GateSettings.Updates(1e-3, 0, 0, steps + WARM_UP, 1024))
                    .withStopping(new GateSettings.Stopping(1, 0));
            Meter meter = new Meter();
            GateFit fit = GateTraining.fit(
                    rows, probes, RewardTransform.identity(OBJECTIVES), settings, look -> marks.add(meter.read()));
            fit.gate().close();
            print("wall", marks, Meter.Reading::wall);
            print("cpu", marks, Meter.Reading::cpu);
            System.out.printf("peak %d MB%n", Meter.peakBytes() >> 20);
        }
    }

    private static void print(String kind, List<Meter.Reading> marks, ToDoubleFunction<Meter.Reading> seconds) {
        double[] each = IntStream.range(WARM_UP + 1, marks.size())
                .mapToDouble(i -> seconds.applyAsDouble(marks.get(i)) - seconds.applyAsDouble(marks.get(i - 1)))
                .sorted()
                .toArray();
        System.out.printf("%s %.4f s a step (median of %d)%n", kind, each[each.length / 2], each.length);
    }

    private static ObjectiveProbes probes(int width) {
        Random random = new Random(1);
        int rows = 64;
        double[][] ratings = new double[OBJECTIVES][rows];
        for (double[] column : ratings) {
            Arrays.setAll(column, i -> random.nextDouble());
        }
        RatedFeatures data = new RatedFeatures(
                torch.randn(rows, width),
                IntStream.range(0, rows).mapToObj(Integer::toString).toList(),
                IntStream.range(0, rows).toArray(),
                IntStream.range(0, OBJECTIVES)
                        .mapToObj(k -> new ScaledObjective(new Objective("o" + k), new RatingScale(0, 1)))
                        .toList(),
                ratings);
        return ProbeFitting.fit(
                        data,
                        ProbeSettings.DEFAULT
                                .withPenalties(100.0)
                                .withChoice(new PenaltyChoice.GeneralizedCrossValidation()))
                .probes();
    }

    /** A single pair is held out: looking at it costs next to nothing. */
    private static PairFeatures pairs(int pairs, int width) {
        int[] prompts = new int[pairs];
        Tensor features = torch.randn(pairs, width);
        int held = IntStream.iterate(0, i -> i + 1)
                .filter(GateSettings.PAPER.split()::holdsOut)
                .findFirst()
                .orElseThrow();
        int trained = IntStream.iterate(0, i -> i + 1)
                .filter(i -> !GateSettings.PAPER.split().holdsOut(i))
                .findFirst()
                .orElseThrow();
        Arrays.fill(prompts, trained);
        prompts[0] = held;
        return new PairFeatures(
                features,
                torch.randn(pairs, width),
                torch.randn(pairs, width),
                IntStream.range(0, pairs).mapToObj(Integer::toString).toList(),
                prompts,
                new int[0],
                new int[0]);
    }
}
