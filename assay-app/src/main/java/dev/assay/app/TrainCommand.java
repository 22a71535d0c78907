package dev.assay.app;

import dev.assay.recipe.Recipe;
import dev.assay.recipe.TrainingRun;
import dev.assay.report.EvaluationTable;
import dev.assay.training.TrainingResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay train}: carries out a recipe. */
@Command(name = "train", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(paramLabel = "RECIPE.yaml", description = "The recipe; see recipes/.")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes a value of the recipe.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--output", description = "Run folder, in place of the recipe's.")
    private @Nullable String output;

    @Option(names = "--resume", description = "Go on from the newest checkpoint of the run folder.")
    private boolean resume;

    @Option(
            names = "--accept-changes",
            description = "With --resume: go on although values of training or method differ; assay.log notes them.")
    private boolean acceptChanges;

    @Option(
            names = "--json",
            description =
                    "Write each line of events.jsonl to standard output as it comes, then one that says how it ended.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Recipe read = Recipe.read(file, overrides);
        Recipe recipe = output == null ? read : read.withOutput(output);
        PrintWriter out = Console.out(spec);
        TrainingRun run = new TrainingRun(recipe);
        if (acceptChanges) {
            run.acceptingChanges();
        }
        if (json) {
            run.echoing(line -> {
                out.println(line);
                out.flush();
            });
        }
        TrainingRun.Outcome outcome = Trainings.run(run, resume, "training");
        if (json) {
            out.println(ending(recipe, outcome.training()));
        } else {
            tell(out, recipe, outcome);
        }
        out.flush();
        return 0;
    }

    private static void tell(PrintWriter out, Recipe recipe, TrainingRun.Outcome outcome) {
        if (outcome.training().end() == TrainingResult.End.INTERRUPTED) {
            out.println("Stopped after step " + outcome.training().steps() + "; go on with: assay train "
                    + recipe.output() + "/recipe.yaml --resume");
        } else {
            if (!outcome.tables().isEmpty()) {
                out.println(outcome.tables());
            }
            outcome.evaluation().ifPresent(result -> out.print(EvaluationTable.of(result)));
            TrainingResult result = outcome.training();
            if (result.end() != TrainingResult.End.COMPLETED) {
                out.println("Ended after step " + result.steps() + ": "
                        + result.end().words() + ".");
            }
            out.println("Run folder: " + recipe.output() + " (report.html shows it)");
        }
    }

    private static String ending(Recipe recipe, TrainingResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", recipe.output());
        json.put("end", result.end().name().toLowerCase(Locale.ROOT));
        json.put("steps", result.steps());
        result.bestMetric().ifPresent(best -> {
            json.put("best", best);
            json.put("bestStep", result.bestStep());
        });
        return JSON.writeValueAsString(json);
    }
}
