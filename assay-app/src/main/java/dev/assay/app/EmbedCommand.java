package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.network.FeatureExtraction;
import dev.assay.recipe.EmbeddingRun;
import dev.assay.recipe.Recipe;
import dev.assay.training.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay embed}: the frozen states of an armorm recipe, by several processes if wanted. */
@Command(name = "embed", mixinStandardHelpOptions = true)
final class EmbedCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final Pattern SHARE = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    @Parameters(paramLabel = "RECIPE.yaml", description = "A recipe of method armorm.")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes a value of the recipe.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--output", description = "Run folder, in place of the recipe's.")
    private @Nullable String output;

    @Option(
            names = "--share",
            paramLabel = "I/N",
            description = "Computes the I-th of N shares of the shards; start N processes with I from 1 to N.")
    private String share = "1/1";

    @Option(
            names = "--rlhflow",
            paramLabel = "DIR",
            description = "Also writes all states as the files of the scripts published with ArmoRM.")
    private @Nullable Path rlhflow;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Recipe read = Recipe.read(file, overrides);
        Recipe recipe = output == null ? read : read.withOutput(output);
        EmbeddingRun run = new EmbeddingRun(recipe);
        FeatureExtraction.Share part = share();
        Path to = rlhflow;
        try (Trainings.StepProgress progress = new Trainings.StepProgress("embedding")) {
            Map<String, List<SkippedRow>> skipped = run.execute(part, progress);
            Console.out(spec)
                    .println("Share " + share + " of the states is there; assay train " + file + " takes them up.");
            skipped.forEach(this::tell);
            if (to != null) {
                List<String> objectives = run.writeRlhflow(to, TrainingListener.silent());
                Console.out(spec).println(to + ": labels in the order " + String.join(", ", objectives));
            }
        }
        Console.out(spec).flush();
        return 0;
    }

    /** The files of the published scripts name no rows: here alone can be seen which ones they lack. */
    private void tell(String what, List<SkippedRow> skipped) {
        if (skipped.isEmpty()) {
            return;
        }
        PrintWriter out = Console.out(spec);
        out.println("Left out of " + what + ": " + skipped.size() + (skipped.size() == 1 ? " row" : " rows"));
        skipped.stream().limit(SHOWN).forEach(row -> out.println("  " + row.id() + ": " + row.reason()));
        if (skipped.size() > SHOWN) {
            out.println("  and " + (skipped.size() - SHOWN) + " more, which assay train writes to assay.log");
        }
    }

    private FeatureExtraction.Share share() {
        Matcher matcher = SHARE.matcher(share);
        int index = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int of = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (index < 1 || index > of) {
            throw new AssayException(
                    ErrorKind.INPUT, "--share is \"" + share + "\"; write 2/4 for the second of four shares");
        }
        if (of > 1 && rlhflow != null) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--rlhflow writes the states of all shares; leave --share out, what is there is kept");
        }
        return new FeatureExtraction.Share(index - 1, of);
    }
}
