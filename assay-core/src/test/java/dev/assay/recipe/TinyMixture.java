package dev.assay.recipe;

import dev.assay.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recipe of a mixture of objectives that is carried out within a second. */
final class TinyMixture {
    private TinyMixture() {}

    /** Twenty steps of a small gate over the states of two simulated sources, in a run folder of that name. */
    static Recipe in(Path folder, String name, String... more) {
        List<String> overrides = new ArrayList<>(List.of(more));
        return Recipe.parse("""
                method:
                  name: armorm
                  embeddings: {rows-per-shard: 60}
                  debias: {nuisance: simulated-verbosity}
                  gate: {hidden: 8, hidden-layers: 1, scale: 5, steps: 20, batch-size: 32, evaluation-every: 10}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                tokenization: {max-length: 160}
                data: {simulated: {sources: 2, pairs: 50, test-pairs: 20, ratings: 120}}
                output: x
                """, "tiny", overrides)
                .withOutput(folder.resolve(name).toString());
    }

    static TrainingRun.Outcome run(Recipe recipe) {
        return new TrainingRun(recipe).execute(false, TrainingListener.silent());
    }
}
