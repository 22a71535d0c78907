package dev.assay.report.page;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's {@code events.jsonl} tells.
 *
 * @param steps the training steps, in order
 * @param validations the measurements between them
 */
public record RunHistory(List<Step> steps, List<Validation> validations) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public RunHistory {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }

    /**
     * One step.
     *
     * @param step counted over all stages, from 1
     * @param stage its stage's name
     * @param loss mean loss of the batch
     * @param losses mean loss of each source in the batch
     * @param weights lambda of each source in the batch
     * @param cosines of the sources' gradients, {@code [P][P]} in the order of {@code weights}; NaN where unknown
     * @param seconds it took
     */
    public record Step(
            long step,
            String stage,
            double loss,
            Map<String, Double> losses,
            Map<String, Double> weights,
            double[][] cosines,
            double seconds) {}

    /** Nothing happened, or nothing is known of it. */
    public static RunHistory none() {
        return new RunHistory(List.of(), List.of());
    }

    /**
     * Reads the events of a run; a missing file is an empty history, and half a line at its end, which a killed run leaves, is
     * left out.
     *
     * @throws AssayException where a line before the last is no JSON: curves with gaps would look whole
     */
    public static RunHistory read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return none();
        }
        List<Step> steps = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Optional<JsonNode> event = Optional.of(JSON.missingNode());
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (event.isEmpty()) {
                    throw new AssayException(
                            ErrorKind.INPUT,
                            file + ":" + number
                                    + " is not JSON, and other lines follow; restore the file, or move it away to"
                                    + " have the report without curves");
                }
                number++;
                event = event(line);
                event.ifPresent(told -> add(told, steps, validations));
            }
        }
        return new RunHistory(steps, validations);
    }

    private static void add(JsonNode event, List<Step> steps, List<Validation> validations) {
        if (event.has("validation")) {
            validations.add(Validation.of(event));
        } else if (event.has("loss")) {
            steps.add(step(event));
        }
    }

    private static Optional<JsonNode> event(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Step step(JsonNode event) {
        JsonNode cosines = event.path("cosines");
        double[][] rows = new double[cosines.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[cosines.path(i).size()];
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = cosines.path(i).path(j).asDouble(Double.NaN);
            }
        }
        return new Step(
                event.path("step").asLong(),
                event.path("stage").asString("train"),
                event.path("loss").asDouble(Double.NaN),
                numbers(event.path("losses")),
                numbers(event.path("weights")),
                rows,
                event.path("seconds").asDouble(Double.NaN));
    }

    static Map<String, Double> numbers(JsonNode object) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
        return numbers;
    }

    /** All sources that ever had a weight, in the order of their first step. */
    List<String> sources() {
        return steps.stream()
                .flatMap(step -> step.weights().keySet().stream())
                .distinct()
                .toList();
    }

    /** Whether some source's weight moves by more than rounding while the same sources are present. */
    boolean hasMovingWeights() {
        Map<Set<String>, Map<String, Double>> first = new LinkedHashMap<>();
        for (Step step : steps) {
            Map<String, Double> known = first.computeIfAbsent(step.weights().keySet(), any -> step.weights());
            for (Map.Entry<String, Double> weight : step.weights().entrySet()) {
                if (Math.abs(weight.getValue() - known.getOrDefault(weight.getKey(), Double.NaN)) > 1e-3) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether some step tells how two sources' gradients lie to each other. */
    boolean hasCosines() {
        return steps.stream().anyMatch(RunHistory::hasCosines);
    }

    static boolean hasCosines(Step step) {
        for (int i = 0; i < step.cosines().length; i++) {
            for (int j = 0; j < step.cosines()[i].length; j++) {
                if (i != j && Double.isFinite(step.cosines()[i][j])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The steps of each stage, in order. */
    List<List<Step>> stages() {
        List<List<Step>> stages = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= steps.size(); i++) {
            if (i == steps.size()
                    || !steps.get(i).stage().equals(steps.get(start).stage())) {
                stages.add(steps.subList(start, i));
                start = i;
            }
        }
        return stages;
    }

    /**
     * The validations of the last stage that took a step: the best of these is the checkpoint that was kept, since what was best in
     * an earlier stage says nothing about a later one.
     */
    List<Validation> lastStage() {
        if (steps.isEmpty()) {
            return validations;
        }
        long before = stages().getLast().getFirst().step();
        return validations.stream().filter(each -> each.step() >= before).toList();
    }

    /**
     * Consecutive steps of a stage in equal stretches, about {@code most} in all, so that a long run stays a small picture; no stretch
     * is of two stages.
     */
    List<List<Step>> stretches(int most) {
        int width = Math.max(1, (steps.size() + most - 1) / most);
        List<List<Step>> stretches = new ArrayList<>();
        for (List<Step> stage : stages()) {
            for (int start = 0; start < stage.size(); start += width) {
                stretches.add(stage.subList(start, Math.min(stage.size(), start + width)));
            }
        }
        return stretches;
    }
}
