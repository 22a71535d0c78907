package dev.assay.app;

import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.evaluation.length.LengthBias;
import dev.assay.recipe.ModelCalibration;
import dev.assay.recipe.RewardModels;
import dev.assay.report.EvaluationJson;
import dev.assay.report.EvaluationTable;
import dev.assay.report.LengthTable;
import dev.assay.report.SteeringJson;
import dev.assay.reward.RewardModel;
import dev.assay.reward.Steering;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay evaluate}: accuracy and calibration of a model on preference pairs, with intervals. */
@Command(name = "evaluate", mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Model folder, run folder or hub://owner/name.")
    private String model = "";

    @Mixin
    private DataArguments data = new DataArguments();

    @Mixin
    private BinArguments bins = new BinArguments();

    @Option(names = "--rewards", description = "raw, or calibrated by what assay calibrate has stored (default: raw).")
    private String rewards = "raw";

    @Option(
            names = "--lengths",
            description = "Add accuracy by how long the chosen answer is, and how far rewards follow length.")
    private boolean lengths;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write JSON to a file, or to standard output.")
    private @Nullable String json;

    @Option(names = "--min-accuracy", description = "Exit with 1 when the mean accuracy is below this, in [0, 1].")
    private double minimumAccuracy;

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        EvaluationOptions options = bins.options();
        double bar = NumberOption.atLeast("--min-accuracy", minimumAccuracy, 0);
        RewardScale scale = Choice.of(RewardScale.class, "--rewards", rewards);
        Steering asked = steering.steering(scale);
        List<PreferenceSource> sources = data.read(model);
        Recalibration reading = scale == RewardScale.CALIBRATED ? ModelCalibration.of(model) : Recalibration.NONE;
        List<PairScores> scores = new ArrayList<>();
        try (RewardModel loaded = RewardModels.load(model, asked)) {
            ScoredSources.of(loaded, sources, "evaluating").forEach(source -> scores.add(reading.apply(source)));
        }
        EvaluationResult result = new Evaluator(options).evaluate(scores);
        Map<String, LengthBias> byLength = lengths ? lengths(sources, scores, options) : Map.of();
        PrintWriter out = Console.out(spec);
        String text = EvaluationJson.text(about(asked), result, byLength);
        if ("-".equals(json)) {
            out.println(text);
        } else {
            out.print(EvaluationTable.of(result));
            byLength.forEach((source, bias) -> out.print("\n" + source + "\n" + LengthTable.of(bias)));
            if (json != null) {
                AtomicFile.write(Path.of(json), text + "\n");
            }
        }
        out.flush();
        BinArguments.note(spec, options.caution());
        return result.average().get(Metric.ACCURACY).value() < bar ? 1 : 0;
    }

    private Map<String, Object> about(Steering asked) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model", model);
        about.put("rewards", rewards);
        about.putAll(SteeringJson.about(asked));
        return about;
    }

    private static Map<String, LengthBias> lengths(
            List<PreferenceSource> sources, List<PairScores> scores, EvaluationOptions options) {
        Map<String, LengthBias> lengths = new LinkedHashMap<>();
        for (int s = 0; s < sources.size(); s++) {
            PreferenceSource source = sources.get(s);
            lengths.put(
                    source.name(),
                    LengthBias.of(
                            source.pairs(), scores.get(s), options.bootstrap().level()));
        }
        return lengths;
    }
}
