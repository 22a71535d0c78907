package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.method.bradleyterry.StaticWeighting;
import dev.assay.training.GradientReach;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final String SMALL = """
            method: {name: more, version: v1}
            backbone: {path: models/small}
            data:
              train:
                - {name: helpful, path: a.jsonl}
                - {name: harmless, path: b.jsonl, limit: 10}
            output: runs/small
            """;

    private static final MethodSection BRADLEY_TERRY = new MethodSection.BradleyTerry(StaticWeighting.Kind.BY_ROWS, 0);

    private static Recipe parse(String yaml, String... overrides) {
        return Recipe.parse(yaml, "r.yaml", List.of(overrides));
    }

    private static AbstractThrowableAssert<?, ?> wrong(String yaml, String... overrides) {
        return assertThatThrownBy(() -> parse(yaml, overrides)).isInstanceOf(AssayException.class);
    }

    @Test
    void a_small_recipe_gets_every_default() {
        Recipe recipe = parse(SMALL);
        assertThat(recipe.method())
                .isInstanceOfSatisfying(
                        MethodSection.More.class,
                        more -> assertThat(more.version()).isEqualTo(MethodSection.MoreVersion.V1));
        assertThat(recipe.training().batchSize()).isEqualTo(32);
        assertThat(recipe.data().train().get(1).limit()).contains(10);
        assertThat(recipe.tokenization().maxLength()).isEqualTo(512);
    }

    @Test
    void a_written_recipe_reads_back_equal() {
        Recipe recipe = parse(SMALL, "training.patience=3", "backbone.adapter.rank=4");
        assertThat(parse(recipe.toYaml())).isEqualTo(recipe);
        assertThat(recipe.toYaml()).contains("name: more").contains("learning-rate: 1.0E-5");
    }

    @Test
    void overrides_change_nested_values_list_entries_and_whole_sections() {
        Recipe recipe =
                parse(SMALL, "training.learning-rate=3e-4", "data.train.0.limit=5", "method={name: bradley-terry}");
        assertThat(recipe.training().learningRate()).isEqualTo(3e-4);
        assertThat(recipe.data().train().getFirst().limit()).contains(5);
        assertThat(recipe.method()).isEqualTo(BRADLEY_TERRY);
    }

    @Test
    void all_problems_are_listed_at_once_with_file_line_path_and_rule() {
        wrong("""
                method: {name: mroe}
                backbone: {path: m}
                data:
                  train:
                    - {name: a, path: x, limt: 3}
                  mixing: equl
                training:
                  learning-rate: -1
                  batch-size: many
                output: runs/x
                """)
                .hasMessageContaining("r.yaml: 5 problems")
                .hasMessageContaining("r.yaml:1: method.name: \"mroe\" is not known; did you mean more?")
                .hasMessageContaining("r.yaml:5: data.train.0.limt: is not a known key; did you mean limit?")
                .hasMessageContaining(
                        "r.yaml:6: data.mixing: \"equl\" is not one of proportional, equal; did you mean equal?\n")
                .hasMessageContaining("r.yaml:9: training.batch-size: \"many\" is not a whole number");
    }

    @Test
    void what_only_the_evaluation_would_refuse_is_refused_before_the_training() {
        wrong(SMALL, "evaluation.bins=2000")
                .hasMessageContaining("evaluation.bins")
                .hasMessageContaining("1000");
    }

    @Test
    void ranges_name_the_line_of_the_key_and_all_of_one_section_come_together() {
        wrong(SMALL + "training:\n  learning-rate: -1\n  epochs: 0\n")
                .hasMessageContaining("r.yaml:9: training.learning-rate: learning-rate is -1.0, it must be above 0")
                .hasMessageContaining("r.yaml:10: training.epochs: epochs is 0.0, it must be above 0");
    }

    @Test
    void a_section_that_cannot_be_read_is_one_problem_and_not_taken_for_absent() {
        wrong(SMALL, "data.train.0.limit=-3")
                .hasMessageContaining("1 problem\n")
                .hasMessageContaining("data.train.0.limit: limit is -3, it must be at least 1");
        wrong("""
                method: {name: bradley-terry}
                backbone: {path: m}
                data:
                  simulated: {sources: 0}
                output: runs/x
                """)
                .hasMessageContaining("1 problem\n")
                .hasMessageContaining("r.yaml:4: data.simulated.sources: sources is 0, it must be at least 1");
    }

    @Test
    void an_override_is_named_as_the_place_of_its_problem() {
        wrong(SMALL, "training.sede=7")
                .hasMessageContaining("--set training.sede")
                .hasMessageContaining("seed");
        wrong(SMALL, "training.epochs=0").hasMessageContaining("--set training.epochs: training.epochs:");
        wrong(SMALL, "training.seed").hasMessageContaining("write PATH=VALUE");
        wrong(SMALL, "data.train.7.limit=1").hasMessageContaining("2 entries");
    }

    @Test
    void a_missing_section_a_duplicate_key_and_broken_yaml_are_told() {
        wrong("output: runs/x").hasMessageContaining("method: is required").hasMessageContaining("data: is required");
        wrong(SMALL + "output: runs/y\n").hasMessageContaining("r.yaml:8: output: is given twice");
        wrong("method: {name: more\ndata: [").hasMessageContaining("this is not YAML");
        wrong("[1, 2]").hasMessageContaining("must be a section");
    }

    @Test
    void either_a_path_or_fresh_weights_and_not_both() {
        wrong(SMALL, "backbone.random={}").hasMessageContaining("either backbone.path");
        wrong(SMALL, "data.simulated={}").hasMessageContaining("either data.train");
    }

    @Test
    void two_sources_of_one_name_are_refused() {
        wrong(SMALL, "data.train.1.name=helpful").hasMessageContaining("names the source \"helpful\" twice");
    }

    @Test
    void yaml_no_is_text_and_quoted_numbers_are_not_guessed() {
        assertThat(parse(SMALL, "output=no").output()).isEqualTo("no");
        wrong(SMALL, "training.recompute=yes").hasMessageContaining("true or false");
    }

    @Test
    void a_file_that_is_not_there_says_what_a_recipe_is() {
        assertThatThrownBy(() -> Recipe.read(Path.of("absent.yaml"), List.of()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("absent.yaml")
                .hasMessageContaining("recipes/");
    }

    @Test
    void a_method_may_be_named_alone_and_replaces_the_whole_section() {
        assertThat(parse(SMALL, "method=bradley-terry").method()).isEqualTo(BRADLEY_TERRY);
        assertThatThrownBy(() -> parse(SMALL, "method.name=bradley-terry"))
                .hasMessageContaining("method.version: is not a known key")
                .hasMessageContaining("--set method=NAME replaces the whole section");
        assertThatThrownBy(() -> parse(SMALL, "method=bradly-terry"))
                .hasMessageContaining("did you mean bradley-terry?");
    }

    @Test
    void a_source_a_method_or_the_fine_tuning_names_must_be_one_of_the_recipe() {
        assertThat(parse(SMALL, "method={name: single, source: harmless}")
                        .method()
                        .named())
                .containsExactly("harmless");
        wrong(SMALL, "method={name: single, source: honest}")
                .hasMessageContaining("method names \"honest\", which is no source; the sources are helpful, harmless");
        wrong(SMALL, "method={name: sequential, order: [harmless, honest]}").hasMessageContaining("\"honest\"");
        wrong(SMALL, "method={name: sequential, order: [harmless, harmless]}")
                .hasMessageContaining("order names a source twice");
        wrong(SMALL, "fine-tune={source: honest}").hasMessageContaining("fine-tune names \"honest\"");
        wrong(SMALL, "method=raw", "fine-tune={source: helpful}").hasMessageContaining("use method single");
    }

    @Test
    void a_wide_reach_needs_momentum_0_and_that_of_an_adapter_needs_one() {
        assertThat(parse(SMALL, "method={name: more, reach: all}").method())
                .isInstanceOfSatisfying(
                        MethodSection.More.class,
                        more -> assertThat(more.reach()).isEqualTo(GradientReach.ALL));
        wrong(SMALL, "method.reach=last-block")
                .hasMessageContaining("method.reach: momentum 0.5 remembers a gradient for every source")
                .hasMessageContaining("set momentum: 0, or reach: head");
        assertThat(parse(SMALL, "method.reach=last-block", "method.momentum=0").method())
                .isInstanceOf(MethodSection.More.class);
        wrong(SMALL, "method={name: more, reach: adapter}").hasMessageContaining("add backbone.adapter: {}");
        assertThat(parse(SMALL, "method={name: more, reach: adapter}", "backbone.adapter={}")
                        .backbone()
                        .adapter())
                .isPresent();
    }
}
