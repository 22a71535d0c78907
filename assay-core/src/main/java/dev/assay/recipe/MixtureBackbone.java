package dev.assay.recipe;

import dev.assay.data.hub.Hub;
import dev.assay.network.FeatureModel;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.PromptPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The frozen decoder of a mixture: where it lies, and where it is read. */
final class MixtureBackbone {
    private MixtureBackbone() {}

    /** Where a prompt's state is read. */
    static PromptPosition position(EmbeddingsSection section, FeatureModel model) {
        if (!section.pattern().isEmpty()) {
            return new GatingPattern(
                    section.pattern().stream().mapToInt(Integer::intValue).toArray());
        }
        return section.gating() == EmbeddingsSection.Gating.LAST_TOKEN
                ? new PromptPosition.LastToken()
                : model.position();
    }

    /**
     * The recipe's folder where the tokenizer lies in it too; else a folder with both, since a model is written with the tokenizer
     * beside its weights.
     */
    static Path folder(Recipe recipe, Path run, RunTokens tokens) {
        Optional<Path> named = recipe.backbone().path().map(Hub::local).filter(folder -> same(folder, tokens.folder()));
        if (named.isPresent()) {
            return named.get();
        }
        Path made = run.resolve("backbone");
        if (!Files.isDirectory(made)) {
            try (RewardNetwork network = NetworkMaker.make(recipe, tokens.tokenizer())) {
                tokens.store(network, made, "", 0);
            }
        }
        return made;
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
