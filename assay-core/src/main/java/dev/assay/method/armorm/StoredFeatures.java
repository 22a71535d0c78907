package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.data.PreferencePair;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import dev.assay.data.RatingScale;
import dev.assay.network.FeatureRow;
import dev.assay.network.FeatureStore;
import dev.assay.network.RlhflowFeatures;
import dev.assay.reward.Objective;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Stored features joined by id with what is known of their rows; a row that was skipped moves no other. */
public final class StoredFeatures {
    private StoredFeatures() {}

    /**
     * Features of rated responses with their ratings, each mapped to [0, 1] by its own scale.
     *
     * @param store computed from {@link FeatureRow#ofRatings} of the same responses
     * @param objectives names to use, in this order; empty: all that are rated, in the order they first come
     * @throws dev.assay.AssayException of kind DATA where one objective is rated on different scales
     */
    public static RatedFeatures rated(FeatureStore store, List<RatedResponse> ratings, List<String> objectives) {
        Map<String, RatedResponse> byId = byId(FeatureRow.ofRatings(ratings), ratings);
        Map<String, RatingScale> scales = scales(ratings);
        List<String> names = objectives.isEmpty() ? List.copyOf(scales.keySet()) : objectives;
        double[][] values = new double[names.size()][store.rows()];
        int[] prompts = new int[store.rows()];
        for (int n = 0; n < store.rows(); n++) {
            RatedResponse row = known(byId, store.ids().get(n));
            prompts[n] = number(row.prompt().text());
            for (int k = 0; k < values.length; k++) {
                Rating rating = row.ratings().get(names.get(k));
                values[k][n] = rating == null ? Double.NaN : rating.scale().normalize(rating.value());
            }
        }
        List<ScaledObjective> scaled = names.stream()
                .map(name -> new ScaledObjective(new Objective(name), scales.getOrDefault(name, ScaledObjective.UNIT)))
                .toList();
        return new RatedFeatures(store.responses(), store.ids(), prompts, scaled, values);
    }

    /**
     * The scale of each rated objective, in the order they first come.
     *
     * @throws dev.assay.AssayException of kind DATA where one objective is rated on different scales
     */
    public static Map<String, RatingScale> scales(List<RatedResponse> ratings) {
        Map<String, RatingScale> scales = new LinkedHashMap<>();
        Map<String, String> conflicts = new LinkedHashMap<>();
        for (RatedResponse row : ratings) {
            row.ratings().forEach((name, rating) -> {
                RatingScale first = scales.computeIfAbsent(name, any -> rating.scale());
                if (!first.equals(rating.scale())) {
                    conflicts.putIfAbsent(
                            name,
                            row.origin().place() + ": " + name + " is rated on " + rating.scale() + ", before on "
                                    + first
                                    + "; give objectives of different sets names of their own, and leave them out of data.merge");
                }
            });
        }
        Problems problems = new Problems(ErrorKind.DATA, "ratings");
        conflicts.values().forEach(problems::add);
        problems.throwIfAny();
        return scales;
    }

    /**
     * Features of pairs, as views of the store's in the current scope.
     *
     * @param store computed from {@link FeatureRow#ofPairs} of the same pairs
     */
    public static PairFeatures pairs(FeatureStore store, List<PreferencePair> pairs) {
        if (store.responsesPerRow() != 2) {
            throw new IllegalArgumentException("the store does not hold pairs");
        }
        Map<String, PreferencePair> byId = byId(FeatureRow.ofPairs(pairs), pairs);
        ShardedRows responses = store.responses();
        return new PairFeatures(
                store.prompts(),
                responses.each(0),
                responses.each(1),
                store.ids(),
                store.ids().stream()
                        .mapToInt(id -> number(known(byId, id).prompt().text()))
                        .toArray(),
                Arrays.stream(store.tokens()).mapToInt(row -> row[0]).toArray(),
                Arrays.stream(store.tokens()).mapToInt(row -> row[1]).toArray());
    }

