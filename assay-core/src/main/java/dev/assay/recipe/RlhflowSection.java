package dev.assay.recipe;

import dev.assay.recipe.yaml.Rules;
import java.util.List;
import java.util.Optional;

/**
 * States in the files of the scripts published with ArmoRM, in place of computed ones.
 *
 * @param ratings files of the first stage, with labels in [0, 1]; one after the other
 * @param pairs a file of the second stage, which the gate learns from
 * @param test another, which the mixture is compared with others on; absent: it is not
 */
public record RlhflowSection(List<String> ratings, String pairs, Optional<String> test) {
    public RlhflowSection {
        ratings = List.copyOf(ratings);
        Rules rules = new Rules()
                .that("ratings", !ratings.isEmpty(), "ratings is empty; name the files of the first stage")
                .notBlank("pairs", pairs);
        ratings.forEach(path -> rules.notBlank("ratings", path));
        test.ifPresent(path -> rules.notBlank("test", path));
        rules.check();
    }
}
