package dev.assay.benchmarks;

import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.method.armorm.ObjectiveFit;
import dev.assay.method.armorm.ObjectiveProbes;
import dev.assay.method.armorm.PenaltyChoice;
import dev.assay.method.armorm.ProbeFit;
import dev.assay.method.armorm.ProbeFitting;
import dev.assay.method.armorm.ProbeSettings;
import dev.assay.method.armorm.RatedFeatures;
import dev.assay.method.armorm.ScaledObjective;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fits ridge probes to the rows side-by-side/ridge.py made: {@code FOLDER [ROUNDS]}. Writes what it found and what it took
 * beside them, for the same script to compare. The first round meets cold code; the best one counts. {@code baseBytes} is what was
 * resident with libtorch loaded and no row read.
 */
public final class RidgeBenchmark {
    private RidgeBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        LibTorch.ready();
        long base = Meter.residentBytes();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("rows.safetensors"));
                TensorScope scope = TensorScope.open()) {
            RatedFeatures rows = rows(file);
            Round best = measured(rows);
            for (int round = 1; round < rounds; round++) {
                Round one = measured(rows);
                best = one.wall < best.wall ? one : best;
            }
            best.result.put("baseBytes", base);
            Files.writeString(folder.resolve("assay.json"), JsonMapper.shared().writeValueAsString(best.result));
        }
    }

    private static RatedFeatures rows(SafetensorsFile file) {
        Tensor features = file.tensor("features");
        Tensor ratings = file.tensor("ratings");
        int rows = Math.toIntExact(features.size(0));
        int objectives = Math.toIntExact(ratings.size(0));
        double[][] columns = new double[objectives][];
        Arrays.setAll(columns, k -> Tensors.toDoubles(ratings.select(0, k)));
        return new RatedFeatures(
                features,
                IntStream.range(0, rows).mapToObj(Integer::toString).toList(),
                IntStream.range(0, rows).toArray(),
                IntStream.range(0, objectives)
                        .mapToObj(k -> ScaledObjective.unit("objective-" + k))
                        .toList(),
                columns);
    }

    /**
     * One fit.
     *
     * @param wall seconds
     * @param result all that is written
     */
    private record Round(double wall, Map<String, Object> result) {}

    private static Round measured(RatedFeatures rows) {
        ProbeSettings settings = ProbeSettings.DEFAULT;
        Meter meter = new Meter();
        ProbeFit fit = ProbeFitting.fit(rows, settings);
        Meter.Reading seconds = meter.read();
        System.out.println(seconds);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("wall", seconds.wall());
        result.put("cpu", seconds.cpu());
        try (ObjectiveProbes probes = fit.probes();
                TensorScope scope = TensorScope.open()) {
            PenaltyChoice.HeldOut held = (PenaltyChoice.HeldOut) settings.choice();
            result.put("peakBytes", Meter.peakBytes());
            result.put("featureBytes", 4L * rows.rows() * rows.width());
            result.put(
                    "heldOut",
                    IntStream.range(0, rows.rows())
                            .filter(held.split()::holdsOut)
                            .toArray());
            result.put(
                    "penalty",
                    fit.objectives().stream().map(ObjectiveFit::penalty).toList());
            result.put(
                    "criterion",
                    fit.objectives().stream().map(ObjectiveFit::criterion).toList());
            result.put("intercept", probes.intercepts());
            List<double[]> weights = IntStream.range(0, rows.objectives().size())
                    .mapToObj(k -> Tensors.toDoubles(probes.weights().select(0, k)))
                    .toList();
            result.put("weights", weights);
            return new Round(seconds.wall(), result);
        }
    }
}
