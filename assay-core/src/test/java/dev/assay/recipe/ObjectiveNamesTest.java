package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.RatedResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectiveNamesTest {
    @TempDir
    Path folder;

    private Path file(String name, String... rows) throws IOException {
        return Files.write(folder.resolve(name), List.of(rows));
    }

    private static String rated(String ratings, String scale) {
        return "{\"prompt\": \"p\", \"response\": \"r\", \"ratings\": {" + ratings + "}, \"scale\": " + scale + "}";
    }

    private static Recipe recipe(Path first, Path second, String... overrides) {
        return Recipe.parse(
                "method: objectives\nbackbone: {path: b}\noutput: x\ndata: {ratings: [{name: one, path: " + first
                        + "}, {name: two, path: " + second + "}]}\n",
                "recipe",
                List.of(overrides));
    }

    private static List<String> names(RunRatings ratings) {
        return ratings.rows().stream()
                .flatMap(row -> row.ratings().keySet().stream())
                .distinct()
                .toList();
    }

    @Test
    void what_two_sources_rate_under_one_name_is_two_objectives() throws IOException {
        Path one = file("one.jsonl", rated("\"q0\": 1, \"own\": 2", "[0, 4]"));
        Path two = file("two.jsonl", rated("\"q0\": 3", "[1, 5]"));
        RunRatings ratings = RunRatings.read(recipe(one, two));
        assertThat(names(ratings)).containsExactly("one:q0", "own", "two:q0");
        assertThat(ratings.notes()).singleElement().asString().contains("sources one, two rate q0", "data.merge");
        assertThat(ratings.rows().getLast().ratings().get("two:q0"))
                .satisfies(rating -> assertThat(rating.value()).isEqualTo(3));
    }

    @Test
    void the_two_versions_of_helpsteer_stay_apart_and_one_alone_keeps_the_published_names() throws IOException {
        String row =
                "{\"prompt\": \"p\", \"response\": \"r\", \"helpfulness\": 3, \"correctness\": 3, \"coherence\": 4,"
                        + " \"complexity\": 1, \"verbosity\": 1}";
        Path one = file("helpsteer.jsonl", row);
        assertThat(names(RunRatings.read(recipe(one, file("helpsteer2.jsonl", row)))))
                .hasSize(10)
                .contains("one:helpsteer-verbosity", "two:helpsteer-verbosity");
        assertThat(names(RunRatings.read(recipe(one, file("other.jsonl", rated("\"q\": 1", "[0, 4]"))))))
                .hasSize(6)
                .contains("helpsteer-verbosity");
    }

    @Test
    void a_recipe_may_say_that_they_are_one() throws IOException {
        Path one = file("one.jsonl", rated("\"q0\": 1, \"q1\": 2", "[0, 4]"));
        Path two = file("two.jsonl", rated("\"q0\": 3, \"q1\": 2", "[0, 4]"));
        RunRatings ratings = RunRatings.read(recipe(one, two, "data.merge=[q0]"));
        assertThat(names(ratings)).containsExactly("q0", "one:q1", "two:q1");
        assertThat(ratings.rows()).extracting(RatedResponse::ratings).allMatch(row -> row.containsKey("q0"));
        assertThat(RunRatings.read(recipe(one, two, "data.merge=[q0, q1]")).notes())
                .isEmpty();
    }

    @Test
    void a_name_that_no_two_sources_rate_cannot_be_merged() throws IOException {
        Path one = file("one.jsonl", rated("\"clarity\": 1, \"own\": 2", "[0, 4]"));
        Path two = file("two.jsonl", rated("\"clarity\": 3", "[0, 4]"));
        assertThatThrownBy(() -> RunRatings.read(recipe(one, two, "data.merge=[clarty, own]")))
                .hasMessageContaining("clarty is rated in no source; did you mean clarity?")
                .hasMessageContaining("own is rated in one source only; take it out");
    }
}
