package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.checkpoint.ModelWeights;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixture of states that lie in the files of the published scripts. */
class RlhflowRunTest {
    private static final Offset<Float> SAME = Offset.offset((float) Tolerances.FLOAT32_OP);

    /** One penalty: the split that would choose it is by prompt where texts are known, and by row where they are not. */
    private static final String METHOD = """
            method:
              name: armorm
              probes: {penalties: [1]}
              debias: {nuisance: simulated-verbosity}
              gate: {hidden: 8, hidden-layers: 1, scale: 5, steps: 5, batch-size: 32, evaluation-every: 5}
            tokenization: {max-length: 160}
            output: x
            """;

    @TempDir
    Path folder;

    private Path own = Path.of("");
    private Path files = Path.of("");
    private List<String> objectives = List.of();

    @BeforeEach
    void embed() {
        Recipe recipe = Recipe.parse(
                        METHOD,
                        "own",
                        List.of(
                                "backbone.random={layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}",
                                "data.simulated={sources: 2, pairs: 50, test-pairs: 20, ratings: 120}"))
                .withOutput(folder.resolve("own").toString());
        own = Path.of(recipe.output());
        files = folder.resolve("files");
        objectives = new EmbeddingRun(recipe).writeRlhflow(files, TrainingListener.silent());
        new TrainingRun(recipe).execute(true, TrainingListener.silent());
    }

    private Recipe stored(String name, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "backbone.path=" + own.resolve("backbone"),
                "data={}",
                "method.probes.objectives=" + objectives,
                "method.embeddings.rlhflow={ratings: [" + files.resolve("ratings-00001-of-00001.safetensors")
                        + "], pairs: " + files.resolve("pairs.safetensors") + ", test: "
                        + files.resolve("test.safetensors") + "}"));
        overrides.addAll(List.of(more));
        return Recipe.parse(METHOD, name, overrides)
                .withOutput(folder.resolve(name).toString());
    }

    @Test
    void the_files_make_the_mixture_that_the_texts_made() throws IOException {
        Recipe recipe = stored("stored");
        TrainingRun.Outcome outcome = new TrainingRun(recipe).execute(false, TrainingListener.silent());
        assertThat(outcome.tables())
                .contains("ratings are split by row")
                .contains("The gate against other mixtures")
                .contains("simulated-correctness");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
        assertThat(Files.readString(Path.of(recipe.output()).resolve("assay.log")))
                .contains("warning: The files of");
        try (ModelWeights texts = ModelWeights.open(RewardModels.folder(own.toString()));
                ModelWeights states = ModelWeights.open(RewardModels.folder(recipe.output()));
                TensorScope scope = TensorScope.open()) {
            for (String name : List.of("regression_layer.weight", "reward_transform_matrix")) {
                assertThat(Tensors.toFloats(states.tensor(name)))
                        .as(name)
                        .containsExactly(Tensors.toFloats(texts.tensor(name)), SAME);
            }
        }
        try (RewardModel model = RewardModels.load(recipe.output())) {
            Reward reward = model.score(Conversation.of(Message.user("how ?"), Message.assistant("so .")));
            assertThat(reward.value()).isFinite();
        }
    }

    @Test
    void names_widths_and_lengths_that_the_files_do_not_have_are_refused() {
        assertThatThrownBy(() -> run(stored("few", "method.probes.objectives=[simulated-order]")))
                .hasMessageContaining("has 1 names, and the files of ratings have 7 columns");
        assertThatThrownBy(() -> run(stored("nuisance", "method.debias.nuisance=simulated-verbose")))
                .hasMessageContaining("did you mean simulated-verbosity?");
        assertThatThrownBy(() -> run(stored("wide", "backbone.path=../golden/armorm/published")))
                .hasMessageContaining("pairs has states of width 16, the backbone has");
        assertThatThrownBy(() -> stored("length", "method.debias.nuisance=response-length"))
                .hasMessageContaining("hold no lengths");
        assertThatThrownBy(() -> stored("both", "data.simulated={}")).hasMessageContaining("take data.train");
        assertThatThrownBy(() -> new EmbeddingRun(stored("embed"))).hasMessageContaining("states that are there");
        assertThatThrownBy(() -> run(stored("absent", "method.embeddings.rlhflow.pairs=" + folder.resolve("no"))))
                .hasMessageContaining("method.embeddings.rlhflow: " + folder.resolve("no") + " is not there");
    }

    @Test
    void labels_off_their_scale_are_told_and_states_that_are_no_numbers_refused() throws IOException {
        Path labels = folder.resolve("far.safetensors");
        Path broken = folder.resolve("broken.safetensors");
        try (TensorScope scope = TensorScope.open();
                SafetensorsFile rated = SafetensorsFile.open(files.resolve("ratings-00001-of-00001.safetensors"));
                SafetensorsFile test = SafetensorsFile.open(files.resolve("test.safetensors"))) {
            Tensor far = rated.tensor("labels").mul(Tensors.number(5));
            SafetensorsWriter.write(labels, Map.of("embeddings", rated.tensor("embeddings"), "labels", far), Map.of());
            Tensor states = test.tensor("embeddings").clone();
            states.select(0, 2).fill_(Tensors.number(Double.NaN));
            SafetensorsWriter.write(
                    broken,
                    Map.of("embeddings", states, "prompt_embeddings", test.tensor("prompt_embeddings")),
                    Map.of());
        }
        Recipe far = stored("far", "method.embeddings.rlhflow.ratings=[" + labels + "]");
        run(far);
        assertThat(Files.readString(Path.of(far.output()).resolve("assay.log")))
                .containsPattern("warning: labels of \\S+ run from \\S+ to \\S+ \\(n = \\d+\\)");
        assertThatThrownBy(() -> run(stored("broken", "method.embeddings.rlhflow.test=" + broken)))
                .hasMessageContaining("states, row broken.safetensors:3: a value is not finite");
    }

    private static void run(Recipe recipe) {
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
    }
}
