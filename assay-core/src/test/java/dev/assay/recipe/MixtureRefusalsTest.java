package dev.assay.recipe;

import static dev.assay.recipe.TinyMixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.simulation.SimulationTokenizer;
import dev.assay.network.FeatureExtraction;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no mixture can be made of, told before anything is computed. */
class MixtureRefusalsTest {
    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        return TinyMixture.in(folder, name, more);
    }

    @Test
    void what_no_mixture_can_be_made_of_is_told_before_anything_is_computed() {
        assertThatThrownBy(() -> tiny("no-ratings", "data={train: [{name: a, path: b.jsonl}]}"))
                .hasMessageContaining("add data.ratings");
        assertThatThrownBy(() -> tiny("adapter", "backbone.adapter={}"))
                .hasMessageContaining("does not train the backbone");
        assertThatThrownBy(() -> tiny(
                        "other", "method=more", "data={train: [{name: a, path: b}], ratings: [{name: c, path: d}]}"))
                .hasMessageContaining("only methods armorm");
        assertThatThrownBy(() -> tiny("share", "method.gate.held-out=1", "method.probes.penalties=[1, 0.1]"))
                .hasMessageContaining("held-out")
                .hasMessageContaining("must ascend");
    }

    @Test
    void steering_that_cannot_be_is_told_early() {
        assertThatThrownBy(() -> tiny("none", "evaluation.steering={}")).hasMessageContaining("steering says nothing");
        assertThatThrownBy(() -> tiny("blend", "evaluation.steering={ignore: [a], blend: 0.5, strength: 50}"))
                .hasMessageContaining("blend is the share of weights, and there are none")
                .hasMessageContaining("strength is that of at-least, which is not given");
        assertThatThrownBy(() -> tiny("zero", "evaluation.steering={weights: [{objective: a, weight: 1}], blend: 0}"))
                .hasMessageContaining("a blend of 0 leaves the gate as it is");
        assertThatThrownBy(() -> tiny(
                        "both",
                        "evaluation.steering={ignore: [simulated-verbosity]}",
                        "evaluation.recalibration=temperature"))
                .hasMessageContaining("a recalibration of steered rewards");
        Recipe unknown = tiny("unknown", "evaluation.steering={ignore: [simulated-verbosty]}");
        assertThatThrownBy(() -> run(unknown)).hasMessageContaining("did you mean simulated-verbosity?");
    }

    @Test
    void every_wrong_name_is_told_before_any_state_is_computed() {
        Recipe recipe = tiny(
                "names",
                "method.probes.objectives=[simulated-order, simulated-wit, simulated-verbosity]",
                "method.debias.nuisance=simulated-verbose",
                "evaluation.steering={ignore: [simulated-ordr], at-least: [{objective: simulated-order, value: 60}]}");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RECIPE))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("simulated-wit: no row is rated")
                .hasMessageContaining(
                        "nuisance simulated-verbose is none of the objectives; did you mean" + " simulated-verbosity?")
                .hasMessageContaining("did you mean simulated-order?")
                .hasMessageContaining("at least 60.0 of simulated-order is off the scale");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
        assertThatThrownBy(
                        () -> new EmbeddingRun(recipe).execute(FeatureExtraction.Share.ALL, TrainingListener.silent()))
                .hasMessageContaining("4 problems");
    }

    @Test
    void a_reference_source_that_is_not_there_is_told_before_any_state_is_computed() {
        Recipe recipe = tiny("reference", "method.debias.reference=[nowhere]");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("nowhere is none of the sources the gate learns from");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
    }

    @Test
    void constant_ratings_are_refused() throws IOException {
        StringBuilder rated = new StringBuilder();
        StringBuilder preferred = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rated.append("{\"prompt\": \"how " + i + "?\", \"response\": \"so.\", \"ratings\": {\"good\": 3, \"kind\": "
                    + (i % 5) + "}, \"scale\": [0, 4]}\n");
            preferred.append("{\"prompt\": \"how " + i + "?\", \"chosen\": \"so.\", \"rejected\": \"no.\"}\n");
        }
        Path ratings = Files.writeString(folder.resolve("constant.jsonl"), rated);
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), preferred);
        Path tokenizer = folder.resolve("tokenizer");
        SimulationTokenizer.writeTo(tokenizer);
        Recipe recipe = tiny(
                "constant",
                "tokenization.tokenizer=" + tokenizer,
                "method.debias={}",
                "data={train: [{name: a, path: " + pairs + "}], ratings: [{name: r, path: " + ratings + "}]}");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("objective good: every rating is 3.0");
        assertThat(Path.of(recipe.output()).resolve("features")).doesNotExist();
    }

    @Test
    void a_part_of_which_no_row_is_short_enough_is_named_before_the_next_one_is_read() {
        Recipe recipe = tiny("long", "tokenization.max-length=8", "method.embeddings.rows-per-shard=2");
        assertThatThrownBy(() -> run(recipe))
                .isInstanceOfSatisfying(
                        AssayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("embed ratings: none of 120 rows has states")
                .hasMessageContaining("more than 8; raise tokenization.max-length");
        assertThat(Path.of(recipe.output()).resolve("features/pairs")).doesNotExist();
    }

    @Test
    void a_pattern_that_no_text_holds_is_refused() {
        assertThatThrownBy(() -> run(tiny("pattern", "method.embeddings.pattern=[3, 1, 4, 1, 5]")))
                .hasMessageContaining("[3, 1, 4, 1, 5]")
                .hasMessageContaining("do not occur");
    }
}
