package dev.assay.report.page;

import dev.assay.math.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What came out of a study, in two or three sentences from the numbers of its {@code study.json}. */
final class StudyFindings {
    private final JsonNode study;
    private final Map<String, JsonNode> models = new LinkedHashMap<>();
    /** Rows that are another reading of a model's rewards, with the same accuracy. */
    private final Set<String> recalibrated = new HashSet<>();

    private StudyFindings(JsonNode study) {
        this.study = study;
        study.path("models").properties().forEach(entry -> {
            if (entry.getValue().has("recalibration")) {
                recalibrated.add(entry.getKey());
            } else {
                models.put(entry.getKey(), entry.getValue());
            }
        });
    }

    /** The sentences; fewer where the study lacks what they tell of, none for a study of another version. */
    static List<String> of(JsonNode study) {
        StudyFindings findings = new StudyFindings(study);
        Stream<Optional<String>> sentences = switch (study.path("study").asString("")) {
            case "cross-source" -> Stream.of(findings.best(), findings.change(), findings.beyondRecalibration());
            case "sources" -> Stream.of(findings.growth(), findings.change(), findings.beyondRecalibration());
            case "sequence" -> Stream.of(findings.best(), findings.calibration());
            case "drift" -> Stream.of(findings.size(), findings.overconfidence());
            case "agreement" -> Stream.of(findings.agreed(), findings.parts());
            default -> Stream.empty();
        };
        return sentences.flatMap(Optional::stream).toList();
    }

    /** The pairs that the numbers are over, and with how many trainings. */
    private String sample() {
        int seeds = study.path("seeds").size();
        return "on n = " + Words.count(study.path("n").asLong()) + " test pairs"
                + (seeds > 1 ? ", means of " + seeds + " seeds" : ", one seed");
    }

    private Optional<String> best() {
        List<String> order = known("accuracy");
        return order.size() < 2
                ? Optional.empty()
                : Optional.of("Most accurate on average over the test sources is " + order.getLast() + " with "
                        + percent(order.getLast()) + ", least " + order.getFirst() + " with "
                        + percent(order.getFirst()) + " (" + sample() + ").");
    }

    private Optional<String> calibration() {
        List<String> order = known("ece");
        return order.size() < 2
                ? Optional.empty()
                : Optional.of("Best calibrated is " + order.getFirst() + ", ECE "
                        + Words.plain(of(order.getFirst(), "ece")) + ", worst " + order.getLast() + ", ECE "
                        + Words.plain(of(order.getLast(), "ece")) + ".");
    }

    /** The way to learn that was compared with another, with the fewest and the most sources. */
    private Optional<String> growth() {
        String last = told();
        List<String> same = known("accuracy").stream()
                .filter(name -> scheme(name).equals(scheme(last)))
                .sorted(Comparator.comparingInt(List.copyOf(models.keySet())::indexOf))
                .toList();
        return same.size() < 2
                ? Optional.empty()
                : Optional.of("From " + same.getFirst() + " to " + same.getLast()
                        + " the accuracy averaged over all test sources goes from " + percent(same.getFirst())
                        + " to " + percent(same.getLast()) + " (" + sample() + ")"
                        + (known("ece").containsAll(List.of(same.getFirst(), same.getLast()))
                                ? ", ECE from " + Words.plain(of(same.getFirst(), "ece")) + " to "
                                        + Words.plain(of(same.getLast(), "ece"))
                                : "")
                        + ".");
    }

    /** What the told model is beside its baseline. */
    private Optional<String> change() {
        List<String> parts = new ArrayList<>();
        difference("accuracy")
                .ifPresent(of -> parts.add("accuracy " + Words.points(of.estimate) + ", "
                        + SummarySection.verdict(of.estimate.value(), of.p, "more accurate", "less accurate")));
        difference("ece")
                .ifPresent(of -> parts.add("ECE " + Words.change(of.estimate) + ", "
                        + SummarySection.verdict(of.estimate.value(), of.p, "worse calibrated", "better calibrated")));
        return against(parts);
    }

    /** What is left of it where the baseline has been recalibrated. */
    private Optional<String> beyondRecalibration() {
        return differences("ece")
                .filter(of -> recalibrated.contains(of.baseline))
                .findFirst()
                .map(of -> told() + " minus " + of.baseline + ": ECE " + Words.change(of.estimate) + ", "
                        + SummarySection.verdict(of.estimate.value(), of.p, "worse calibrated", "better calibrated")
                        + ".");
    }

