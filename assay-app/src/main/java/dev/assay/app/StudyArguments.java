package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.recipe.Recipe;
import dev.assay.study.CrossSource;
import dev.assay.study.Scheme;
import dev.assay.study.Sequence;
import dev.assay.study.SourceGrowth;
import dev.assay.study.StudyPlan;
import dev.assay.study.StudyResult;
import dev.assay.study.StudyRuns;
import dev.assay.study.StudyScores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every study takes, and how it is carried out and shown. */
final class StudyArguments {
    @Parameters(paramLabel = "RECIPE.yaml", description = "What all trainings of the study have in common.")
    private Path file = Path.of("");

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "SEED",
            description = "Seeds, such as 1,2,3: of the training and, for simulated data, of the world too; the"
                    + " recipe's training.seed when left out.")
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The study's folder; its runs/ is shared by all studies of one recipe. The recipe's output"
                    + " with -study behind it when left out.")
    private @Nullable Path output;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes a value of the recipe.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--png", description = "Write each picture as PNG too.")
    private boolean png;

    @Option(names = "--json", description = "Print study.json in place of the tables.")
    private boolean json;

    private Recipe recipe() {
        return Recipe.read(file, overrides);
    }

    private Path folder(Recipe recipe) {
        return output == null ? Path.of(recipe.output() + "-study") : output;
    }

    private List<Long> seeds(Recipe recipe) {
        return seeds.isEmpty() ? List.of(recipe.training().seed()) : seeds;
    }

    /** One row for each source and scheme, and each variant. */
    StudyPlan crossSource(StudyRows rows) {
        Recipe recipe = recipe();
        return rows.varied(CrossSource.plan(recipe, folder(recipe), seeds(recipe), rows.schemes()));
    }

    /** The same, also for a recipe of one source. */
    StudyPlan drift(StudyRows rows) {
        Recipe recipe = recipe();
        return rows.varied(StudyPlan.crossSource(recipe, folder(recipe), seeds(recipe), rows.schemes()));
    }

    /** The same, with the models of one source each in any case. */
    StudyPlan agreement(StudyRows rows) {
        Recipe recipe = recipe();
        return rows.varied(StudyPlan.withJudges(recipe, folder(recipe), seeds(recipe), rows.schemes()));
    }

    /** One row for each place of a source, or for each order. */
    StudyPlan sequence(@Nullable String source, boolean allOrders) {
        if (allOrders && source != null) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "assay study sequence trains in all orders or by the place of one source; give either --all-orders or"
                            + " --source");
        }
        Recipe recipe = recipe();
        Path folder = folder(recipe);
        if (allOrders) {
            return Sequence.allOrders(recipe, folder, seeds(recipe));
        }
        String moved = source == null ? StudyPlan.sources(recipe).getFirst() : source;
        return Sequence.positions(recipe, folder, seeds(recipe), moved);
    }

    /** One row for each scheme and number of sources. */
    StudyPlan sources(List<String> schemes, List<String> order) {
        Recipe recipe = recipe();
        List<Scheme> known = schemes.isEmpty() ? SourceGrowth.USUAL : Scheme.parse(schemes);
        return SourceGrowth.plan(recipe, folder(recipe), seeds(recipe), known, order);
    }

    /** Trains what is missing, computes the answer, writes it and prints it. */
    int run(PrintWriter out, StudyPlan plan, Function<StudyScores, StudyResult> study) {
        StudyScores scores;
        try (StudyProgress progress = new StudyProgress()) {
            scores = new StudyRuns(plan).execute(progress);
        }
        StudyResult result = study.apply(scores);
        Path written = result.write(plan.folder(), png);
        if (json) {
            out.println(result.jsonText());
        } else {
            out.println(result.text());
            out.println("Study folder: " + written + " (study.html, study.md, study.json, pictures)");
        }
        out.flush();
        return 0;
    }
}
