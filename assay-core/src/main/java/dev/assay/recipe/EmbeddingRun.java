package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.data.RatedResponse;
import dev.assay.method.armorm.RatedFeatures;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.network.FeatureExtraction;
import dev.assay.network.RlhflowFeatures;
import dev.assay.tensor.TensorScope;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The first stage of a mixture alone: several processes compute the states of one recipe before a run takes them up. */
public final class EmbeddingRun {
    private final Recipe recipe;
    private final MethodSection.ArmoRm method;
    private final Path run;

    /**
     * The states of a recipe of method armorm, where its run will look for them.
     *
     * @throws AssayException of kind RECIPE for any other method, and where a path it names is not there
     */
    public EmbeddingRun(Recipe recipe) {
        if (!(recipe.method() instanceof MethodSection.ArmoRm mixture)) {
            throw new AssayException(
                    ErrorKind.RECIPE, "only method armorm learns from stored states; name one of its recipes");
        }
        if (mixture.embeddings().rlhflow().isPresent()) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "method.embeddings.rlhflow names states that are there, so that none are computed; assay train takes them"
                            + " as they are");
        }
        RecipePaths.require(recipe);
        this.recipe = recipe;
        this.method = mixture;
        this.run = Path.of(recipe.output());
    }

    /**
     * Computes what is missing of a share of the shards.
     *
     * @return the rows of each part, {@code ratings}, {@code pairs} and {@code test}, that have no states, of all shards that are
     *     finished
     */
    public Map<String, List<SkippedRow>> execute(FeatureExtraction.Share share, TrainingListener listener) {
        try (RunTokens tokens = tokens()) {
            return MixtureFeatures.embed(recipe, method, run, tokens, data(), share, listener)
                    .skipped();
        }
    }

    /**
     * Writes all states as the files of the scripts published with ArmoRM: {@code ratings-00001-of-00001.safetensors} for the
     * first stage, {@code pairs.safetensors} and {@code test.safetensors} for the second. What is missing is computed first.
     *
     * @return names of the objectives, in the order of the labels' columns
     */
    public List<String> writeRlhflow(Path to, TrainingListener listener) {
        MixtureData data = data();
        try (RunTokens tokens = tokens();
                MixtureFeatures features = MixtureFeatures.compute(recipe, method, run, tokens, data, listener);
                TensorScope scope = TensorScope.open()) {
            Files.createDirectories(to);
            RatedFeatures rated = StoredFeatures.rated(
                    features.ratings(), data.ratings(), method.probes().objectives());
            RlhflowFeatures.writeRated(
                    to.resolve("ratings-00001-of-00001.safetensors"), features.ratings(), rated.ratings());
            RlhflowFeatures.writePairs(to.resolve("pairs.safetensors"), features.pairs());
            features.test().ifPresent(store -> RlhflowFeatures.writePairs(to.resolve("test.safetensors"), store));
            return rated.objectives().stream().map(each -> each.name()).toList();
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, to + ": cannot be made: " + e.getMessage(), e);
        }
    }

    private RunTokens tokens() {
        try {
            Files.createDirectories(run);
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, run + ": the run folder cannot be made: " + e.getMessage(), e);
        }
        return RunTokens.open(recipe, run);
    }

    private MixtureData data() {
        List<RatedResponse> ratings = RunRatings.read(recipe).rows();
        MixtureNames.require(recipe, method, ratings);
        return MixtureData.of(ratings, RunData.read(recipe));
    }
}