    private Optional<String> size() {
        List<String> order = known("absoluteDifference");
        return order.size() < 2
                ? Optional.empty()
                : Optional.of("Furthest apart pulls " + order.getLast() + " the responses of a pair, mean |d| "
                        + Words.plain(of(order.getLast(), "absoluteDifference")) + " nats, least " + order.getFirst()
                        + ", " + Words.plain(of(order.getFirst(), "absoluteDifference")) + " (" + sample() + ").");
    }

    private Optional<String> overconfidence() {
        Optional<Change> tested = difference("overconfidence");
        if (tested.isPresent()) {
            return against(List.of("overconfidence " + Words.change(tested.get().estimate) + ", "
                    + SummarySection.verdict(
                            tested.get().estimate.value(),
                            tested.get().p,
                            "more overconfident",
                            "less overconfident")));
        }
        List<String> order = known("overconfidence");
        List<String> bold = order.stream()
                .filter(name -> of(name, "overconfidence").low() > 0)
                .toList();
        return order.size() < 2
                ? Optional.empty()
                : Optional.of("Overconfidence goes from " + Words.plain(of(order.getFirst(), "overconfidence")) + " ("
                        + order.getFirst() + ") to " + Words.plain(of(order.getLast(), "overconfidence")) + " ("
                        + order.getLast() + "); "
                        + (bold.isEmpty()
                                ? "no interval lies above 0."
                                : "above 0 with the whole interval: " + Words.list(bold) + "."));
    }

    private Optional<String> agreed() {
        Estimate share = StoredEvaluation.estimate(study.path("agreedShare"));
        return Double.isNaN(share.value())
                ? Optional.empty()
                : Optional.of(
                        "The " + study.path("judges").size() + " models of one source favour the same response in "
                                + Words.percent(share) + " of the pairs (" + sample() + ").");
    }

    private Optional<String> parts() {
        String name = told();
        JsonNode model = models.getOrDefault(name, study.path("none"));
        return model.has("agreed") && model.has("disagreed")
                ? Optional.of(name + " is right in " + part(model.path("agreed"), "agree") + ", and in "
                        + part(model.path("disagreed"), "do not") + ".")
                : Optional.empty();
    }

    private static String part(JsonNode part, String where) {
        long n = 0;
        for (JsonNode seed : part.path("n")) {
            n += seed.asLong();
        }
        return Words.percent(StoredEvaluation.estimate(part.path("accuracy"))) + " of the pairs where they " + where
                + " (n = " + Words.count(n) + ")";
    }

    /** The model to tell of: MORE, with the most sources where there are several, else the last. */
    private String told() {
        List<String> names = List.copyOf(models.keySet());
        return names.reversed().stream()
                .filter(name -> scheme(name).equals("more") || name.equals("MORE"))
                .findFirst()
                .orElse(names.isEmpty() ? "" : names.getLast());
    }

    private record Change(String baseline, Estimate estimate, double p) {}

    private Optional<Change> difference(String measure) {
        return differences(measure)
                .filter(of -> !recalibrated.contains(of.baseline))
                .findFirst();
    }

    /** The told model against whatever it was compared with by a measure. */
    private Stream<Change> differences(String measure) {
        return study.path("differences")
                .valueStream()
                .filter(row -> row.path("model").asString("").equals(told())
                        && row.path("measure").asString("").equals(measure))
                .map(row -> new Change(
                        row.path("baseline").asString(""),
                        StoredEvaluation.estimate(row.path("difference")),
                        row.path("pValueHolm").asDouble(Double.NaN)));
    }

    private Optional<String> against(List<String> parts) {
        return Stream.of("accuracy", "overconfidence")
                .flatMap(measure -> difference(measure).stream())
                .findFirst()
                .map(any -> told() + " minus " + any.baseline + ": " + String.join("; ", parts)
                        + "; p corrected after Holm.");
    }

    private String scheme(String name) {
        return models.getOrDefault(name, study.path("none")).path("scheme").asString("");
    }

    private Estimate of(String name, String measure) {
        return StoredEvaluation.estimate(
                models.getOrDefault(name, study.path("none")).path(measure));
    }

    private String percent(String name) {
        return Words.percent(of(name, "accuracy"));
    }

    /** The models whose measure is a number, from the least up; those of one value in the order of the study. */
    private List<String> known(String measure) {
        return models.keySet().stream()
                .filter(name -> Double.isFinite(of(name, measure).value()))
                .sorted(Comparator.comparingDouble(name -> of(name, measure).value()))
                .toList();
    }
}
