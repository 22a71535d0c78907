package dev.assay.recipe;

import static dev.assay.recipe.TinyMixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.network.FeatureExtraction;
import dev.assay.network.FeatureStore;
import dev.assay.network.RlhflowFeatures;
import dev.assay.tensor.Tensors;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of a mixture are computed once: in shards, in shares, and for more runs than one. */
class MixtureStatesTest {
    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        return TinyMixture.in(folder, name, more);
    }

    @Test
    void an_interrupted_run_goes_on_with_the_shards_that_are_missing() throws IOException {
        Recipe recipe = tiny("stopped");
        TrainingRun first = new TrainingRun(recipe);
        TrainingRun.Outcome stopped = first.execute(false, new TrainingListener() {
            @Override
            public void onProgress(String stage, long done, long total, String unit) {
                if (stage.equals("embed ratings") && done > 60) {
                    first.interrupt();
                }
            }
        });
        assertThat(stopped.training().end()).isEqualTo(TrainingResult.End.INTERRUPTED);
        Path shard = Path.of(recipe.output()).resolve("features/ratings/shard-00001-of-00002.safetensors");
        Object written = Files.getLastModifiedTime(shard);

        TrainingRun.Outcome resumed = new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);
        assertThat(resumed.evaluation()).isPresent();
        TrainingRun.Outcome again = new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(again.training().steps()).isZero();
        assertThat(again.evaluation()).isEqualTo(resumed.evaluation());
    }

    @Test
    void states_computed_in_shares_are_taken_up_and_written_as_the_published_scripts_do() {
        Recipe recipe = tiny("shares");
        EmbeddingRun states = new EmbeddingRun(recipe);
        states.execute(new FeatureExtraction.Share(1, 2), TrainingListener.silent());
        assertThat(Path.of(recipe.output()).resolve("features/ratings/shard-00002-of-00002.safetensors"))
                .isRegularFile();
        states.execute(new FeatureExtraction.Share(0, 2), TrainingListener.silent());

        Path to = folder.resolve("published");
        List<String> objectives = states.writeRlhflow(to, TrainingListener.silent());
        RlhflowFeatures.Rated rated =
                RlhflowFeatures.readRated(List.of(to.resolve("ratings-00001-of-00001.safetensors")));
        try (FeatureStore store = rated.store();
                FeatureStore own = FeatureStore.open(Path.of(recipe.output()).resolve("features/ratings"))) {
            assertThat(rated.labels()).hasNumberOfRows(objectives.size());
            assertThat(Tensors.toFloats(store.responses().joined()))
                    .isEqualTo(Tensors.toFloats(own.responses().joined()));
        }
        RlhflowFeatures.readPairs(List.of(to.resolve("test.safetensors"))).close();
        assertThatThrownBy(() -> new EmbeddingRun(tiny("no", "method=more")))
                .hasMessageContaining("only method armorm");
    }

    @Test
    void two_runs_share_their_states() throws IOException {
        String shared = "method.embeddings.folder=" + folder.resolve("states");
        run(tiny("one", shared));
        Path shard = folder.resolve("states/pairs/shard-00001-of-00002.safetensors");
        Object written = Files.getLastModifiedTime(shard);
        assertThat(folder.resolve("states/pairs/features.json")).content().contains("last-token");
        assertThat(folder.resolve("one/objectives.txt"))
                .content()
                .contains("prompts kept back from the fit; they also chose the penalty among 9")
                .contains("the intercepts of the objectives")
                .doesNotContain("the penalty for length");
        assertThat(run(tiny("bare", shared, "method.probes.intercept=false")).tables())
                .contains("Gate: trained on")
                .doesNotContain("Other readers");
        run(tiny("two", shared, "method.debias.nuisance=response-length", "method.probes.choice=cross-validation"));
        for (String account : List.of("objectives.txt", "objectives.json", "report.html")) {
            assertThat(folder.resolve("two").resolve(account))
                    .content()
                    .contains("the ratings the probes were fitted to, each error enlarged by the mean leverage")
                    .contains("the intercepts of the objectives", "the penalty for length: elsewhere long responses")
                    .doesNotContain("kept back from the fit");
        }
        assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);
    }

    @Test
    void features_of_another_backbone_are_not_used() {
        String shared = "method.embeddings.folder=" + folder.resolve("states");
        run(tiny("narrow", shared));
        assertThatThrownBy(() -> run(tiny("wide", shared, "backbone.random.hidden-size=32")))
                .hasMessageContaining("width is 32 now and was 16")
                .hasMessageContaining("remove the folder or name another one");
    }
}
