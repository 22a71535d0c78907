package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Origin;
import dev.assay.data.Preference;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.RankedResponses;
import dev.assay.data.simulation.SimulationTokenizer;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.BatchPlan;
import dev.assay.training.Stage;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDataTest {
    @TempDir
    Path folder;

    private Path pairs;
    private Path lists;

    @BeforeEach
    void files() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(
                    "{\"prompt\":\"q%d\",\"chosen\":\"yes\",\"rejected\":\"no\",\"margin\":%d}\n".formatted(i, i % 4));
        }
        pairs = Files.writeString(folder.resolve("pairs.jsonl"), text);
        StringBuilder ranked = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            ranked.append("{\"prompt\":\"p%d\",\"responses\":[\"a\",\"b\",\"c\"],\"ranks\":[2,1,2]}\n".formatted(i));
        }
        ranked.append("{\"prompt\":\"alone\",\"responses\":[\"a\"],\"ranks\":[1]}\n");
        lists = Files.writeString(folder.resolve("lists.jsonl"), ranked);
    }

    private Recipe recipe(String... overrides) {
        return Recipe.parse("""
                method: more
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                data:
                  train:
                    - {name: pairs, path: %s}
                    - {name: lists, path: %s}
                  validation: {fraction: 0.1}
                  mixing: equal
                training: {batch-size: 8, max-steps: 5, learning-rate: 1e-3}
                output: %s
                """.formatted(pairs, lists, folder.resolve("run")), "test", List.of(overrides));
    }

    @Test
    void simulated_sources_may_be_of_unequal_size() {
        String simulated = "data.simulated={sources: 3, pairs: 40, test-pairs: 10, sizes: [40, 15, 5]}";
        RunData all = RunData.read(TinyRecipe.in(
                folder, "all", "data.simulated={sources: 3, pairs: 40, test-pairs: 10}", "data.validation.fraction=0"));
        RunData sized = RunData.read(TinyRecipe.in(folder, "sized", simulated, "data.validation.fraction=0"));
        assertThat(sized.train()).extracting(source -> source.rows().size()).containsExactly(40, 15, 5);
        assertThat(sized.test()).isEqualTo(all.test());
        assertThat(all.train().get(1).available())
                .containsAll(sized.train().get(1).rows().subList(0, 10));
    }

    @Test
    void sizes_must_be_one_for_each_source_and_within_its_pairs() {
        assertThatThrownBy(() -> TinyRecipe.in(
                        folder, "bad", "data.simulated={sources: 3, pairs: 40, test-pairs: 10, sizes: [50, 15]}"))
                .hasMessageContaining("data.simulated.sizes")
                .hasMessageContaining("one size for each of the sources")
                .hasMessageContaining("1 to pairs");
    }

    @Test
    void a_ranking_is_one_row_in_training_and_its_pairs_in_validation() {
        RunData data = RunData.read(recipe());
        List<Preference> rows = data.train().get(1).rows();
        assertThat(rows).hasSize(18).allSatisfy(row -> assertThat(row).isInstanceOf(RankedResponses.class));
        assertThat(data.validation().get(1).pairs()).hasSize(2 * 2);
    }

    @Test
    void rankings_may_be_taken_apart_without_their_ties() {
        List<Preference> rows = RunData.read(recipe("data.rankings=pairs", "data.validation.fraction=0"))
                .train()
                .get(1)
                .rows();
        assertThat(rows).hasSize(2 * 20).allSatisfy(row -> assertThat(row).isInstanceOf(PreferencePair.class));
    }

    @Test
    void every_source_is_brought_to_one_size_and_its_own_size_goes_first() {
        RunData data = RunData.read(recipe("data.resample=100", "data.train.1.resample=7"));
        assertThat(data.train().get(0).rows()).hasSize(100);
        assertThat(data.train().get(1).rows()).hasSize(7);
    }

    @Test
    void held_out_rows_never_come_back_by_resampling() {
        RunData data = RunData.read(recipe("data.resample=500", "data.validation.fraction=0.3"));
        for (int s = 0; s < 2; s++) {
            Set<String> held = new HashSet<>();
            data.validation()
                    .get(s)
                    .pairs()
                    .forEach(pair -> held.add(pair.prompt().text()));
            assertThat(data.train().get(s).rows())
                    .noneMatch(row -> held.contains(row.prompt().text()));
        }
    }

    @Test
    void margins_are_brought_to_the_unit_of_a_reward() {
        RunData scaled = RunData.read(recipe("data.train.0.margin-scale=0.5", "training.margins=true"));
        Set<Double> margins = new HashSet<>();
        scaled.train()
                .getFirst()
                .rows()
                .forEach(row -> row.pairs()
                        .forEach(pair -> margins.add(pair.strength().margin().orElseThrow())));
        assertThat(margins).containsExactlyInAnyOrder(0.0, 0.5, 1.0, 1.5);
        assertThatThrownBy(() -> recipe("data.train.0.margin-scale=0.5"))
                .hasMessageContaining("add training.margins: true");
        assertThatThrownBy(() -> RunData.read(recipe("data.train.1.margin-scale=1", "training.margins=true")))
                .hasMessageContaining("lists.jsonl")
                .hasMessageContaining("no row of the file has a margin");
    }

    @Test
    void labels_margins_and_ties_are_in_the_fingerprint() throws IOException {
        Set<String> fingerprints = new HashSet<>();
        for (String more : List.of("", ",\"margin\":1", ",\"margin\":2", ",\"label\":0.5", ",\"label\":0.7")) {
            Path file = Files.writeString(
                    folder.resolve("one.jsonl"),
                    "{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"" + more + "}\n");
            RunData data = RunData.read(recipe("data.train.0.path=" + file, "data.validation.fraction=0"));
            fingerprints.add(data.fingerprint());
        }
        assertThat(fingerprints).hasSize(5);
    }

    @Test
    void every_path_that_is_not_there_is_told_before_anything_is_made() {
        Recipe recipe = recipe(
                "data.train.0.path=gone.jsonl",
                "data.test=[{name: t, path: lost.jsonl}]",
                "data.validation.sources=[{name: v, path: away.jsonl}]",
                "tokenization.tokenizer=nowhere");

        assertThatThrownBy(() -> new TrainingRun(recipe).execute(false, new TrainingListener() {}))
                .hasMessageContaining("4 problems")
                .hasMessageContaining("data.train.0.path: gone.jsonl of source pairs is not there")
                .hasMessageContaining("data.test.0.path: lost.jsonl")
                .hasMessageContaining("data.validation.sources.0.path: away.jsonl")
                .hasMessageContaining("tokenization.tokenizer: nowhere is not there; name a folder");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void what_is_wrong_with_training_and_test_rows_is_told_at_once() throws IOException {
        Path first = Files.writeString(folder.resolve("first.jsonl"), "{\n");
        Path second = Files.writeString(folder.resolve("second.jsonl"), "{\n");
        assertThatThrownBy(() -> RunData.read(
                        recipe("data.train.0.path=" + first, "data.test=[{name: t, path: " + second + "}]")))
                .hasMessageContaining("first.jsonl:1")
                .hasMessageContaining("second.jsonl:1");
    }

    @Test
    void what_is_wrong_with_several_files_is_told_at_once() {
        assertThatThrownBy(() -> RunData.read(recipe("data.train.0.path=gone.jsonl", "data.train.1.path=lost.jsonl")))
                .hasMessageContaining("gone.jsonl")
                .hasMessageContaining("lost.jsonl");
    }

    @Test
    void every_source_can_be_drawn_down_to_the_smallest_without_a_row_coming_twice() {
        RunData data = RunData.read(recipe("data.equal-size=true", "data.validation.fraction=0"));
        for (TrainingSource source : data.train()) {
            assertThat(source.rows()).hasSize(20).doesNotHaveDuplicates().isSubsetOf(source.available());
        }
        assertThatThrownBy(() -> recipe("data.equal-size=true", "data.train.0.resample=5"))
                .hasMessageContaining("data.equal-size: equal-size brings every source to the size of the smallest");
    }

    private static TokenizedGroup row(int source) {
        return new TokenizedGroup(
                List.of(new int[] {1}, new int[] {2}),
                new int[] {1, 2},
                1,
                0,
                new int[] {0, 0},
                source,
                Origin.of("s", "memory", 1));
    }

    @Test
    void what_a_plan_shows_is_counted_over_resampling_and_mixing() {
        RunData data = RunData.read(recipe("data.train.0.resample=60", "data.validation.fraction=0"));
        List<List<TokenizedGroup>> rows = IntStream.range(0, 2)
                .mapToObj(source -> Collections.nCopies(source == 0 ? 60 : 20, row(source)))
                .toList();
        Stage stage = new Stage(
                "train",
                rows,
                BatchPlan.perSource(new int[] {60, 20}, 4, 7),
                MethodCatalog.byRows(),
                TrainingSettings.of(15, 1, 7));
        SamplingRecord record = new SamplingRecord(data.train(), List.of(stage));
        assertThat(record.lines())
                .containsExactly(
                        "pairs: 60 draws of 30 rows: 30 repeats, a row comes 2 times in 15 steps",
                        "lists: 60 draws of 20 rows: 40 repeats, a row comes 3 times in 15 steps");
    }

    @Test
    void a_run_on_rankings_and_pairs_with_margins_trains_and_leaves_its_sampling() throws IOException {
        List<String> overrides =
                new ArrayList<>(List.of("data.train.0.margin-scale=0.1", "training.margins=true", "data.resample=12"));
        overrides.add("tokenization.tokenizer=" + folder.resolve("tokenizer"));
        SimulationTokenizer.writeTo(Files.createDirectories(folder.resolve("tokenizer")));
        Recipe recipe = recipe(overrides.toArray(String[]::new));
        new TrainingRun(recipe).execute(false, TrainingListener.silent());
        assertThat(Path.of(recipe.output(), "sampling.json"))
                .content()
                .contains("\"mixing\" : \"equal\"")
                .contains("\"rows\" : 18");
        assertThat(Path.of(recipe.output(), "assay.log")).content().contains("lists: 12 draws of 18 rows, none twice");
    }

    @Test
    void only_the_named_sources_are_learnt_from_and_choose_the_best_model_but_all_are_measured() {
        String both = "data.test=[{name: pairs, path: %1$s}, {name: lists, path: %2$s}]".formatted(pairs, lists);
        RunData data = RunData.read(recipe("data.only=[lists]", "data.train.1.resample=50", both));
        assertThat(data.train()).singleElement().satisfies(source -> {
            assertThat(source.name()).isEqualTo("lists");
            assertThat(source.rows()).hasSize(50);
        });
        assertThat(data.validation()).extracting(PreferenceSource::name).containsExactly("lists");
        assertThat(data.measured()).extracting(PreferenceSource::name).containsExactly("pairs", "lists");
        assertThatThrownBy(() -> RunData.read(recipe("data.only=[list]")))
                .hasMessageContaining("\"list\" is no training source; did you mean lists?");
    }
}
