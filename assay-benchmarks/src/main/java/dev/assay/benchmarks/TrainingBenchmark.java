package dev.assay.benchmarks;

import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.LoadOptions;
import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.method.more.GradientNormalization;
import dev.assay.method.more.MinNormWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.AdamW;
import dev.assay.training.BatchPlan;
import dev.assay.training.LearningRateSchedule;
import dev.assay.training.LearningRateSchedule.Shape;
import dev.assay.training.SourceWeighting;
import dev.assay.training.Stage;
import dev.assay.training.StepRecord;
import dev.assay.training.Trainer;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assay's trainer on the rows and weights TRL's RewardTrainer had: {@code WORK fp32|bf16 bradley-terry|more|more-in-parts
 * REFERENCE_JSON OUT_JSON}. The losses of the Bradley-Terry steps must be TRL's before a time is written.
 */
public final class TrainingBenchmark {
    private static final double LEARNING_RATE = 1e-5;
    static final long SEED = 7;

    private TrainingBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]);
        Precision precision = ReferenceModel.precision(arguments[1]);
        String mode = arguments[2];
        boolean more = mode.startsWith("more");
        PackingOptions packing = mode.equals("more") ? PackingOptions.DEFAULT : PackingOptions.SMALL;
        JsonMapper json = JsonMapper.builder().build();
        JsonNode reference = json.readTree(Path.of(arguments[3]).toFile());
        List<List<TokenizedGroup>> batches =
                Rows.read(work.resolve("batches.json")).batches();
        int pairs = reference.get("pairs").asInt();
        batches = batches.subList(0, reference.get("losses").size()).stream()
                .map(batch -> batch.subList(0, pairs))
                .toList();

        double peak = GemmPeak.measure();
        SourceWeighting weighting = more
                ? new MinNormWeighting(0, GradientNormalization.NONE)
                : new StaticWeighting(StaticWeighting.Kind.BY_ROWS);
        List<StepRecord> steps = new ArrayList<>();
        Map<String, Object> result = new LinkedHashMap<>();
        try (RewardNetwork network = ReferenceModel.open(work, LoadOptions.training(precision))) {
            Stage stage = more ? halves(batches, weighting, packing) : inOrder(batches, weighting, packing);
            new Trainer(network, List.of(stage), 1, null, null, new TrainingListener() {
                        @Override
                        public void onStep(StepRecord step) {
                            steps.add(step);
                        }
                    })
                    .run();
            DecoderConfig config = network.backbone().config();
            long[] operations = batches.stream()
                    .mapToLong(batch -> (long) GemmPeak.trainingStep(
                            SharedPrompts.tokens(SharedPrompts.of(batch)),
                            2L * batch.size(),
                            config.layers(),
                            config.hiddenSize()))
                    .toArray();
            result.put("operations", operations);
        }
        double[] losses = steps.stream().mapToDouble(StepRecord::loss).toArray();
        if (!more) {
            double[] theirs = reference
                    .get("losses")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            result.put(
                    "largest difference of a loss",
                    Agreement.check("loss of step", losses, theirs, Agreement.tolerance(precision)));
        }
        result.put("side", "Assay " + arguments[2]);
        result.put("precision", arguments[1]);
        result.put("pairs", batches.getFirst().size());
        result.put("seconds", steps.stream().map(StepRecord::seconds).toList());
        result.put(
                "weighting seconds",
                steps.stream().map(StepRecord::weightingSeconds).toList());
        result.put("losses", losses);
        result.put("peak_bytes", Meter.peakBytes());
        result.put("gemm_flops", peak);
        result.put("threads", LibTorch.threads());
        json.writerWithDefaultPrettyPrinter().writeValue(Path.of(arguments[4]).toFile(), result);
    }

    /** One source whose rows lie so that the shuffled plan meets them in the order of the batches. */
    private static Stage inOrder(
            List<List<TokenizedGroup>> batches, SourceWeighting weighting, PackingOptions packing) {
        int size = batches.getFirst().size();
        BatchPlan plan = BatchPlan.perSource(new int[] {size * batches.size()}, size, SEED);
        List<TokenizedGroup> rows = new ArrayList<>(
                Collections.nCopies(size * batches.size(), batches.getFirst().getFirst()));
        for (int step = 0; step < batches.size(); step++) {
            List<BatchPlan.Draw> draws = plan.draws(step);
            for (int i = 0; i < size; i++) {
                rows.set(draws.get(i).row(), batches.get(step).get(i));
            }
        }
        return new Stage("bradley-terry", List.of(rows), plan, weighting, settings(packing, batches.size()));
    }

    /** Two sources with half of each batch: what MORE needs to have something to weigh. */
    private static Stage halves(List<List<TokenizedGroup>> batches, SourceWeighting weighting, PackingOptions packing) {
        List<TokenizedGroup> first = new ArrayList<>();
        List<TokenizedGroup> second = new ArrayList<>();
        for (List<TokenizedGroup> batch : batches) {
            int half = batch.size() / 2;
            first.addAll(batch.subList(0, half));
            batch.subList(half, batch.size()).forEach(group -> second.add(ofSource(group, 1)));
        }
        int[] sizes = {first.size(), second.size()};
        BatchPlan plan = BatchPlan.perSource(sizes, batches.getFirst().size() / 2, SEED);
        return new Stage("more", List.of(first, second), plan, weighting, settings(packing, batches.size()));
    }

    static TokenizedGroup ofSource(TokenizedGroup group, int source) {
        return new TokenizedGroup(
                group.sequences(),
                group.ranks(),
                group.label(),
                group.margin(),
                group.promptIndices(),
                source,
                group.origin());
    }

    static TrainingSettings settings(PackingOptions packing, int steps) {
        return TrainingSettings.of(steps, LEARNING_RATE, SEED)
                .withPacking(packing)
                .withOptimization(new TrainingSettings.Optimization(
                        AdamW.Options.DEFAULT, new LearningRateSchedule(Shape.CONSTANT, LEARNING_RATE, steps, 0), 1));
    }
}
