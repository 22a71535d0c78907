package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.data.simulation.SimulationTokenizer;
import dev.assay.evaluation.PairScores;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.TrainingRun;
import dev.assay.testing.Tolerances;
import dev.assay.training.StepRecord;
import dev.assay.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunsTest {
    @TempDir
    Path folder;

    /** Dies in the third step of the second training. */
    private final class Dying implements StudyListener {
        private final List<String> finished = new ArrayList<>();

        @Override
        public TrainingRun.Outcome train(Todo todo, TrainingRun run) {
            boolean last = finished.size() == 1;
            TrainingRun.Outcome outcome = run.execute(todo.begun(), new TrainingListener() {
                @Override
                public void onStep(StepRecord step) {
                    if (last && step.total() == 3) {
                        throw new IllegalStateException("killed");
                    }
                }
            });
            finished.add(todo.member().id());
            return outcome;
        }
    }

    @Test
    void a_study_that_was_killed_goes_on_and_repeats_no_training_and_no_step() throws IOException {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L, 2L), "training.checkpoint-every=1");
        Dying dying = new Dying();
        assertThatThrownBy(() -> new StudyRuns(plan).execute(dying)).hasMessage("killed");
        TinyStudy second = new TinyStudy();
        new StudyRuns(plan).execute(second);
        List<String> all = plan.members().stream().map(Member::id).toList();
        assertThat(all).hasSize(4);
        assertThat(dying.finished).isEqualTo(all.subList(0, 1));
        assertThat(second.trained).isEqualTo(all.subList(1, 4));
        String events = Files.readString(plan.members().get(1).run().resolve("assay.log"));
        assertThat(events).contains("resuming after step 2");
        TinyStudy third = new TinyStudy();
        new StudyRuns(plan).execute(third);
        assertThat(third.trained).isEmpty();
    }

    @Test
    void more_seeds_and_other_studies_of_the_folder_train_only_what_is_new() {
        new StudyRuns(TinyStudy.small(folder, List.of(1L))).execute(new TinyStudy());
        TinyStudy more = new TinyStudy();
        new StudyRuns(TinyStudy.small(folder, List.of(1L, 2L))).execute(more);
        assertThat(more.trained).containsExactly("multitask-seed-2", "more-seed-2");
    }

    @Test
    void trainings_by_another_recipe_are_all_named_before_anything_is_trained() {
        new StudyRuns(TinyStudy.small(folder, List.of(1L))).execute(new TinyStudy());
        TinyStudy changed = new TinyStudy();
        StudyPlan plan = TinyStudy.small(folder, List.of(1L, 2L), "training.learning-rate=0.5");
        assertThatThrownBy(() -> new StudyRuns(plan).execute(changed))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining(
                        "multitask-seed-1 was trained otherwise: training.learning-rate was 0.01 and is 0.5")
                .hasMessageContaining("--output");
        assertThat(changed.trained).isEmpty();
        TinyStudy bins = new TinyStudy();
        new StudyRuns(TinyStudy.small(folder, List.of(1L), "evaluation.bins=5")).execute(bins);
        assertThat(bins.trained).isEmpty();
    }

    @Test
    void paths_that_are_not_there_are_named_before_anything_is_read_or_trained() {
        TinyStudy none = new TinyStudy();
        StudyPlan plan = TinyStudy.small(
                folder,
                List.of(1L),
                "backbone={path: nowhere}",
                "data={train: [{name: pairs, path: gone.jsonl}], test: [{name: pairs, path: gone.jsonl}]}",
                "tokenization={tokenizer: lost}");

        assertThatThrownBy(() -> new StudyRuns(plan).execute(none))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("data.train.0.path: gone.jsonl of source pairs is not there")
                .hasMessageContaining("backbone.path: nowhere is not there")
                .hasMessageContaining("tokenization.tokenizer: lost is not there");
        assertThat(none.trained).isEmpty();
    }

    @Test
    void rows_that_have_changed_since_a_training_are_noticed() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        String row = "{\"prompt\":\"how %d ?\",\"chosen\":\"so it is .\",\"rejected\":\"no .\"}\n";
        Files.writeString(rows, row.formatted(1).repeat(30));
        SimulationTokenizer.writeTo(folder.resolve("tokenizer"));
        String[] real = {
            "data={train: [{name: a, path: %1$s}], test: [{name: a, path: %1$s}]}".formatted(rows),
            "tokenization.tokenizer=" + folder.resolve("tokenizer")
        };
        new StudyRuns(TinyStudy.small(folder, List.of(1L), real)).execute(new TinyStudy());
        Files.writeString(rows, row.formatted(2).repeat(30));
        assertThatThrownBy(() -> new StudyRuns(TinyStudy.small(folder, List.of(1L), real)).execute(new TinyStudy()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("the training rows are not those it learnt from")
                .hasMessageContaining("the test pairs are not those it was measured on");
    }

    @Test
    void only_the_recipes_own_method_and_variants_are_fine_tuned() {
        StudyPlan plan = StudyPlan.crossSource(
                        TinyStudy.recipe("fine-tune={source: guard}"),
                        folder,
                        List.of(1L),
                        List.of(Scheme.values()).subList(0, Scheme.VARIANT.ordinal()))
                .with(List.of(Variant.parse("short: training.max-steps=2")));
        assertThat(plan.members().stream()
                        .filter(member -> member.recipe().fineTune().isPresent())
                        .map(member -> member.model().name()))
                .containsExactly("MORE", "short");
        assertThatThrownBy(() -> SourceGrowth.plan(plan.base(), folder, List.of(1L), SourceGrowth.USUAL, List.of()))
                .hasMessageContaining("fine-tune: study sources compares");
    }

    @Test
    void a_study_says_who_was_fine_tuned() {
        StudyPlan plan = TinyStudy.small(folder, List.of(1L), "fine-tune={source: guard}");
        StudyResult result = CrossSource.of(new StudyRuns(plan).execute(new TinyStudy()));
        assertThat(result.text()).contains("The recipe ends with fine-tuning on guard: so does MORE, and no other row");
    }

    @Test
    void a_seed_that_is_named_twice_is_refused() {
        assertThatThrownBy(() -> TinyStudy.small(folder, List.of(1L, 2L, 1L)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("--seeds: 1 is given 2 times");
    }

    @Test
    void studies_that_tell_sources_apart_refuse_one_source() {
        Recipe one = TinyStudy.recipe("data.only=[guard]");
        List<Long> seed = List.of(1L);
        assertThatThrownBy(() -> CrossSource.plan(one, folder, seed, Scheme.USUAL))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("study cross-source needs at least 2 training sources, the recipe has 1: guard");
        assertThatThrownBy(() -> Sequence.positions(one, folder, seed, "guard"))
                .hasMessageContaining("study sequence needs at least 2");
        assertThatThrownBy(() -> Sequence.allOrders(one, folder, seed)).hasMessageContaining("needs at least 2");
        assertThatThrownBy(() -> SourceGrowth.plan(one, folder, seed, SourceGrowth.USUAL, List.of()))
                .hasMessageContaining("study sources needs at least 2");
        assertThatThrownBy(() -> StudyPlan.withJudges(one, folder, seed, Scheme.USUAL))
                .hasMessageContaining("study agreement needs at least 2");
    }

    @Test
    void an_ensemble_gives_the_mean_reward_of_its_singles() {
        StudyPlan plan = TinyStudy.plan(folder, List.of(1L));
        StudyScores scores = new StudyRuns(plan).execute(new TinyStudy());
        List<PairScores> ensemble = scores.of(Model.mixed(Scheme.ENSEMBLE), 1);
        double sum = 0;
        for (Model single : plan.singles()) {
            sum += scores.of(single, 1).get(2).pairs().get(7).rejected();
        }
        assertThat(ensemble.get(2).pairs().get(7).rejected()).isCloseTo(sum / 3, within(Tolerances.DOUBLE_ALGEBRA));
        assertThat(ensemble.get(2).pairs().get(7).strength().trueProbability()).isPresent();
    }

    @Test
    void a_scheme_that_is_not_known_is_told_with_the_nearest() {
        assertThatThrownBy(() -> Scheme.parse(List.of("single", "mutitask", "moar")))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("\"mutitask\" is not known; did you mean multitask?")
                .hasMessageContaining("\"moar\" is not known; did you mean more?");
    }

    @Test
    void a_variant_leaves_seeds_measures_and_folders_to_the_study() {
        for (String change : List.of("training.seed=5", "data.simulated.seed=5")) {
            assertThatThrownBy(() -> Variant.parse("same: " + change))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("\"" + change + "\": a study trains every row with its own seeds")
                    .hasMessageContaining("--seeds");
        }
        for (String change : List.of("evaluation.bins=5", "evaluation={bins: 5}")) {
            assertThatThrownBy(() -> Variant.parse("x: training.epochs=2; " + change))
                    .hasMessageContaining("\"" + change + "\": all rows of a study are measured alike; --set");
        }
        assertThatThrownBy(() -> Variant.parse("x: output=there")).hasMessageContaining("--output");
        for (String section : List.of("training={batch-size: 12, seed: 5}", "data={simulated: {sources: 3}}")) {
            StudyPlan plan = TinyStudy.small(folder, List.of(1L)).with(List.of(Variant.parse("x: " + section)));
            assertThatThrownBy(plan::members)
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("--variant x: it replaces a section with the seed in it");
        }
        assertThat(TinyStudy.small(folder, List.of(1L, 2L))
                        .with(List.of(Variant.parse("x: training.epochs=2")))
                        .members())
                .extracting(member -> member.recipe().training().seed())
                .containsExactly(1L, 1L, 1L, 2L, 2L, 2L);
    }

    @Test
    void a_recalibration_in_the_recipe_is_refused_since_a_study_measures_rewards_as_they_are() {
        assertThatThrownBy(() -> TinyStudy.small(folder, List.of(1L), "evaluation.recalibration=temperature"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("evaluation.recalibration: a study measures rewards as they are")
                .hasMessageContaining("assay study cross-source --recalibrate temperature");
    }

    @Test
    void a_variant_is_a_row_of_its_own_and_may_be_what_the_others_are_compared_with() {
        Variant variant = Variant.parse("momentum: method={name: more, momentum: 0.5}; training.epochs=2");
        StudyPlan plan = StudyPlan.crossSource(
                        TinyStudy.recipe(), folder, List.of(1L), List.of(Scheme.MULTITASK, Scheme.MORE))
                .with(List.of(variant))
                .against("MORE");
        Member member = plan.members().getLast();
        assertThat(member.id()).isEqualTo("variant-momentum-seed-1");
        assertThat(member.recipe().values())
                .containsEntry("method.momentum", "0.5")
                .containsEntry("training.epochs", "2.0")
                .containsEntry("training.seed", "1");
        assertThat(plan.comparedWith()).contains(Model.mixed(Scheme.MORE));
        assertThatThrownBy(() -> plan.against("MOAR")).hasMessageContaining("did you mean MORE?");
        assertThatThrownBy(() -> Variant.parse("momentum 0.5")).hasMessageContaining("write NAME: PATH=VALUE");
    }
}
