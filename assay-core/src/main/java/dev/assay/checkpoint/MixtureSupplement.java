package dev.assay.checkpoint;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.format.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the published layout of a mixture of objectives has no place for, as {@code mixture.json} beside it. Readers of the
 * published layout do not see it: where an intercept is not 0 their rewards differ by a number that depends on the prompt
 * alone, where a penalty per token is not 0 they miss the correction for length.
 *
 * @param objectives in the order of the tensors; empty where they are not named, as in a file of {@code version} and {@code
 *     prompt_position} that was written by hand beside a published folder
 * @param gatingPattern the tokens where the prompt's state is read; empty for the prompt's last token
 * @param errors what the standard errors of the rewards are made of; their tensors lie in {@code mixture.safetensors}
 */
public record MixtureSupplement(List<Line> objectives, Optional<List<Integer>> gatingPattern, List<Errors> errors) {
    /** The tensors' file. */
    public static final String TENSORS = "mixture.safetensors";

    private static final String FILE = "mixture.json";
    private static final int VERSION = 1;
    private static final String LAST_TOKEN = "last-token";

    public MixtureSupplement {
        objectives = List.copyOf(objectives);
        gatingPattern = gatingPattern.map(List::copyOf);
        errors = List.copyOf(errors);
    }

    /**
     * One objective.
     *
     * @param name its name
     * @param low the end of its rating scale that the model's 0 stands for
     * @param high the end that 1 stands for
     * @param intercept added to the product of its row and the state
     * @param perToken subtracted from its reward for each token of the response
     */
    public record Line(String name, double low, double high, double intercept, double perToken) {}

    /**
     * Objectives whose errors share one factor.
     *
     * @param objectives their indices
     * @param noise the spread of single ratings, one an objective
     * @param offset 1/n with an intercept, 0 without
     */
    public record Errors(List<Integer> objectives, List<Double> noise, double offset) {
        public Errors {
            objectives = List.copyOf(objectives);
            noise = List.copyOf(noise);
        }
    }

    /** Writes or replaces it. */
    public void write(Path folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("prompt_position", gatingPattern.<Object>map(ids -> ids).orElse(LAST_TOKEN));
        json.put("objectives", objectives.stream().map(MixtureSupplement::json).toList());
        json.put("errors", errors);
        AtomicFile.write(folder.resolve(FILE), JsonText.pretty(json));
    }

    /** That of a folder; empty where there is none, as in a folder that somebody else published. */
    public static Optional<MixtureSupplement> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonText.read(Files.readString(file));
            int version = json.path("version").asInt(0);
            if (version != VERSION) {
                throw new AssayException(
                        ErrorKind.CHECKPOINT,
                        file + ": version " + version + " is not known; this version of Assay reads " + VERSION);
            }
            return Optional.of(new MixtureSupplement(
                    json.has("objectives") ? list(json, "objectives", MixtureSupplement::line) : List.of(),
                    json.path("prompt_position").isArray()
                            ? Optional.of(list(json, "prompt_position", JsonNode::asInt))
                            : Optional.empty(),
                    json.has("errors") ? list(json, "errors", MixtureSupplement::errors) : List.of()));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(file, e), e);
        }
    }

    private static Map<String, Object> json(Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", line.name());
        json.put("low", line.low());
        json.put("high", line.high());
        json.put("intercept", line.intercept());
        json.put("per_token", line.perToken());
        return json;
    }

    private static Line line(JsonNode json) {
        return new Line(
                json.required("name").asString(),
                json.required("low").asDouble(),
                json.required("high").asDouble(),
                json.required("intercept").asDouble(),
                json.required("per_token").asDouble());
    }

    private static Errors errors(JsonNode json) {
        return new Errors(
                list(json, "objectives", JsonNode::asInt),
                list(json, "noise", JsonNode::asDouble),
                json.required("offset").asDouble());
    }

    private static <T> List<T> list(JsonNode json, String key, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        json.required(key).forEach(node -> items.add(item.apply(node)));
        return items;
    }
}
