package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.format.JsonFault;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rewards a finished run gave to its test pairs, so that studies and reports need neither the model nor its data
 * again: {@code scores.json} in the run folder holds {@code {"dataFingerprint", "testFingerprint", "sources": {NAME:
 * {"chosen": [..], "rejected": [..], "label": [..]?, "truth": [..]?, "truncated"}}}}, pairs in the order of the test
 * source. Labels stand there only where one is not 1, true probabilities only for simulated data.
 *
 * @param dataFingerprint of the rows the run learnt from
 * @param testFingerprint of the pairs that were scored; runs with equal ones may be compared pair by pair
 * @param sources the scores, sources in the recipe's order; the origin of each pair is its source and its place there
 */
public record RunScores(String dataFingerprint, String testFingerprint, List<PairScores> sources) {
    /** The file in the run folder. */
    public static final String FILE = "scores.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RunScores {
        sources = List.copyOf(sources);
    }

    /** Whether a run folder holds scores, as a finished run's does. */
    public static boolean isIn(Path run) {
        return Files.isRegularFile(run.resolve(FILE));
    }

    /** Writes or replaces the scores of a run. */
    void write(Path run) {
        Map<String, Object> each = new LinkedHashMap<>();
        sources.forEach(source -> each.put(source.source(), tree(source)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataFingerprint", dataFingerprint);
        json.put("testFingerprint", testFingerprint);
        json.put("sources", each);
        AtomicFile.write(run.resolve(FILE), JSON.writeValueAsString(json) + "\n");
    }

    private static Map<String, Object> tree(PairScores source) {
        List<PairScore> pairs = source.pairs();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("chosen", column(pairs, PairScore::chosen));
        tree.put("rejected", column(pairs, PairScore::rejected));
        if (pairs.stream().anyMatch(pair -> pair.strength().label() != 1)) {
            tree.put("label", column(pairs, pair -> pair.strength().label()));
        }
        if (pairs.stream().allMatch(pair -> pair.strength().trueProbability().isPresent())) {
            tree.put(
                    "truth",
                    column(pairs, pair -> pair.strength().trueProbability().getAsDouble()));
        }
        tree.put("truncated", source.truncated());
        return tree;
    }

    private static double[] column(List<PairScore> pairs, ToDoubleFunction<PairScore> value) {
        return pairs.stream().mapToDouble(value).toArray();
    }

    /**
     * Reads the scores of a finished run.
     *
     * @throws AssayException of kind CHECKPOINT where there are none or they cannot be read
     */
    public static RunScores read(Path run) {
        Path file = run.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    run + " has no " + FILE + ": the run is not finished, or was made before scores were stored;"
                            + " let it finish with assay train " + run.resolve("recipe.yaml") + " --resume");
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            List<PairScores> sources = new ArrayList<>();
            json.required("sources")
                    .properties()
                    .forEach(source -> sources.add(new ScoreColumns(source.getKey(), source.getValue()).pairs()));
            return new RunScores(
                    json.required("dataFingerprint").asString(),
                    json.required("testFingerprint").asString(),
                    sources);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT, JsonFault.in(file, e) + "; delete it and resume the run to score again", e);
        }
    }
}