    /** Features and labels that other tools stored, in the order of the labels' columns; every row counts as a prompt of its own. */
    public static RatedFeatures rated(RlhflowFeatures.Rated stored, List<ScaledObjective> objectives) {
        FeatureStore store = stored.store();
        return new RatedFeatures(store.responses(), store.ids(), apart(store), objectives, stored.labels());
    }

    /**
     * The objectives of columns of labels in [0, 1] that have no names of their own.
     *
     * @param names all of them, in the order of the columns; empty: the published ones for as many columns, else numbers
     * @throws dev.assay.AssayException of kind RECIPE where there are not as many names as columns
     */
    public static List<ScaledObjective> columns(List<String> names, int count) {
        if (names.isEmpty()) {
            return PublishedObjectives.of(count);
        }
        if (names.size() != count) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "method.probes.objectives has " + names.size() + " names, and the files of ratings have " + count
                            + " columns of labels; name all of them, in their order");
        }
        return names.stream().map(PublishedObjectives::named).toList();
    }

    /** Pairs that other tools stored, without lengths; prompts are told apart by their states. */
    public static PairFeatures pairs(FeatureStore store) {
        if (store.responsesPerRow() != 2) {
            throw new IllegalArgumentException("the store does not hold pairs");
        }
        ShardedRows responses = store.responses();
        return new PairFeatures(
                store.prompts(),
                responses.each(0),
                responses.each(1),
                store.ids(),
                PromptNumbers.of(store.prompts()),
                new int[0],
                new int[0]);
    }

    private static int[] apart(FeatureStore store) {
        return IntStream.range(0, store.rows()).toArray();
    }

    /** The category of each stored pair; empty where its row names none. */
    public static List<String> categories(PairFeatures stored, List<PreferencePair> pairs) {
        return rows(stored, pairs).stream()
                .map(pair -> Objects.requireNonNullElse(pair.origin().category(), ""))
                .toList();
    }

    /** The row of each stored pair, in the order of the states. */
    public static List<PreferencePair> rows(PairFeatures stored, List<PreferencePair> pairs) {
        Map<String, PreferencePair> byId = byId(FeatureRow.ofPairs(pairs), pairs);
        return stored.ids().stream().map(id -> known(byId, id)).toList();
    }

    /**
     * The rewards of all responses of pairs, the chosen ones first: what the correlation with a nuisance is measured on.
     *
     * @return {@code [K][2N]}
     */
    public static double[][] rewards(PairFeatures pairs, ObjectiveProbes probes) {
        double[] chosen = Tensors.toDoubles(probes.rewards(pairs.chosen()).t());
        double[] rejected = Tensors.toDoubles(probes.rewards(pairs.rejected()).t());
        int n = pairs.pairs();
        double[][] rewards = new double[probes.objectives().size()][2 * n];
        for (int k = 0; k < rewards.length; k++) {
            System.arraycopy(chosen, k * n, rewards[k], 0, n);
            System.arraycopy(rejected, k * n, rewards[k], n, n);
        }
        return rewards;
    }

    /** Lengths in the order of {@link #rewards}; empty where they are not known. */
    public static int[] tokens(PairFeatures pairs) {
        if (pairs.chosenTokens().length == 0) {
            return new int[0];
        }
        int[] tokens = Arrays.copyOf(pairs.chosenTokens(), 2 * pairs.pairs());
        System.arraycopy(pairs.rejectedTokens(), 0, tokens, pairs.pairs(), pairs.pairs());
        return tokens;
    }

    /** A number that depends on the prompt's text alone. Two prompts may share it: they are then on one side of a split. */
    private static int number(String prompt) {
        return prompt.hashCode();
    }

    private static <T> Map<String, T> byId(List<FeatureRow> rows, List<T> values) {
        Map<String, T> byId = new HashMap<>();
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.id()));
        for (int i = 0; i < ids.size(); i++) {
            byId.put(ids.get(i), values.get(i));
        }
        return byId;
    }

    private static <T> T known(Map<String, T> byId, String id) {
        return Objects.requireNonNull(byId.get(id), () -> "no row named " + id);
    }
}
