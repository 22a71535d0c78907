package dev.assay.study;

import dev.assay.evaluation.agreement.Part;
import dev.assay.evaluation.agreement.PartScores;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Each model that is not of one source alone against the baseline of the study, on agreed and on disagreed pairs. All models of
 * a seed have the same parts, which only the single-source models decide.
 */
final class AgreedDifferences {
    private static final List<Number> NUMBERS = List.of(
            new Number("accuracy", "accuracy", Measure.Unit.PERCENT, d -> d > 0 ? 1 : 0),
            new Number("differenceMean", "mean d", Measure.Unit.PLAIN, d -> d),
            new Number("absoluteDifference", "mean |d|", Measure.Unit.PLAIN, Math::abs));

    private final Measured measured;
    private final AgreedParts parts;

    AgreedDifferences(Measured measured, AgreedParts parts) {
        this.measured = measured;
        this.parts = parts;
    }

    /** The mean over pairs of a function of d. */
    private record Number(String key, String title, Measure.Unit unit, DoubleUnaryOperator of) {}

    /** A number on a part. */
    private record OnPart(String key, String title, Measure.Unit unit) implements Quantity {}

    /** The comparisons of each part. */
    List<Differences> all() {
        return measured.plan().comparedWith().stream()
                .flatMap(baseline -> Arrays.stream(Part.values()).map(part -> on(part, baseline)))
                .filter(differences -> !differences.rows().isEmpty())
                .toList();
    }

    private Differences on(Part part, Model baseline) {
        String name = part.name().toLowerCase(Locale.ROOT);
        List<SchemeDifference> rows = new ArrayList<>();
        for (Model model : measured.plan().models()) {
            if (model.scheme() != Scheme.SINGLE && !model.equals(baseline)) {
                for (Number number : NUMBERS) {
                    OnPart quantity = new OnPart(name + "." + number.key, number.title + ", " + name, number.unit);
                    difference(new Versus(model, baseline), part, number, quantity)
                            .ifPresent(rows::add);
                }
            }
        }
        return new Differences(
                baseline.name() + " on " + name + " pairs", parts.first().n(part), rows);
    }

    /** None where a part is empty with every seed. */
    private Optional<SchemeDifference> difference(Versus versus, Part part, Number number, Quantity quantity) {
        List<PartScores> own = parts.of(versus.model(), part);
        List<PartScores> other = parts.of(versus.baseline(), part);
        double[][] seeds = IntStream.range(0, own.size())
                .mapToObj(seed -> pairs(own.get(seed), other.get(seed), number))
                .filter(pairs -> pairs.length > 0)
                .toArray(double[][]::new);
        if (seeds.length == 0) {
            return Optional.empty();
        }
        double[] means =
                Arrays.stream(seeds).mapToDouble(AgreedDifferences::mean).toArray();
        return Optional.of(
                measured.overSeeds()
                        ? SchemeDifference.overSeeds(versus, quantity, means)
                        : overPairs(versus, quantity, seeds[0]));
    }

    private SchemeDifference overPairs(Versus versus, Quantity quantity, double[] pairs) {
        if (pairs.length < 2) {
            return SchemeDifference.overPairs(versus, quantity, Estimate.withoutInterval(mean(pairs)), Double.NaN);
        }
        Bootstrap bootstrap = measured.options().bootstrap();
        double[] replicates = Arrays.stream(
                        bootstrap.replicates(pairs.length, counts -> new double[] {weighted(pairs, counts)}))
                .mapToDouble(sample -> sample[0])
                .toArray();
        return SchemeDifference.overPairs(
                versus, quantity, bootstrap.estimate(mean(pairs), replicates), Bootstrap.pValue(replicates));
    }

    /** What the number is of one model minus of the other, pair by pair. */
    private static double[] pairs(PartScores own, PartScores other, Number number) {
        return IntStream.range(0, own.n())
                .mapToDouble(i -> number.of.applyAsDouble(own.differences().get(i))
                        - number.of.applyAsDouble(other.differences().get(i)))
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double weighted(double[] values, int[] counts) {
        return IntStream.range(0, values.length)
                        .mapToDouble(i -> counts[i] * values[i])
                        .sum()
                / values.length;
    }
}
