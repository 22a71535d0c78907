package dev.assay.recipe;

import dev.assay.training.StepRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells of one training step.
 *
 * @param step the step
 * @param sources names of all sources, by their number
 */
record StepEvent(StepRecord step, List<String> sources) {
    /** A line of {@code events.jsonl}; what is not a number is null, since JSON has no NaN. */
    Map<String, @Nullable Object> line() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("stage", step.stage());
        line.put("step", step.total());
        line.put("stageStep", step.step());
        line.put("steps", step.steps());
        line.put("loss", step.loss());
        line.put("losses", bySource(step.sourceLosses()));
        line.put("weights", bySource(step.lambda()));
        line.put("cosines", finite(step.cosines()));
        line.put("gradientNorm", step.gradientNorm());
        line.put("learningRate", step.learningRate());
        line.put("accuracy", Double.isNaN(step.accuracy()) ? null : step.accuracy());
        line.put("pairsPerSecond", step.pairs() / step.seconds());
        line.put("tokensPerSecond", step.tokens() / step.seconds());
        line.put("seconds", step.seconds());
        line.put("weightingSeconds", step.weightingSeconds());
        return line;
    }

    /** The scalars of TensorBoard; a chart has no room for what is not a number. */
    Map<String, Double> scalars() {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("loss", step.loss());
        if (!Double.isNaN(step.accuracy())) {
            scalars.put("accuracy", step.accuracy());
        }
        scalars.put("learning-rate", step.learningRate());
        scalars.put("gradient-norm", step.gradientNorm());
        bySource(step.sourceLosses()).forEach((name, value) -> scalars.put("loss/" + name, value));
        bySource(step.lambda()).forEach((name, value) -> scalars.put("weight/" + name, value));
        scalars.putAll(cosines());
        return scalars;
    }

    private String source(int p) {
        return sources.get(step.sources()[p]);
    }

    private Map<String, Double> bySource(double[] values) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int p = 0; p < values.length; p++) {
            named.put(source(p), values[p]);
        }
        return named;
    }

    /** Each pair of sources once. */
    private Map<String, Double> cosines() {
        Map<String, Double> cosines = new LinkedHashMap<>();
        for (int i = 0; i < step.sources().length; i++) {
            for (int j = i + 1; j < step.sources().length; j++) {
                double cosine = step.cosines()[i][j];
                if (Double.isFinite(cosine)) {
                    cosines.put("cosine/" + source(i) + "-" + source(j), cosine);
                }
            }
        }
        return cosines;
    }

    /** The cosine beside a zero gradient is null. */
    private static Object finite(double[][] cosines) {
        Double[][] values = new Double[cosines.length][];
        for (int i = 0; i < cosines.length; i++) {
            values[i] = new Double[cosines[i].length];
            for (int j = 0; j < cosines[i].length; j++) {
                if (Double.isFinite(cosines[i][j])) {
                    values[i][j] = cosines[i][j];
                }
            }
        }
        return values;
    }
}
