package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.training.StepRecord;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ResumedRunTest {
    @TempDir
    Path folder;

    private Recipe tiny(String name, String... more) {
        return TinyRecipe.in(folder, name, more);
    }

    @Test
    void an_interrupted_run_resumes_to_the_bits_of_an_uninterrupted_one() throws IOException {
        Recipe whole = tiny("whole");
        new TrainingRun(whole).execute(false, TrainingListener.silent());
        Recipe broken = tiny("broken");
        TrainingRun first = new TrainingRun(broken);
        TrainingRun.Outcome stopped = first.execute(false, new TrainingListener() {
            @Override
            public void onStep(StepRecord step) {
                if (step.step() == 4) {
                    first.interrupt();
                }
            }
        });
        assertThat(stopped.training().end()).isEqualTo(TrainingResult.End.INTERRUPTED);
        assertThat(stopped.evaluation()).isEmpty();
        TrainingRun.Outcome resumed = new TrainingRun(broken).execute(true, TrainingListener.silent());
        assertThat(resumed.training().steps()).isEqualTo(6);
        assertThat(Files.readAllBytes(Path.of(broken.output(), "checkpoints/last/model.safetensors")))
                .isEqualTo(Files.readAllBytes(Path.of(whole.output(), "checkpoints/last/model.safetensors")));
    }

    @Test
    void steps_a_killed_run_told_of_after_its_last_checkpoint_stand_once_in_the_events() throws IOException {
        Recipe recipe = tiny("killed");
        assertThatThrownBy(() -> new TrainingRun(recipe).execute(false, new TrainingListener() {
                    @Override
                    public void onStep(StepRecord step) {
                        if (step.step() == 5) {
                            throw new IllegalStateException("killed");
                        }
                    }
                }))
                .hasMessage("killed");
        new TrainingRun(recipe).execute(true, TrainingListener.silent());
        List<Long> steps = Files.readAllLines(folder.resolve("killed/events.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.has("loss"))
                .map(line -> line.get("step").asLong())
                .toList();
        assertThat(steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    /** A full disk or a killed process can leave half a line at the end; the checkpoints are whole all the same. */
    @Test
    void a_torn_last_line_of_the_events_does_not_keep_a_run_from_going_on() throws IOException {
        Recipe recipe = tiny("torn");
        stoppedAt(recipe, 4);
        Path events = folder.resolve("torn/events.jsonl");
        String whole = Files.readString(events);
        Files.writeString(events, whole.substring(0, whole.length() - 30));
        new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(steps("torn")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void a_run_that_was_killed_before_its_first_checkpoint_begins_anew_and_tells_of_each_step_once()
            throws IOException {
        Recipe recipe = tiny("early");
        stoppedAt(recipe, 2);
        assertThat(steps("early")).containsExactly(1L, 2L);
        new TrainingRun(recipe).execute(true, TrainingListener.silent());
        assertThat(steps("early")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    private static void stoppedAt(Recipe recipe, long last) {
        assertThatThrownBy(() -> new TrainingRun(recipe).execute(false, new TrainingListener() {
                    @Override
                    public void onStep(StepRecord step) {
                        if (step.step() == last) {
                            throw new IllegalStateException("killed");
                        }
                    }
                }))
                .hasMessage("killed");
    }

    private List<Long> steps(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("events.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.has("loss"))
                .map(line -> line.get("step").asLong())
                .toList();
    }

    @Test
    void a_folder_that_another_training_writes_to_is_refused() throws IOException {
        Path run = Files.createDirectories(folder.resolve("taken"));
        try (RunLock held = RunLock.of(run)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> new TrainingRun(tiny("taken")).execute(false, TrainingListener.silent()))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("is being written by another training");
        }
        new TrainingRun(tiny("taken")).execute(false, TrainingListener.silent());
    }

    @Test
    void why_a_run_ended_early_stands_in_its_log() throws IOException {
        Recipe recipe =
                tiny("patient", "training.patience=1", "training.evaluation-every=1", "training.learning-rate=1e-9");
        assertThat(new TrainingRun(recipe)
                        .execute(false, TrainingListener.silent())
                        .training()
                        .end())
                .isEqualTo(TrainingResult.End.EARLY_STOPPED);
        assertThat(folder.resolve("patient/assay.log"))
                .content()
                .contains("ended after step 2: no evaluation was better for as long as training.patience allows");
    }

    /** A pair that its annotators called a tie has no right answer: it must not choose the best checkpoint. */
    @Test
    void ties_among_the_validation_pairs_take_no_part() throws IOException {
        Path file = folder.resolve("ties.jsonl");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            rows.append("{\"prompt\":\"p%d\",\"responses\":[\"one\",\"two\"],\"ranks\":[1,%d]}\n"
                    .formatted(i, i < 6 ? 1 : 2));
        }
        Files.writeString(file, rows);
        Recipe recipe = tiny("ties", "data.validation={sources: [{name: helper, path: " + file + "}]}");
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        assertThat(Files.readAllLines(folder.resolve("ties/events.jsonl")).stream()
                        .map(JsonMapper.shared()::readTree)
                        .filter(line -> line.has("validation"))
                        .map(line -> line.path("n").path("helper").asInt()))
                .isNotEmpty()
                .containsOnly(3);
    }

    @Test
    void a_run_is_resumed_with_the_recipe_it_was_begun_with_and_every_change_is_named() throws IOException {
        new TrainingRun(tiny("begun")).execute(false, TrainingListener.silent());
        Path file = folder.resolve("begun/recipe.yaml");
        String begun = Files.readString(file);
        Recipe changed = tiny("begun", "training.learning-rate=0.5", "method=bradley-terry", "training.patience=3");
        assertThatThrownBy(() -> new TrainingRun(changed).execute(true, TrainingListener.silent()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("training.learning-rate was 0.01 when the run began and is 0.5 now")
                .hasMessageContaining("method.name was more")
                .hasMessageNotContaining("patience");
        assertThat(file).hasContent(begun);
        new TrainingRun(tiny("begun", "training.patience=3")).execute(true, TrainingListener.silent());
        assertThat(file).content().contains("patience: 3");
    }

    @Test
    void changes_of_training_and_method_are_taken_up_when_asked_for_and_noted_but_never_another_model() {
        new TrainingRun(tiny("accepted")).execute(false, TrainingListener.silent());
        Recipe changed = tiny("accepted", "training.learning-rate=0.005", "method=bradley-terry");
        new TrainingRun(changed).acceptingChanges().execute(true, TrainingListener.silent());
        assertThat(folder.resolve("accepted/assay.log"))
                .content()
                .contains("resumed with another recipe: training.learning-rate was 0.01");
        Recipe other = tiny("accepted", "method=bradley-terry", "training.seed=8", "backbone.random.layers=2");
        assertThatThrownBy(() -> new TrainingRun(other).acceptingChanges().execute(true, TrainingListener.silent()))
                .hasMessageContaining("backbone.random.layers was 1")
                .hasMessageNotContaining("training.seed");
    }

    @Test
    void a_run_may_be_made_longer_while_the_learning_rate_does_not_follow_its_length() {
        new TrainingRun(tiny("flat", "training.schedule=constant", "training.warmup=0"))
                .execute(false, TrainingListener.silent());
        Recipe longer = tiny("flat", "training.schedule=constant", "training.warmup=0", "training.max-steps=8");
        assertThat(new TrainingRun(longer)
                        .execute(true, TrainingListener.silent())
                        .training()
                        .steps())
                .isEqualTo(8);
        new TrainingRun(tiny("cosine")).execute(false, TrainingListener.silent());
        assertThatThrownBy(() -> new TrainingRun(tiny("cosine", "training.max-steps=8"))
                        .execute(true, TrainingListener.silent()))
                .hasMessageContaining("training.max-steps was 6")
                .hasMessageContaining("the learning rate of every step follows the length of the run")
                .hasMessageContaining("--accept-changes");
    }

    @Test
    void rows_that_are_not_those_a_run_began_with_are_refused() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        new TrainingRun(tiny("tokens")).execute(false, TrainingListener.silent());
        Files.writeString(rows, "{\"prompt\":\"how ?\",\"chosen\":\"so .\",\"rejected\":\"no .\"}\n".repeat(40));
        String real = "data={train: [{name: a, path: " + rows + "}], mixing: equal}";
        String tokenizer = "tokenization.tokenizer=" + folder.resolve("tokens/tokenizer");
        new TrainingRun(tiny("rows", real, tokenizer)).execute(false, TrainingListener.silent());
        Files.writeString(rows, Files.readString(rows).replace("so .", "well ."));
        assertThatThrownBy(
                        () -> new TrainingRun(tiny("rows", real, tokenizer)).execute(true, TrainingListener.silent()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("the rows of stage train are not those of the checkpoint after step ")
                .hasMessageContaining("a data file, the tokenizer or how rows are drawn has changed");
    }

    @Test
    void a_number_that_leaves_the_reals_ends_with_the_command_to_go_on_with() {
        Recipe wild = tiny("wild", "training.learning-rate=1e30", "training.checkpoint-every=1");
        assertThatThrownBy(() -> new TrainingRun(wild).execute(false, TrainingListener.silent()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("simulated")
                .hasMessageContaining("The last good checkpoint is " + folder.resolve("wild/checkpoints/step-"))
                .hasMessageContaining("assay train " + folder.resolve("wild/recipe.yaml")
                        + " --resume --accept-changes --set training.learning-rate=5.0E29");
    }
}
