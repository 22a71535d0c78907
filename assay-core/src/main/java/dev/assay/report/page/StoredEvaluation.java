package dev.assay.report.page;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.evaluation.BinForm;
import dev.assay.evaluation.Binning;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's {@code evaluation.json} says, whatever metrics it holds: numbers by their names.
 *
 * @param about what stands around the numbers: seed, fingerprint, bins
 * @param sources the numbers of each source
 * @param averages the numbers over all sources: average, weighted average, pooled, where they are stored
 */
public record StoredEvaluation(Map<String, String> about, List<Row> sources, List<Row> averages) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<String, String> AVERAGES =
            Map.of("average", "Avg", "weightedAverage", "W.Avg", "pooled", "Pooled");

    public StoredEvaluation {
        sources = List.copyOf(sources);
        averages = List.copyOf(averages);
    }

    /**
     * The numbers of a source or an average.
     *
     * @param numbers counts and other numbers without interval, parts of the Brier score among them
     * @param estimates metrics by their key
     * @param bins of the reliability diagram, each with numbers and estimates of its own
     */
    public record Row(String name, Map<String, Double> numbers, Map<String, Estimate> estimates, List<Row> bins) {
        /** A metric; NaN where it was not defined. */
        Estimate estimate(String key) {
            Estimate known = estimates.get(key);
            return known == null ? new Estimate(Double.NaN, Double.NaN, Double.NaN) : known;
        }

        /** A count; 0 where it is not stored. */
        long count(String key) {
            return Math.round(numbers.getOrDefault(key, 0.0));
        }
    }

    /** Reads the file of a finished run. */
    public static StoredEvaluation read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** The same from the text of the file. */
    public static StoredEvaluation of(String text) {
        JsonNode json = JSON.readTree(text);
        Map<String, String> about = new LinkedHashMap<>();
        List<Row> averages = new ArrayList<>();
        json.properties().forEach(entry -> {
            if (!entry.getValue().isContainer()) {
                about.put(entry.getKey(), entry.getValue().asString());
            }
        });
        for (String key : List.of("average", "weightedAverage", "pooled")) {
            if (json.path(key).isObject()) {
                averages.add(row(AVERAGES.getOrDefault(key, key), json.path(key)));
            }
        }
        List<Row> sources = new ArrayList<>();
        json.path("sources").properties().forEach(entry -> sources.add(row(entry.getKey(), entry.getValue())));
        return new StoredEvaluation(about, sources, averages);
    }

    private static Row row(String name, JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        List<Row> bins = new ArrayList<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNumber()) {
                numbers.put(entry.getKey(), value.asDouble());
            } else if (value.has("value")) {
                estimates.put(entry.getKey(), estimate(value));
            } else if (value.isObject()) {
                value.properties()
                        .forEach(part -> numbers.put(
                                entry.getKey() + "." + part.getKey(),
                                part.getValue().asDouble(Double.NaN)));
            } else if (value.isArray()) {
                value.forEach(bin -> bins.add(row(Integer.toString(bins.size() + 1), bin)));
            }
        });
        return new Row(name, numbers, estimates, bins);
    }

    static Estimate estimate(JsonNode node) {
        return new Estimate(number(node.path("value")), number(node.path("low")), number(node.path("high")));
    }

    /** A null stands where there is no interval. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }

    /**
     * What the calibration errors were measured with; what a file of before it was written does not tell is as it was then, the
     * default.
     */
    EvaluationOptions options() {
        EvaluationOptions usual = EvaluationOptions.DEFAULT;
        try {
            return new EvaluationOptions(
                    Integer.parseInt(about.getOrDefault("bins", Integer.toString(usual.bins()))),
                    Binning.valueOf(constant(
                            about.getOrDefault("binning", usual.binning().name()))),
                    BinForm.valueOf(
                            constant(about.getOrDefault("form", usual.form().name()))),
                    new Bootstrap(
                            usual.bootstrap().resamples(),
                            Double.parseDouble(about.getOrDefault(
                                    "level", Double.toString(usual.bootstrap().level()))),
                            usual.bootstrap().seed()));
        } catch (IllegalArgumentException e) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "evaluation.json of " + about.getOrDefault("model", "a run")
                            + ": this version of Assay does not know bins " + about.get("bins") + ", binning "
                            + about.get("binning") + ", form " + about.get("form") + ", level " + about.get("level")
                            + "; run the training's assay, or measure again with assay evaluate",
                    e);
        }
    }

    private static String constant(String wireName) {
        return wireName.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** All pairs that counted. */
    long n() {
        return sources.stream().mapToLong(source -> source.count("n")).sum();
    }

    /** The mean over the sources, or the one source there is. */
    Row average() {
        return averages.isEmpty() ? sources.getFirst() : averages.getFirst();
    }

    /** Sources, then averages where there is more than one source. */
    List<Row> rows() {
        return sources.size() < 2 ? sources : all();
    }

    /** Sources and averages; those of a single source are its own numbers again. */
    List<Row> all() {
        return Stream.concat(sources.stream(), averages.stream()).toList();
    }
}
