package dev.assay.benchmarks;

import dev.assay.backbone.LoadOptions;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.TokenizedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Best-of-16 on the groups and weights Hugging Face transformers had: {@code WORK fp32|bf16 REFERENCE_JSON OUT_JSON
 * [ROUNDS]}. All rewards must be the reference's before a time is written.
 */
public final class ScoringBenchmark {
    private ScoringBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]);
        Precision precision = ReferenceModel.precision(arguments[1]);
        JsonMapper json = JsonMapper.builder().build();
        JsonNode reference = json.readTree(Path.of(arguments[2]).toFile());
        int rounds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1;
        List<TokenizedGroup> groups = Rows.read(work.resolve("batches.json"))
                .groups()
                .subList(0, reference.get("rewards").size());

        List<Meter.Reading> calls = new ArrayList<>();
        double worst = 0;
        try (RewardNetwork network = ReferenceModel.open(work, LoadOptions.scoring(precision))) {
            for (int round = 0; round < rounds; round++) {
                for (int g = 0; g < groups.size(); g++) {
                    Meter meter = new Meter();
                    double[] rewards = score(network, groups.get(g));
                    calls.add(meter.read());
                    double[] theirs = reference
                            .get("rewards")
                            .get(g)
                            .valueStream()
                            .mapToDouble(JsonNode::asDouble)
                            .toArray();
                    worst = Math.max(
                            worst,
                            Agreement.check("reward of group " + g, rewards, theirs, Agreement.tolerance(precision)));
                }
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("side", "Assay");
        result.put("precision", arguments[1]);
        result.put("largest difference of a reward", worst);
        result.put("calls", calls);
        result.put(
                "tokens computed",
                groups.stream()
                        .map(group -> SharedPrompts.tokens(SharedPrompts.of(List.of(group))))
                        .toList());
        result.put("peak_bytes", Meter.peakBytes());
        result.put("threads", LibTorch.threads());
        json.writerWithDefaultPrettyPrinter().writeValue(Path.of(arguments[3]).toFile(), result);
    }

    private static double[] score(RewardNetwork network, TokenizedGroup group) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard noGrad = new NoGradGuard()) {
            return Tensors.toDoubles(network.rewards(network.pool(SharedPrompts.of(List.of(group)))));
        }
    }
}
