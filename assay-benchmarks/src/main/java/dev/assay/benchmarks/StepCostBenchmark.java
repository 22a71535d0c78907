package dev.assay.benchmarks;

import dev.assay.backbone.LoadOptions;
import dev.assay.math.Estimate;
import dev.assay.math.StudentInterval;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a step of MORE costs beyond one of MultiTask: {@code WORK PAIRS ROUNDS OUT_JSON [TOKENS]}. Both schemes take turns in one process, on
 * the same batch of five sources of PAIRS pairs, each going first in every other round, so that a machine whose speed drifts
 * treats them alike. A step of each warms up before the first round and is not counted. Each has the parts that are its
 * default, unless both are to compute at most TOKENS at once.
 *
 * <p>A machine that is shared is lent in shares that change from step to step. So each step says what a hypervisor took meanwhile, and the
 * ratio is told twice: of all rounds, and of the quiet ones, in which it took at most {@value #QUIET} of the processors' time.
 */
public final class StepCostBenchmark {
    private static final int SOURCES = 5;

    /** Largest share of the machine's processor time that may be stolen in either step of a quiet round. */
    private static final double QUIET = 0.01;

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
        List<Round> taken = new ArrayList<>();
        try (RewardNetwork network = ReferenceModel.open(work, LoadOptions.training(Precision.FLOAT32))) {
            new Trainer(network, stages, 1, null, null, new Turns(stages, more, taken)).run();
        }
        List<Round> quiet = taken.stream().filter(Round::quiet).toList();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("rounds", taken);
        result.put("all rounds, MORE over MultiTask", ratios(taken));
        if (!quiet.isEmpty()) {
            result.put("quiet rounds, MORE over MultiTask", ratios(quiet));
        }
        result.put("peak_bytes", Meter.peakBytes());
        JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Path.of(arguments[3]).toFile(), result);
    }

    /**
     * What a step took.
     *
     * @param stolenShare of the time of all processors of the machine
     */
    private record Cost(double seconds, double processorSeconds, double stolenShare, double weighingSeconds) {
        private static Cost of(StepRecord step, Meter.Reading read) {
            return new Cost(step.seconds(), read.cpu(), read.stolenShare(), step.weightingSeconds());
        }
    }

    /** One step of each scheme, one right after the other. */
    private record Round(Cost multiTask, Cost more) {
        private boolean quiet() {
            return Math.max(multiTask.stolenShare, more.stolenShare) <= QUIET;
        }
    }

    private static Map<String, Object> ratios(List<Round> rounds) {
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("n", rounds.size());
        ratios.put("seconds", ratio(rounds, Cost::seconds));
        ratios.put("processor seconds", ratio(rounds, Cost::processorSeconds));
        return ratios;
    }

    /** The geometric mean of the rounds' ratios with Student's 95 % interval. */
    private static Estimate ratio(List<Round> rounds, ToDoubleFunction<Cost> what) {
        Estimate log = StudentInterval.of(
                rounds.stream()
                        .mapToDouble(
                                round -> Math.log(what.applyAsDouble(round.more) / what.applyAsDouble(round.multiTask)))
                        .toArray(),
                0.95);
        return new Estimate(Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high()));
    }

    /** Pairs the steps to rounds as they come, the first pair left out, and prints each round with the ratio so far. */
    private static final class Turns implements TrainingListener {
        private final List<Stage> stages;
        private final Stage more;
        private final List<Round> taken;
        private final List<Cost> steps = new ArrayList<>();
        private Meter meter = new Meter();

        private Turns(List<Stage> stages, Stage more, List<Round> taken) {
            this.stages = stages;
            this.more = more;
            this.taken = taken;
        }

        @Override
        public void onStep(StepRecord step) {
            steps.add(Cost.of(step, meter.read()));
            meter = new Meter();
            int second = steps.size() - 1;
            if (second > 1 && second % 2 == 1) {
                boolean moreFirst = stages.get(second - 1) == more;
                int own = moreFirst ? second - 1 : second;
                int other = moreFirst ? second : second - 1;
                taken.add(new Round(steps.get(other), steps.get(own)));
                System.out.println(taken.getLast() + " " + ratio(taken, Cost::seconds));
            }
        }
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
