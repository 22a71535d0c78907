package dev.assay.app;

import dev.assay.recipe.Recipe;
import dev.assay.recipe.TrainingRun;
import dev.assay.report.EvaluationTable;
import dev.assay.training.TrainingResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay train}: carries out a recipe. */
@Command(name = "train", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE.yaml", description = "The recipe; see recipes/.")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes a value of the recipe.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--output", description = "Run folder, in place of the recipe's.")
    private @Nullable String output;

    @Option(names = "--resume", description = "Go on from the newest checkpoint of the run folder.")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Recipe read = Recipe.read(file, overrides);
        Recipe recipe = output == null ? read : read.withOutput(output);
        TrainingRun.Outcome outcome = Trainings.run(recipe, resume, "training");
        PrintWriter out = Console.out(spec);
        if (outcome.training().end() == TrainingResult.End.INTERRUPTED) {
            out.println("Stopped after step " + outcome.training().steps() + "; go on with: assay train "
                    + recipe.output() + "/recipe.yaml --resume");
        } else {
            outcome.evaluation().ifPresent(result -> out.print(EvaluationTable.of(result)));
            out.println("Run folder: " + recipe.output() + " (report.html shows it)");
        }
        out.flush();
        return 0;
    }
}
