package dev.assay.benchmarks;

import dev.assay.backbone.LoadOptions;
import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.method.more.GradientNormalization;
import dev.assay.method.more.MinNormWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.BatchPlan;
import dev.assay.training.SourceWeighting;
import dev.assay.training.Stage;
import dev.assay.training.StepRecord;
import dev.assay.training.Trainer;
import dev.assay.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a step of MORE costs beyond one of MultiTask: {@code WORK PAIRS ROUNDS OUT_JSON [TOKENS]}. Both schemes take turns in one process, on
 * the same batch of five sources of PAIRS pairs, each going first in every other round, so that a machine whose speed drifts
 * treats them alike. A step of each warms up before the first round and is not counted. Each has the parts that are its
 * default, unless both are to compute at most TOKENS at once.
 */
public final class StepCostBenchmark {
    private static final int SOURCES = 5;

    private StepCostBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]);
        int pairs = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<TokenizedGroup> rows =
                Rows.read(work.resolve("batches.json")).batches().getFirst().subList(0, pairs);
        Stage multiTask = oneStep(
                rows, new StaticWeighting(StaticWeighting.Kind.BY_ROWS), packing(arguments, PackingOptions.SMALL));
        Stage more = oneStep(
                rows, new MinNormWeighting(0, GradientNormalization.NONE), packing(arguments, PackingOptions.DEFAULT));
        List<Stage> stages = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            stages.addAll(round % 2 == 0 ? List.of(multiTask, more) : List.of(more, multiTask));
        }
        List<StepRecord> steps = new ArrayList<>();
        Meter meter = new Meter();
        List<Double> processor = new ArrayList<>(List.of(0.0));
        try (RewardNetwork network = ReferenceModel.open(work, LoadOptions.training(Precision.FLOAT32))) {
            new Trainer(network, stages, 1, null, null, new TrainingListener() {
                        @Override
                        public void onStep(StepRecord step) {
                            steps.add(step);
                            processor.add(meter.read().get("cpu"));
                        }
                    })
                    .run();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        List<Map<String, Double>> taken = new ArrayList<>();
        for (int first = 2; first < steps.size(); first += 2) {
            int ours = stages.get(first) == more ? first : first + 1;
            int theirs = 2 * first + 1 - ours;
            StepRecord own = steps.get(ours);
            StepRecord other = steps.get(theirs);
            Map<String, Double> round = new LinkedHashMap<>();
            round.put("multitask seconds", other.seconds());
            round.put("more seconds", own.seconds());
            round.put("multitask processor seconds", processor.get(theirs + 1) - processor.get(theirs));
            round.put("more processor seconds", processor.get(ours + 1) - processor.get(ours));
            round.put("weighing seconds", own.weightingSeconds());
            taken.add(round);
            System.out.println(round);
        }
        result.put("rounds", taken);
        result.put("peak_bytes", Meter.peakBytes());
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Path.of(arguments[3]).toFile(), result);
    }

    private static PackingOptions packing(String[] arguments, PackingOptions usual) {
        return arguments.length > 4 ? new PackingOptions(usual.sharing(), Integer.parseInt(arguments[4])) : usual;
    }

    /** A step in which each source draws all its rows, which are the same: a source shares nothing with another. */
    private static Stage oneStep(List<TokenizedGroup> rows, SourceWeighting weighting, PackingOptions packing) {
        List<List<TokenizedGroup>> sources = IntStream.range(0, SOURCES)
                .mapToObj(source -> rows.stream()
                        .map(row -> TrainingBenchmark.ofSource(row, source))
                        .toList())
                .toList();
        int[] sizes = sources.stream().mapToInt(List::size).toArray();
        BatchPlan plan = BatchPlan.perSource(sizes, rows.size(), TrainingBenchmark.SEED);
        return new Stage("five-sources", sources, plan, weighting, TrainingBenchmark.settings(packing, 1));
    }
}
