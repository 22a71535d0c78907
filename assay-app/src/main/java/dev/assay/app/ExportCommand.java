package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.recipe.ExportedModel;
import dev.assay.recipe.RewardModels;
import dev.assay.tensor.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay export}: a folder that {@code AutoModelForSequenceClassification} loads, with the same rewards. */
@Command(name = "export", mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Model folder, run folder or hub://owner/name.")
    private String model = "";

    @Option(names = "--to", required = true, description = "Folder to write; must not hold anything yet.")
    private Path to = Path.of("");

    @Option(
            names = "--precision",
            description = "Of the weights on disk: ${COMPLETION-CANDIDATES} (default: FLOAT32; a mixture of objectives"
                    + " keeps the one it has).")
    private @Nullable Precision precision;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (Files.exists(to)) {
            throw new AssayException(ErrorKind.INPUT, "--to " + to + " is there already; name a new folder");
        }
        ExportedModel.write(RewardModels.folder(model), to, Optional.ofNullable(precision))
                .forEach(caution -> Console.err(spec).println("assay export: " + caution));
        Console.out(spec).println(to + ": written, and its recorded rewards were checked");
        Console.out(spec).flush();
        return 0;
    }
}
