package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.ModelComparison.Difference;
import dev.assay.evaluation.PairScores;
import dev.assay.recipe.RewardModels;
import dev.assay.report.EvaluationJson;
import dev.assay.report.EvaluationTable;
import dev.assay.report.SteeringJson;
import dev.assay.report.TextTable;
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

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    @Option(
            names = "--steered",
            paramLabel = "WHICH",
            description = "Which model is steered: both, first or second (default: both).")
    private String steered = "both";

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
        Steering asked = steering.steering();
        Steered which = Choice.of(Steered.class, "--steered", steered);
        List<PreferenceSource> sources = data.read(models.toArray(String[]::new));
        ModelComparison comparison = ModelComparison.of(
                scores(models.get(0), which == Steered.SECOND ? Steering.NONE : asked, sources),
                scores(models.get(1), which == Steered.FIRST ? Steering.NONE : asked, sources),
                EvaluationOptions.DEFAULT);
        PrintWriter out = Console.out(spec);
        out.println(
                json
                        ? ConversationLines.JSON.writeValueAsString(tree(comparison, models, asked, which))
                        : text(comparison, models, asked, which));
        out.flush();
        return 0;
    }

    private static List<PairScores> scores(String model, Steering asked, List<PreferenceSource> sources) {
        try (RewardModel loaded = RewardModels.load(model, asked)) {
            return ScoredSources.of(loaded, sources, model);
        }
    }

    private static String text(ModelComparison comparison, List<String> models, Steering asked, Steered which) {
        TextTable table = new TextTable("source", "n", "accuracy", "McNemar p", "ECE", "p", "NLL", "p");
        for (ModelComparison.SourceComparison source : comparison.sources()) {
            table.row(List.of(
                    source.source(),
                    Integer.toString(source.n()),
                    points(source.differences().get(Metric.ACCURACY)),
                    probability(source.accuracyTest().midP()),
                    plain(source.differences().get(Metric.ECE)),
                    probability(source.differences().get(Metric.ECE).pValue()),
                    plain(source.differences().get(Metric.NLL)),
                    probability(source.differences().get(Metric.NLL).pValue())));
        }
        table.row(List.of(
                "Avg",
                Integer.toString(comparison.n()),
                points(comparison.average().get(Metric.ACCURACY)),
                probability(comparison.average().get(Metric.ACCURACY).pValue()),
                plain(comparison.average().get(Metric.ECE)),
                probability(comparison.average().get(Metric.ECE).pValue()),
                plain(comparison.average().get(Metric.NLL)),
                probability(comparison.average().get(Metric.NLL).pValue())));
        return steered(models.get(1), !asked.isNone() && which != Steered.FIRST) + " minus "
                + steered(models.get(0), !asked.isNone() && which != Steered.SECOND)
                + " (accuracy in points, 95 % intervals)\n" + table.text();
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
        about.put("bins", options.bins());
        about.put("level", options.bootstrap().level());
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

    private static String points(Difference difference) {
        return EvaluationTable.number("%+.1f", difference.estimate(), 100);
    }

    private static String plain(Difference difference) {
        return EvaluationTable.number("%+.3f", difference.estimate(), 1);
    }

    private static String probability(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
