package dev.assay.report.page;

import dev.assay.math.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's {@code objectives.json} says of objectives learnt from ratings, and of their mixture where it made one.
 *
 * @param measuredOn what the probes were measured on, in words
 * @param probes how well each objective is predicted
 * @param freed its correlation with the nuisance; empty where nothing was taken out
 * @param rewards accuracy of the gate and of simpler rewards; empty without measured pairs
 * @param pairs that these were measured on
 * @param warnings what is wrong with the gate
 * @param mixtures mean share of each objective by category; empty where rows name none
 * @param unpublished what other readers of the mixture's folder miss, in sentences
 */
public record StoredObjectives(
        String measuredOn,
        List<Probe> probes,
        List<Freed> freed,
        List<Accuracy> rewards,
        long pairs,
        List<String> warnings,
        List<Mixture> mixtures,
        List<String> unpublished) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public StoredObjectives {
        probes = List.copyOf(probes);
        freed = List.copyOf(freed);
        rewards = List.copyOf(rewards);
        warnings = List.copyOf(warnings);
        mixtures = List.copyOf(mixtures);
        unpublished = List.copyOf(unpublished);
    }

    /** How well one objective is predicted on n ratings of answers to so many prompts. */
    public record Probe(
            String name, long rated, long n, long prompts, Estimate rSquared, Estimate spearman, Estimate error) {}

    /**
     * An objective's correlation with the nuisance.
     *
     * @param n responses it was measured on: those of the measured pairs where there are some
     */
    public record Freed(String name, double penalty, Estimate before, Estimate after, long n) {}

    /**
     * The accuracy of one way to make a reward.
     *
     * @param gateAhead the gate's accuracy minus this one; NaN for the gate and in runs from before it was told
     * @param pValue of "no difference"; NaN likewise
     */
    public record Accuracy(String name, Estimate accuracy, Estimate gateAhead, double pValue) {}

    /** What the gate makes of a category of n prompts: a share for each objective. */
    public record Mixture(String category, long n, List<Double> shares) {
        public Mixture {
            shares = List.copyOf(shares);
        }
    }

    /** Reads the file of a finished run. */
    public static StoredObjectives read(Path file) throws IOException {
        JsonNode json = JSON.readTree(Files.readString(file));
        List<Probe> probes = new ArrayList<>();
        json.path("objectives")
                .forEach(each -> probes.add(new Probe(
                        each.path("name").asString(""),
                        each.path("rated").asLong(0),
                        each.path("n").asLong(0),
                        each.path("prompts").asLong(0),
                        estimate(each.path("rSquared")),
                        estimate(each.path("spearman")),
                        estimate(each.path("meanSquaredError")))));
        List<Accuracy> rewards = new ArrayList<>();
        json.at("/comparison/rewards")
                .properties()
                .forEach(each -> rewards.add(new Accuracy(
                        each.getKey(),
                        estimate(each.getValue().path("accuracy")),
                        estimate(each.getValue().path("gateAhead")),
                        each.getValue().at("/gateAhead/p").asDouble(Double.NaN))));
        List<String> warnings = new ArrayList<>();
        json.at("/gate/warnings").forEach(each -> warnings.add(each.asString("")));
        List<Mixture> mixtures = new ArrayList<>();
        json.path("mixtures").properties().forEach(each -> {
            List<Double> shares = new ArrayList<>();
            each.getValue().path("shares").forEach(share -> shares.add(share.asDouble()));
            mixtures.add(new Mixture(each.getKey(), each.getValue().path("n").asLong(0), shares));
        });
        return new StoredObjectives(
                json.path("measuredOn").asString("ratings of other prompts"),
                probes,
                freed(json.path("debias")),
                rewards,
                json.at("/comparison/n").asLong(0),
                warnings,
                mixtures,
                json.path("unpublished").valueStream().map(JsonNode::asString).toList());
    }

    private static List<Freed> freed(JsonNode debias) {
        boolean measured = debias.has("measured");
        long n = debias.path(measured ? "measured" : "training").path("n").asLong(0);
        List<Freed> freed = new ArrayList<>();
        debias.path("objectives")
                .forEach(each -> freed.add(new Freed(
                        each.path("name").asString(""),
                        each.path("penalty").asDouble(0),
                        estimate(each.path(measured ? "measuredBefore" : "before")),
                        estimate(each.path(measured ? "measuredAfter" : "after")),
                        n)));
        return freed;
    }

    private static Estimate estimate(JsonNode node) {
        return new Estimate(
                node.path("value").asDouble(Double.NaN),
                node.path("low").asDouble(Double.NaN),
                node.path("high").asDouble(Double.NaN));
    }
}
