package dev.assay.recipe;

import dev.assay.data.format.DataFormat;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sources a model learns from and is measured on.
 *
 * @param train the sources to learn from
 * @param validation how the best checkpoint is chosen
 * @param test sources measured once at the end
 * @param simulated annotators with known truth, in place of files
 * @param mixing how a step's pairs are drawn from the sources
 */
public record DataSection(
        @Default("[]") List<Source> train,
        @Default("{}") Validation validation,
        @Default("[]") List<Source> test,
        Optional<Simulated> simulated,
        @Default("proportional") Mixing mixing) {
    public DataSection {
        Rules rules = new Rules()
                .that(
                        "train",
                        train.isEmpty() == simulated.isPresent(),
                        "give either data.train (a list of sources) or data.simulated, and not both");
        distinct(rules, "train", train);
        distinct(rules, "test", test);
        distinct(rules, "validation", validation.sources());
        rules.check();
    }

    private static void distinct(Rules rules, String key, List<Source> sources) {
        Set<String> seen = new HashSet<>();
        for (Source source : sources) {
            rules.that(key, seen.add(source.name()), key + " names the source \"" + source.name() + "\" twice");
        }
    }

    /**
     * One source.
     *
     * @param name its name in logs and reports
     * @param path a file of pairs or rankings
     * @param format the public format; absent: detected from the first rows
     * @param limit at most so many pairs, drawn by the seed; absent: all
     * @param resample draws to exactly so many pairs, repeating where there are fewer
     */
    public record Source(
            String name,
            String path,
            Optional<DataFormat> format,
            Optional<Integer> limit,
            Optional<Integer> resample) {
        public Source {
            Rules rules = new Rules().notBlank("name", name).notBlank("path", path);
            limit.ifPresent(value -> rules.atLeast("limit", value, 1));
            resample.ifPresent(value -> rules.atLeast("resample", value, 1));
            rules.check();
        }
    }

    /**
     * The pairs that choose the best checkpoint.
     *
     * @param fraction share of each training source held out, in [0, 0.5]; used when there are no sources
     * @param sources sources of their own, under the names of the training sources
     */
    public record Validation(
            @Default("0.05") double fraction, @Default("[]") List<Source> sources) {
        public Validation {
            new Rules().within("fraction", fraction, 0, 0.5).check();
        }
    }

    /**
     * Simulated annotator populations with a shared taste and their own drift.
     *
     * @param sources populations
     * @param pairs training pairs of each
     * @param testPairs test pairs of each
     * @param seed of the world
     */
    public record Simulated(
            @Default("5") int sources,
            @Default("1500") int pairs,
            @Default("400") int testPairs,
            @Default("7") long seed) {
        public Simulated {
            new Rules()
                    .atLeast("sources", sources, 1)
                    .atLeast("pairs", pairs, 1)
                    .atLeast("test-pairs", testPairs, 1)
                    .check();
        }
    }

    /** How a step's pairs are drawn. */
    public enum Mixing {
        /** Each source by its size. */
        PROPORTIONAL,
        /** Each source alike. */
        EQUAL
    }
}
