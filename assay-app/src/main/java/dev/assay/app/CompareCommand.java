package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.recipe.ModelCalibration;
import dev.assay.recipe.RewardModels;
import dev.assay.report.EvaluationJson;
import dev.assay.report.SteeringJson;
import dev.assay.reward.RewardModel;
import dev.assay.reward.Steering;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay compare}: whether one model differs from another by more than chance, on the same pairs. */
@Command(name = "compare", mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            arity = "0..*",
            description = "Two model folders, run folders or hub references; differences are second minus first.")
    private List<String> placed = new ArrayList<>();

    @Option(names = "--model", paramLabel = "MODEL", description = "The same as MODEL; given twice, or beside it.")
    private List<String> named = new ArrayList<>();

    @Mixin
    private DataArguments data = new DataArguments();

    @Mixin
    private BinArguments bins = new BinArguments();

    @Option(
            names = "--rewards",
            description = "raw, or calibrated: each model's by what assay calibrate has stored with it (default: raw).")
    private String rewards = "raw";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    @Option(
            names = "--steered",
            paramLabel = "WHICH",
            description = "Which model is steered: both, first or second (default: both).")
    private @Nullable String steered;

    @Spec
    private @Nullable CommandSpec spec;

    /** Which of the two models is steered. */
    private enum Steered {
        BOTH,
        FIRST,
        SECOND
    }

    @Override
    public Integer call() {
        List<String> models = Stream.concat(placed.stream(), named.stream()).toList();
        if (models.size() != 2) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "two models are compared, and " + models.size()
                            + " are given; write assay compare MODEL MODEL, or --model MODEL twice");
        }
        EvaluationOptions options = bins.options();
        RewardScale scale = Choice.of(RewardScale.class, "--rewards", rewards);
        Steering asked = steering.steering(scale);
        Steered which = which(asked);
        List<PreferenceSource> sources = data.read(models.toArray(String[]::new));
        List<Recalibration> readings =
                models.stream().map(model -> reading(scale, model)).toList();
        ModelComparison comparison = ModelComparison.of(
                scores(models.get(0), which == Steered.SECOND ? Steering.NONE : asked, sources, readings.get(0)),
                scores(models.get(1), which == Steered.FIRST ? Steering.NONE : asked, sources, readings.get(1)),
                options);
        PrintWriter out = Console.out(spec);
        out.println(
                json
                        ? ConversationLines.JSON.writeValueAsString(tree(comparison, models, asked, which))
                        : text(comparison, models, asked, which));
        out.flush();
        BinArguments.note(spec, options.caution());
        return 0;
    }

    /** Refuses to say who is steered where nobody is. */
    private Steered which(Steering asked) {
        if (steered == null) {
            return Steered.BOTH;
        }
        Steered which = Choice.of(Steered.class, "--steered", steered);
        if (asked.isNone()) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--steered " + steered
                            + " says which model is steered, and no steering is given; add --steer, --ignore or --at-least,"
                            + " or leave it out");
        }
        return which;
    }

    /** Of both models before either is loaded, so that one without a calibration is told at once. */
    private static Recalibration reading(RewardScale scale, String model) {
        return switch (scale) {
            case RAW -> Recalibration.NONE;
            case CALIBRATED -> ModelCalibration.of(model);
        };
    }

    private static List<PairScores> scores(
            String model, Steering asked, List<PreferenceSource> sources, Recalibration reading) {
        try (RewardModel loaded = RewardModels.load(model, asked)) {
            return ScoredSources.of(loaded, sources, model).stream()
                    .map(reading::apply)
                    .toList();
        }
    }

    private String text(ModelComparison comparison, List<String> models, Steering asked, Steered which) {
        return steered(models.get(1), !asked.isNone() && which != Steered.FIRST) + " minus "
                + steered(models.get(0), !asked.isNone() && which != Steered.SECOND)
                + " (accuracy in points, ECE over "
                + comparison.options().words() + ", " + rewards + " rewards, 95 % intervals)\n"
                + ComparisonTable.of(comparison);
    }

    private static String steered(String model, boolean steered) {
        return steered ? model + " steered" : model;
    }

    private Map<String, Object> tree(ModelComparison comparison, List<String> models, Steering asked, Steered which) {
        Map<String, Object> sources = new LinkedHashMap<>();
        comparison.sources().forEach(source -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("n", source.n());
            tree.put("mcnemar", source.accuracyTest());
            tree.put("differences", differences(source.differences().values()));
            sources.put(source.source(), tree);
        });
        Map<String, Object> average = new LinkedHashMap<>();
        average.put("n", comparison.n());
        average.putAll(differences(comparison.average().values()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("about", about(comparison.options(), models));
        if (!asked.isNone()) {
            tree.putAll(SteeringJson.about(asked));
            tree.put("steered", which.name().toLowerCase(Locale.ROOT));
        }
        tree.put("sources", sources);
        tree.put("average", average);
        return tree;
    }

    /** What the numbers depend on: a difference is the second model's number minus the first one's. */
    private Map<String, Object> about(EvaluationOptions options, List<String> models) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("models", models);
        about.put("data", data.given());
        about.put("rewards", rewards);
        about.putAll(EvaluationJson.options(options));
        about.put("resamples", options.bootstrap().resamples());
        about.put("seed", options.bootstrap().seed());
        return about;
    }

    private static Map<String, Object> differences(Map<Metric, Difference> differences) {
        Map<String, Object> tree = new LinkedHashMap<>();
        differences.forEach((metric, difference) -> {
            if (Double.isFinite(difference.estimate().value())) {
                Map<String, Object> numbers = new LinkedHashMap<>();
                numbers.put("estimate", EvaluationJson.estimate(difference.estimate()));
                numbers.put("pValue", Double.isNaN(difference.pValue()) ? null : difference.pValue());
                tree.put(metric.key(), numbers);
            }
        });
        return tree;
    }
}
