package dev.assay.study;

import dev.assay.evaluation.agreement.Agreement;
import dev.assay.evaluation.agreement.ModelScores;
import dev.assay.evaluation.agreement.Part;
import dev.assay.evaluation.agreement.PartScores;
import dev.assay.math.Estimate;
import dev.assay.math.WilsonInterval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every model on the agreed and the disagreed part of the test pairs, seed by seed; the judges are the single-source models. */
final class AgreedParts {
    private final Measured measured;
    private final List<Agreement> agreements;
    private final Map<Model, Map<Part, List<PartScores>>> scores = new HashMap<>();

    AgreedParts(Measured measured) {
        this.measured = measured;
        StudyPlan plan = measured.plan();
        this.agreements = plan.seeds().stream()
                .map(seed -> Agreement.of(plan.singles().stream()
                        .map(single -> scores(single, seed))
                        .toList()))
                .toList();
        for (Model model : plan.models()) {
            for (Part part : Part.values()) {
                scores.computeIfAbsent(model, any -> new HashMap<>()).put(part, seedBySeed(model, part));
            }
        }
    }

    private List<PartScores> seedBySeed(Model model, Part part) {
        List<Long> seeds = measured.plan().seeds();
        return IntStream.range(0, seeds.size())
                .mapToObj(i -> agreements
                        .get(i)
                        .measure(
                                scores(model, seeds.get(i)),
                                part,
                                measured.options().bootstrap()))
                .toList();
    }

    private ModelScores scores(Model model, long seed) {
        return new ModelScores(model.name(), measured.scores().of(model, seed));
    }

    /** The split of the first seed's pairs. */
    Agreement first() {
        return agreements.getFirst();
    }

    /** The pairs of a part, those of all seeds together. */
    int n(Part part) {
        return agreements.stream().mapToInt(agreement -> agreement.n(part)).sum();
    }

    /**
     * The first seed's differences of a model on a part, one of each source in turn, so that the first few show all
     * sources that have any.
     */
    double[] inTurn(Model model, Part part) {
        List<Double> all = of(model, part).getFirst().differences();
        List<Iterator<Double>> bySource = new ArrayList<>();
        int from = 0;
        for (String source : measured.testSources()) {
            int count = Collections.frequency(first().parts(source), part);
            bySource.add(all.subList(from, from + count).iterator());
            from += count;
        }
        double[] turns = new double[all.size()];
        int filled = 0;
        while (filled < turns.length) {
            for (Iterator<Double> source : bySource) {
                if (source.hasNext()) {
                    turns[filled++] = source.next();
                }
            }
        }
        return turns;
    }

    /** The share of agreed pairs, with its interval over pairs of one seed or over seeds. */
    SeedMean agreedShare() {
        return measured.over(agreements.stream()
                .map(agreement -> agreement.agreedShare(Measured.LEVEL))
                .toList());
    }

    /** The share of agreed pairs of one test source. */
    SeedMean agreedShare(String source) {
        return measured.over(agreements.stream()
                .map(agreement -> {
                    List<Part> parts = agreement.parts(source);
                    long agreed =
                            parts.stream().filter(part -> part == Part.AGREED).count();
                    return WilsonInterval.of(agreed, parts.size(), Measured.LEVEL);
                })
                .toList());
    }

    /** A number of a model on a part. */
    SeedMean mean(Model model, Part part, Function<PartScores, Estimate> number) {
        return measured.over(of(model, part).stream().map(number).toList());
    }

    /** A model on a part, seed by seed. */
    List<PartScores> of(Model model, Part part) {
        return scores.getOrDefault(model, Map.of()).getOrDefault(part, List.of());
    }
}
