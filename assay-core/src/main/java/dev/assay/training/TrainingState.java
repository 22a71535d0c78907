package dev.assay.training;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything of a training that is not a tensor, as the strings a safetensors header holds. Doubles are written in
 * hexadecimal, so that they come back to the bit.
 *
 * @param stage index of the stage
 * @param step steps done in it
 * @param total steps done over all stages
 * @param updates optimizer updates made in the stage
 * @param best best evaluation of the stage so far; NaN before the first
 * @param bestStep steps over all stages at that moment
 * @param sinceBest evaluations since
 * @param rows fingerprint of the stage's rows
 * @param weighting what the source weighting remembers
 */
record TrainingState(
        int stage,
        long step,
        long total,
        long updates,
        double best,
        long bestStep,
        int sinceBest,
        String rows,
        Map<String, double[]> weighting) {
    private static final String WEIGHTING = "weighting.";

    /** Before the first step of a stage. */
    static TrainingState begin(int index, long total, Stage stage) {
        return new TrainingState(index, 0, total, 0, Double.NaN, 0, 0, stage.fingerprint(), Map.of());
    }

    /** After one more step. */
    TrainingState stepped(long updatesNow, Map<String, double[]> weightingNow) {
        return new TrainingState(stage, step + 1, total + 1, updatesNow, best, bestStep, sinceBest, rows, weightingNow);
    }

    /** Whether an evaluation is the best of the stage so far. */
    boolean isBestYet(double metric) {
        return Double.isNaN(best) || metric > best;
    }

    /** After an evaluation. */
    TrainingState judged(double metric) {
        boolean better = isBestYet(metric);
        return new TrainingState(
                stage,
                step,
                total,
                updates,
                better ? metric : best,
                better ? total : bestStep,
                better ? 0 : sinceBest + 1,
                rows,
                weighting);
    }

    /** What a training that ends here is told of. */
    TrainingResult result(TrainingResult.End end) {
        return new TrainingResult(
                end, total, Double.isNaN(best) ? OptionalDouble.empty() : OptionalDouble.of(best), bestStep);
    }

    Map<String, String> toStrings() {
        Map<String, String> strings = new TreeMap<>();
        strings.put("stage", Integer.toString(stage));
        strings.put("step", Long.toString(step));
        strings.put("total", Long.toString(total));
        strings.put("updates", Long.toString(updates));
        strings.put("best", Double.toHexString(best));
        strings.put("best_step", Long.toString(bestStep));
        strings.put("since_best", Integer.toString(sinceBest));
        strings.put("rows", rows);
        weighting.forEach((name, values) -> strings.put(
                WEIGHTING + name,
                Arrays.stream(values).mapToObj(Double::toHexString).collect(Collectors.joining(" "))));
        return strings;
    }

    static TrainingState of(Map<String, String> strings) {
        Map<String, double[]> weighting = new LinkedHashMap<>();
        strings.forEach((name, values) -> {
            if (name.startsWith(WEIGHTING)) {
                weighting.put(
                        name.substring(WEIGHTING.length()),
                        values.isEmpty()
                                ? new double[0]
                                : Arrays.stream(values.split(" "))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray());
            }
        });
        return new TrainingState(
                Integer.parseInt(required(strings, "stage")),
                Long.parseLong(required(strings, "step")),
                Long.parseLong(required(strings, "total")),
                Long.parseLong(required(strings, "updates")),
                Double.parseDouble(required(strings, "best")),
                Long.parseLong(required(strings, "best_step")),
                Integer.parseInt(required(strings, "since_best")),
                required(strings, "rows"),
                weighting);
    }

    private static String required(Map<String, String> strings, String key) {
        String value = strings.get(key);
        if (value == null) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    "the training state has no \"" + key
                            + "\": another version of Assay wrote this checkpoint; resume with that version or start"
                            + " another run with --output");
        }
        return value;
    }
}
