package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.method.armorm.PairFeatures;
import dev.assay.method.armorm.RatedFeatures;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.network.FeatureExtraction;
import dev.assay.network.FeatureModel;
import dev.assay.network.FeatureRow;
import dev.assay.network.FeatureSettings;
import dev.assay.network.FeatureStore;
import dev.assay.network.RlhflowFeatures;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.PromptPosition;
import dev.assay.training.TrainingListener;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Stage 0: the frozen states of all rows, in {@code features/ratings}, {@code features/pairs} and {@code features/test} of the run
 * folder or of the folder the recipe names.
 *
 * @param ratings states of the rated responses
 * @param pairs states of the pairs the gate learns from
 * @param test states of the measured pairs; absent where none are measured
 * @param backbone the folder of the decoder and its tokenizer
 * @param position where a prompt's state was read
 * @param labelled the ratings with their labels, where other tools stored both; their rows are not those of the recipe
 */
record MixtureFeatures(
        FeatureStore ratings,
        FeatureStore pairs,
        Optional<FeatureStore> test,
        Path backbone,
        PromptPosition position,
        Optional<RlhflowFeatures.Rated> labelled)
        implements AutoCloseable {
    static final String RATINGS = "ratings";
    static final String PAIRS = "pairs";
    static final String TEST = "test";

    /** Computes what is missing and opens all. */
    static MixtureFeatures compute(
            Recipe recipe,
            MethodSection.ArmoRm method,
            Path run,
            RunTokens tokens,
            MixtureData data,
            TrainingListener told) {
        Optional<RlhflowSection> stored = method.embeddings().rlhflow();
        if (stored.isPresent()) {
            return RlhflowStates.open(recipe, method, stored.get(), run, tokens, told);
        }
        Made made = embed(recipe, method, run, tokens, data, FeatureExtraction.Share.ALL, told);
        MixtureFeatures features =
                open(made, place(method, run), !data.measured().isEmpty());
        features.parts().forEach((part, store) -> tell(part, store, made.position, told));
        return features;
    }

    /**
     * What the states were made with.
     *
     * @param skipped the rows of each part that have none, of the shards that are finished
     */
    record Made(Path backbone, PromptPosition position, Map<String, List<SkippedRow>> skipped) {}

    /** Computes what is missing of a share. */
    static Made embed(
            Recipe recipe,
            MethodSection.ArmoRm method,
            Path run,
            RunTokens tokens,
            MixtureData data,
            FeatureExtraction.Share share,
            TrainingListener told) {
        Path backbone = MixtureBackbone.folder(recipe, run, tokens);
        Precision compute = recipe.training().precision() == TrainingSection.Precision.BF16
                ? Precision.BFLOAT16
                : Precision.FLOAT32;
        try (FeatureModel model = FeatureModel.load(backbone, backbone, tokens.format(), compute)) {
            PromptPosition position = MixtureBackbone.position(method.embeddings(), model);
            FeatureSettings settings = new FeatureSettings(
                    position,
                    recipe.tokenization().maxLength(),
                    method.embeddings().precision(),
                    method.embeddings().rowsPerShard(),
                    RecipeStages.packing(recipe).tokenBudget());
            Map<String, List<SkippedRow>> skipped = new LinkedHashMap<>();
            rows(data).forEach((part, rows) -> {
                FeatureExtraction extraction =
                        FeatureExtraction.into(place(method, run).resolve(part), model, settings, rows);
                int total = extraction.rows(share);
                extraction.run(share, done -> told.onProgress("embed " + part, done, total, "rows"));
                skipped.put(part, extraction.skipped());
                requireSome(part, rows.size(), extraction.skipped());
            });
            return new Made(backbone, position, skipped);
        }
    }

    /** Asked as soon as a part is done: the next one may take hours. */
    private static void requireSome(String part, int rows, List<SkippedRow> skipped) {
        if (skipped.size() == rows) {
            SkippedRow first = skipped.getFirst();
            throw new AssayException(
                    ErrorKind.DATA,
                    "embed " + part + ": none of " + rows + " rows has states, the first, " + first.id() + ", for "
                            + first.reason() + "; raise tokenization.max-length, or give other rows");
        }
    }

    private static Map<String, List<FeatureRow>> rows(MixtureData data) {
        Map<String, List<FeatureRow>> rows = new LinkedHashMap<>();
        rows.put(RATINGS, FeatureRow.ofRatings(data.ratings()));
        rows.put(PAIRS, FeatureRow.ofPairs(data.pairs()));
        if (!data.measured().isEmpty()) {
            rows.put(TEST, FeatureRow.ofPairs(data.measured()));
        }
        return rows;
    }

    private static Path place(MethodSection.ArmoRm method, Path run) {
        return method.embeddings().folder().map(Path::of).orElse(run.resolve("features"));
    }

    private static MixtureFeatures open(Made made, Path place, boolean measured) {
        return new MixtureFeatures(
                FeatureStore.open(place.resolve(RATINGS)),
                FeatureStore.open(place.resolve(PAIRS)),
                measured ? Optional.of(FeatureStore.open(place.resolve(TEST))) : Optional.empty(),
                made.backbone,
                made.position,
                Optional.empty());
    }

    /** The rated responses, of the objectives that are named; empty: of all. */
    RatedFeatures rated(MixtureData rows, List<String> objectives) {
        return labelled.map(stored ->
                        StoredFeatures.rated(stored, StoredFeatures.columns(objectives, stored.labels().length)))
                .orElseGet(() -> StoredFeatures.rated(ratings, rows.ratings(), objectives));
    }

    /** The pairs the gate learns from. */
    PairFeatures training(MixtureData rows) {
        return labelled.isPresent() ? StoredFeatures.pairs(pairs) : StoredFeatures.pairs(pairs, rows.pairs());
    }

    /** The measured pairs. */
    Optional<PairFeatures> measured(MixtureData rows) {
        return test.map(store ->
                labelled.isPresent() ? StoredFeatures.pairs(store) : StoredFeatures.pairs(store, rows.measured()));
    }

    /** The category of each measured pair; empty where none is known. */
    List<String> categories(PairFeatures measured, MixtureData rows) {
        return labelled.isPresent()
                ? Collections.nCopies(measured.pairs(), "")
                : StoredFeatures.categories(measured, rows.measured());
    }

    /** The responses a nuisance's correlation is to vanish on. */
    DebiasReference reference(PairFeatures training, MixtureData rows, List<String> sources) {
        return labelled.isPresent()
                ? DebiasReference.all(training)
                : DebiasReference.of(StoredFeatures.rows(training, rows.pairs()), sources);
    }

    Map<String, FeatureStore> parts() {
        Map<String, FeatureStore> parts = new LinkedHashMap<>();
        parts.put(RATINGS, ratings);
        parts.put(PAIRS, pairs);
        test.ifPresent(store -> parts.put(TEST, store));
        return parts;
    }

    /** What to know of the states, in sentences; empty where there is nothing. */
    String notes() {
        String skipped = skipped();
        return labelled.isPresent()
                ? RlhflowStates.BY_ROW
                : skipped.isEmpty()
                        ? ""
                        : "Left out, since they are too long or have no prompt: " + skipped + " (assay.log names each)";
    }

    private String skipped() {
        return parts().entrySet().stream()
                .filter(part -> !part.getValue().skipped().isEmpty())
                .map(part -> {
                    int skipped = part.getValue().skipped().size();
                    return skipped + " of " + (skipped + part.getValue().rows()) + " rows of " + part.getKey();
                })
                .collect(Collectors.joining(", "));
    }

    private static void tell(String part, FeatureStore store, PromptPosition position, TrainingListener told) {
        told.onMessage(String.format(
                Locale.ROOT,
                "embed %s: %d rows, states of width %d, gating position %s, %d rows skipped",
                part,
                store.rows(),
                store.width(),
                position instanceof GatingPattern pattern ? pattern : "last token of the prompt",
                store.skipped().size()));
        for (SkippedRow row : store.skipped()) {
            told.onMessage("embed " + part + ": skipped " + row.id() + ": " + row.reason());
        }
    }

    @Override
    public void close() {
        ratings.close();
        pairs.close();
        test.ifPresent(FeatureStore::close);
    }
}
