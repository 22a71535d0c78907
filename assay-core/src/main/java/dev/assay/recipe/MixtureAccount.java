package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.math.Correlation;
import dev.assay.method.armorm.CategoryMixture;
import dev.assay.method.armorm.Debiasing;
import dev.assay.method.armorm.GateCheck;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.MixtureComparison;
import dev.assay.method.armorm.ObjectiveFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of the stages of a mixture: {@code objectives.txt} for people and {@code objectives.json} for scripts. Intervals are
 * of 95 %.
 *
 * @param states what to know of them, in sentences; empty where there is nothing
 * @param objectives the probes
 * @param debiasing what was taken out; absent where nothing was
 * @param training what it did on the pairs it was found on
 * @param measured what it did on the measured pairs; absent without these
 * @param gate its course
 * @param check whether the gate is worth having, on the prompts that chose its step
 * @param comparison with other mixtures of the same rewards, on the measured pairs; absent without these
 * @param categories how the gate mixes in each category of the measured pairs; empty where these name none
 * @param truth the mixture that simulated annotators want in each category; empty where it is not known
 * @param unpublished what other readers of the folder miss, in sentences
 */
record MixtureAccount(
        String states,
        List<ObjectiveFit> objectives,
        Optional<Debiasing> debiasing,
        Optional<NuisanceCheck> training,
        Optional<NuisanceCheck> measured,
        GateFit gate,
        GateCheck check,
        Optional<MixtureComparison> comparison,
        List<CategoryMixture> categories,
        Map<String, double[]> truth,
        List<String> unpublished) {
    static final String JSON_FILE = "objectives.json";
    static final String TEXT_FILE = "objectives.txt";
    static final double LEVEL = 0.95;

    /** The tables of a finished run; empty where it made no mixture. */
    static String tables(RunFolder run) {
        Path file = run.path().resolve(TEXT_FILE);
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What the objectives were measured on: all in the same way. */
    String measuredOn() {
        return objectives.getFirst().measuredOn();
    }

    /**
     * Pearson's correlation of the mixtures found with the true ones, over all categories and objectives; absent where the
     * truth is not known.
     */
    OptionalDouble recovery() {
        List<CategoryMixture> known = categories.stream()
                .filter(each -> truth.containsKey(each.category()))
                .toList();
        double[] found = known.stream()
                .flatMapToDouble(each -> Arrays.stream(each.shares()))
                .toArray();
        double[] wanted = known.stream()
                .flatMapToDouble(each -> Arrays.stream(truth.getOrDefault(each.category(), new double[0])))
                .toArray();
        return found.length < 3 ? OptionalDouble.empty() : OptionalDouble.of(Correlation.PEARSON.of(found, wanted));
    }
}
