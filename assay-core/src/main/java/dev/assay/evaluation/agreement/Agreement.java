package dev.assay.evaluation.agreement;

import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.SamePairs;
import dev.assay.math.Bootstrap;
import dev.assay.math.Estimate;
import dev.assay.math.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pairs of a test set, split by whether models trained on one source each favour the same response (Definition 1 of MORE,
 * arXiv 2312.07401): a pair is agreed when {@code (r_i(chosen) - r_i(rejected)) (r_j(chosen) - r_j(rejected)) > 0} for
 * all judges i and j, and disagreed otherwise. The label plays no part: judges may agree on the wrong response. Pairs
 * labelled as ties are left out.
 */
public final class Agreement {
    private final List<ModelScores> judges;
    /** Every pair with a preference, in the order of the test set. */
    private final List<Place> places;

    private record Place(int source, int index, Part part) {}

    private Agreement(List<ModelScores> judges, List<Place> places) {
        this.judges = judges;
        this.places = places;
    }

    /**
     * Splits a test set.
     *
     * @param judges at least two models, usually one for each source, with scores of the same pairs; otherwise an {@link
     *     dev.assay.AssayException} names the first place where they differ
     */
    public static Agreement of(List<ModelScores> judges) {
        if (judges.size() < 2) {
            throw new IllegalArgumentException("agreement needs at least two judges, got " + judges.size());
        }
        List<PairScores> reference = judges.getFirst().sources();
        for (ModelScores judge : judges) {
            SamePairs.require(reference, judge.sources());
        }
        List<Place> places = new ArrayList<>();
        for (int s = 0; s < reference.size(); s++) {
            List<PairScore> pairs = reference.get(s).pairs();
            for (int i = 0; i < pairs.size(); i++) {
                if (!pairs.get(i).strength().isTie()) {
                    places.add(new Place(s, i, part(differences(judges, s, i))));
                }
            }
        }
        return new Agreement(List.copyOf(judges), places);
    }

    private static Part part(double[] differences) {
        boolean chosen = Arrays.stream(differences).allMatch(d -> d > 0);
        boolean rejected = Arrays.stream(differences).allMatch(d -> d < 0);
        return chosen || rejected ? Part.AGREED : Part.DISAGREED;
    }

    private static double[] differences(List<ModelScores> judges, int source, int index) {
        return judges.stream()
                .mapToDouble(judge -> pair(judge, source, index).difference())
                .toArray();
    }

    private static PairScore pair(ModelScores model, int source, int index) {
        return model.sources().get(source).pairs().get(index);
    }

    /** The names of the judges. */
    public List<String> judges() {
        return judges.stream().map(ModelScores::model).toList();
    }

    /** The pairs that count. */
    public int n() {
        return places.size();
    }

    /** The pairs of a part. */
    public int n(Part part) {
        return (int) in(part).count();
    }

    /** Each pair's part, of one source, in file order, pairs labelled as ties left out. */
    public List<Part> parts(String source) {
        return places.stream()
                .filter(place -> name(place).equals(source))
                .map(Place::part)
                .toList();
    }

    /** The share of agreed pairs with Wilson's interval; NaN where there are no pairs. */
    public Estimate agreedShare(double level) {
        return share(n(Part.AGREED), n(), level);
    }

    /**
     * Any model on one part of the test set.
     *
     * @param model scores of the same pairs; otherwise an {@link dev.assay.AssayException} names the first difference
     */
    public PartScores measure(ModelScores model, Part part, Bootstrap bootstrap) {
        SamePairs.require(judges.getFirst().sources(), model.sources());
        double[] differences = in(part).mapToDouble(
                        place -> pair(model, place.source, place.index).difference())
                .toArray();
        long right = Arrays.stream(differences).filter(d -> d > 0).count();
        return new PartScores(
                model.model(),
                part,
                differences.length,
                share(right, differences.length, bootstrap.level()),
                mean(differences, bootstrap),
                mean(Arrays.stream(differences).map(Math::abs).toArray(), bootstrap),
                Arrays.stream(differences).boxed().toList());
    }

    /** The disagreed pairs about which the judges differ most, at most {@code limit} of them; equal ones in file order. */
    public List<DisagreedPair> mostDisagreed(int limit) {
        return in(Part.DISAGREED)
                .map(this::disagreed)
                .sorted(Comparator.comparingDouble(DisagreedPair::disagreement).reversed())
                .limit(limit)
                .toList();
    }

    private DisagreedPair disagreed(Place place) {
        double[] differences = differences(judges, place.source, place.index);
        return new DisagreedPair(
                name(place),
                place.index,
                pair(judges.getFirst(), place.source, place.index).origin(),
                variance(Arrays.stream(differences)
                        .map(d -> 1 / (1 + Math.exp(-d)))
                        .toArray()),
                Arrays.stream(differences).boxed().toList());
    }

    private Stream<Place> in(Part part) {
        return places.stream().filter(place -> place.part == part);
    }

    private String name(Place place) {
        return judges.getFirst().sources().get(place.source).source();
    }

    private static Estimate share(long count, int n, double level) {
        return n == 0 ? new Estimate(Double.NaN, Double.NaN, Double.NaN) : WilsonInterval.of(count, n, level);
    }

    private static Estimate mean(double[] values, Bootstrap bootstrap) {
        if (values.length < 2) {
            return Estimate.withoutInterval(values.length == 0 ? Double.NaN : values[0]);
        }
        double[] replicates = Arrays.stream(
                        bootstrap.replicates(values.length, counts -> new double[] {weighted(values, counts)}))
                .mapToDouble(sample -> sample[0])
                .toArray();
        return bootstrap.estimate(Arrays.stream(values).average().orElseThrow(), replicates);
    }

    private static double weighted(double[] values, int[] counts) {
        double sum = 0;
        for (int row = 0; row < values.length; row++) {
            sum += counts[row] * values[row];
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }
}
