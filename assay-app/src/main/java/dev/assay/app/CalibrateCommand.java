package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.PreferenceSource;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.PromptHalves;
import dev.assay.evaluation.calibration.RecalibrationFit;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.recipe.ModelCalibration;
import dev.assay.recipe.RewardModels;
import dev.assay.reward.RewardModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code assay calibrate}: fits a recalibration on one half of validation pairs, shows on the other half what it does, and
 * keeps it in the model's manifest.
 */
@Command(name = "calibrate", mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Model folder or run folder that Assay wrote.")
    private String model = "";

    @Mixin
    private DataArguments data = new DataArguments();

    @Option(
            names = "--kind",
            description = "temperature, platt or isotonic (default: temperature, the only one that also gives single"
                    + " rewards a unit).")
    private String kind = "temperature";

    @Mixin
    private BinArguments bins = new BinArguments();

    @Option(names = "--seed", description = "Of the split into halves (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--dry-run", description = "Show the effect and leave the model as it is.")
    private boolean dryRun;

    @Option(names = "--force", description = "Store the map even where the pairs cannot tell it.")
    private boolean force;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write JSON to a file, or to standard output.")
    private @Nullable String json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        RecalibrationKind chosen = Choice.of(RecalibrationKind.class, "--kind", kind);
        if (dryRun && force) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--dry-run stores nothing and --force stores the map whatever it is; give one of them");
        }
        EvaluationOptions options = bins.options();
        List<PreferenceSource> sources = data.read(model);
        PromptHalves halves = PromptHalves.ofEach(sources, seed);
        List<PairScores> scores = scored(sources);
        List<PairScores> fitting = halves.half(scores, false);
        List<PairScores> heldOut = halves.half(scores, true);
        RecalibrationFit fit = RecalibrationFit.of(chosen, fitting);
        requireTold(fit);
        CalibrationEffect effect = CalibrationEffect.of(fit, heldOut, options, seed);
        if (!dryRun) {
            ModelCalibration.store(
                    model,
                    fit.map(),
                    fit.pairs(),
                    fitting.stream().map(PairScores::source).toList(),
                    seed);
        }
        PrintWriter out = Console.out(spec);
        String text = effect.json(model, !dryRun);
        if ("-".equals(json)) {
            out.println(text);
        } else {
            out.print(effect.text());
            out.println(dryRun ? "not stored (--dry-run)" : stored());
            if (json != null) {
                AtomicFile.write(Path.of(json), text + "\n");
            }
        }
        out.flush();
        BinArguments.note(spec, options.caution());
        BinArguments.note(spec, fit.caution());
        return 0;
    }

    /** A map that the pairs cannot tell is shown, but stored only where the user insists. */
    private void requireTold(RecalibrationFit fit) {
        if (!dryRun && !force) {
            fit.caution().ifPresent(caution -> {
                throw new AssayException(
                        ErrorKind.DATA,
                        "nothing is stored: " + caution
                                + " (one half of --data is fitted on); give more validation pairs,"
                                + " look at the effect with --dry-run, or store the map anyway with --force");
            });
        }
    }

    private List<PairScores> scored(List<PreferenceSource> sources) {
        try (RewardModel loaded = RewardModels.load(model)) {
            return ScoredSources.of(loaded, sources, "scoring");
        }
    }

    private String stored() {
        return "stored in " + ModelCalibration.file(model)
                + "; assay evaluate and assay score use it with --rewards calibrated";
    }
}
