package dev.assay.app;

import dev.assay.checkpoint.AtomicFile;
import dev.assay.checkpoint.EnsembleFolder;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.BenchmarkItem;
import dev.assay.data.hub.Hub;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.bench.Benchmark;
import dev.assay.evaluation.bench.BenchmarkData;
import dev.assay.evaluation.bench.BenchmarkEvaluator;
import dev.assay.evaluation.bench.BenchmarkResult;
import dev.assay.evaluation.bench.BenchmarkScoring;
import dev.assay.evaluation.bench.ScoreLog;
import dev.assay.evaluation.bench.ScoredItem;
import dev.assay.recipe.RewardModels;
import dev.assay.report.SteeringJson;
import dev.assay.report.bench.BenchmarkJson;
import dev.assay.report.bench.BenchmarkTable;
import dev.assay.report.bench.MeasuredModel;
import dev.assay.report.bench.PublicFiles;
import dev.assay.report.bench.ScoresFile;
import dev.assay.reward.RewardModel;
import dev.assay.reward.Steering;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every benchmark is run with. */
final class BenchArguments {
    @Option(names = "--model", required = true, description = "Model folder, run folder or hub://owner/name.")
    private String model = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER|FILE|hub://...",
            description =
                    "The benchmark's rows as published (.jsonl, .json, .parquet, gzipped or not); may be given several"
                            + " times. A part of them is reported as a part.")
    private List<String> data = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write JSON to a file, or to standard output.")
    private @Nullable String json;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Folder for result.json, the benchmark's own result files and scores.jsonl, from which a run that was"
                            + " cut off goes on.")
    private @Nullable Path output;

    @Option(
            names = "--name",
            paramLabel = "ORG/MODEL",
            description =
                    "The model's name in the benchmark's own result files (default: local and the folder's name).")
    private @Nullable String name;

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    /** Measures the model and writes what was asked for. */
    int run(Benchmark benchmark, PrintWriter out, PrintWriter err) {
        MeasuredModel measured = new MeasuredModel(leaderboardName(), model, chatTemplate());
        BenchmarkData rows =
                BenchmarkData.read(benchmark, data.stream().map(Hub::local).toList());
        List<ScoredItem> scored = scored(benchmark, rows.items());
        BenchmarkResult result =
                new BenchmarkEvaluator(EvaluationOptions.DEFAULT.bootstrap()).evaluate(benchmark, scored);
        String text = BenchmarkJson.text(about(measured, rows), result);
        if ("-".equals(json)) {
            out.println(text);
        } else {
            out.print(BenchmarkTable.of(result));
            if (json != null) {
                AtomicFile.write(Path.of(json), text + "\n");
            }
        }
        if (output != null) {
            AtomicFile.write(output.resolve("result.json"), text + "\n");
            PublicFiles.write(output, measured, result, scored);
        }
        out.flush();
        if (!rows.passedOver().isEmpty()) {
            err.println("note: " + rows.files() + " by its name holds the whole benchmark, so "
                    + rows.passedOver().size() + " other data files beside it were not read; name a file to read it");
            err.flush();
        }
        return 0;
    }

    private List<ScoredItem> scored(Benchmark benchmark, List<BenchmarkItem> items) {
        ScoresFile kept = output == null ? null : ScoresFile.open(output.resolve(scoresName(steering.steering())));
        try (kept;
                RewardModel loaded = RewardModels.load(model, steering.steering())) {
            ScoreLog log = kept == null ? ScoreLog.NONE : kept;
            int known = (int)
                    items.stream().filter(item -> log.find(item).isPresent()).count();
            // Counting what was known before would promise a rate that no model has.
            try (Progress progress = Progress.start(benchmark.wireName(), items.size() - known, "rows")) {
                return BenchmarkScoring.of(loaded, items, log, done -> {
                    if (done > known) {
                        progress.at(done - known, "");
                    }
                });
            }
        }
    }

    /** Each wish has rewards of its own, too like the others' for a look at a few rows to tell them apart. */
    private static String scoresName(Steering steering) {
        return steering.isNone()
                ? "scores.jsonl"
                : "scores-steered-"
                        + Integer.toHexString(
                                SteeringJson.about(steering).toString().hashCode()) + ".jsonl";
    }

    private Map<String, Object> about(MeasuredModel measured, BenchmarkData rows) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model", measured.place());
        about.put("name", measured.name());
        about.put("chatTemplate", measured.chatTemplate());
        about.putAll(SteeringJson.about(steering.steering()));
        about.put("data", rows.files().stream().map(Path::toString).toList());
        return about;
    }

    private String leaderboardName() {
        if (name != null) {
            return name;
        }
        String last = model.replaceFirst("/+$", "").replaceFirst(".*/", "").replaceAll("[^\\w.-]", "-");
        return "local/" + (last.isEmpty() ? "model" : last);
    }

    /** Leaderboards say {@code tokenizer} where the model's own template renders conversations. */
    private String chatTemplate() {
        if (EnsembleFolder.is(Hub.local(model))) {
            return "tokenizer";
        }
        Path folder = RewardModels.folder(model);
        return ModelFolder.hasChatTemplate(folder)
                ? "tokenizer"
                : ModelFolder.manifest(folder).map(ModelManifest::format).orElse("none");
    }
}
