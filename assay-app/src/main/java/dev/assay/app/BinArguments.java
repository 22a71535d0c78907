package dev.assay.app;

import dev.assay.evaluation.BinForm;
import dev.assay.evaluation.Binning;
import dev.assay.evaluation.EvaluationOptions;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The bins of the calibration error, alike in every verb that shows one. */
final class BinArguments {
    @Option(names = "--bins", description = "Bins of the calibration error (default: ${DEFAULT-VALUE}).")
    private int bins = EvaluationOptions.DEFAULT.bins();

    @Option(
            names = "--binning",
            paramLabel = "EDGES",
            description = "Edges of the bins: equal-width or equal-mass (default: equal-width).")
    private String binning = "equal-width";

    @Option(
            names = "--form",
            description = "How pairs are laid into bins: confidence, or both-orders as MORE's code does"
                    + " (default: confidence).")
    private String form = "confidence";

    /** The options they make; all else is as usual. */
    EvaluationOptions options() {
        return EvaluationOptions.DEFAULT
                .withBins(NumberOption.within("--bins", bins, 1, EvaluationOptions.MOST_BINS))
                .withBinning(Choice.of(Binning.class, "--binning", binning))
                .withForm(Choice.of(BinForm.class, "--form", form));
    }

    /** Prints what a reader must be warned of, where there is something, on standard error. */
    static void note(@Nullable CommandSpec spec, Optional<String> caution) {
        caution.ifPresent(words -> {
            PrintWriter err = Console.err(spec);
            err.println("note: " + words);
            err.flush();
        });
    }
}
