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
 * @param ratings sources of absolute ratings, for methods that learn objectives
 * @param merge names of objectives that mean the same in all the ratings' sources; others that two sources rate are kept apart
 * @param only names of those that are learnt from, in the order of the recipe; empty: all. The rest is still measured on
 * @param validation how the best checkpoint is chosen
 * @param test sources measured once at the end
 * @param simulated annotators with known truth, in place of files
 * @param mixing how a step's pairs are drawn from the sources
 * @param resample draws each training source to exactly so many rows, repeating where there are fewer (17106 and 40000 in
 *     the papers on MORE); a source's own value goes first; absent: as many as there are
 * @param equalSize draws every training source down to the size of the smallest, without repeats; in place of {@code
 *     resample}
 * @param rankings what becomes of a ranking of k responses in training
 */
public record DataSection(
        @Default("[]") List<Source> train,
        @Default("[]") List<Source> ratings,
        @Default("[]") List<String> merge,
        @Default("[]") List<String> only,
        @Default("{}") Validation validation,
        @Default("[]") List<Source> test,
        Optional<Simulated> simulated,
        @Default("proportional") Mixing mixing,
        Optional<Integer> resample,
        @Default("false") boolean equalSize,
        @Default("groups") Rankings rankings) {
    public DataSection {
        Rules rules = new Rules()
                .that(
                        List.of("train", "ratings", "simulated"),
                        train.isEmpty() && ratings.isEmpty() || simulated.isEmpty(),
                        "give either data.train (a list of sources; data.ratings for method objectives) or data.simulated, and not both");
        resample.ifPresent(value -> rules.atLeast("resample", value, 1));
        boolean resampled = resample.isPresent()
                || train.stream().anyMatch(source -> source.resample().isPresent());
        rules.that(
                "equal-size",
                !(equalSize && resampled),
                "equal-size brings every source to the size of the smallest; take resample out");
        distinct(rules, "train", train);
        distinct(rules, "test", test);
        distinct(rules, "ratings", ratings);
        rules.that(
                "ratings",
                ratings.isEmpty() || simulated.isEmpty(),
                "data.simulated brings ratings of its own; take data.ratings out");
        rules.that(
                "ratings",
                ratings.stream()
                        .allMatch(source -> source.resample().isEmpty()
                                && source.marginScale().isEmpty()),
                "ratings are used as they are: resample and margin-scale are for pairs");
        rules.that(
                "merge",
                merge.isEmpty() || ratings.size() > 1,
                "merge makes one objective of those that several sources of data.ratings rate; take it out");
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
     * @param resample draws to exactly so many rows, repeating where there are fewer; used on training sources
     * @param marginScale what the margins of this source are multiplied by, to bring them to the unit of a reward, when
     *     {@code training.margins} puts them into the loss; absent: 1
     */
    public record Source(
            String name,
            String path,
            Optional<DataFormat> format,
            Optional<Integer> limit,
            Optional<Integer> resample,
            Optional<Double> marginScale) {
        public Source {
            Rules rules = new Rules().notBlank("name", name).notBlank("path", path);
            limit.ifPresent(value -> rules.atLeast("limit", value, 1));
            resample.ifPresent(value -> rules.atLeast("resample", value, 1));
            marginScale.ifPresent(value -> rules.positive("margin-scale", value));
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
     * Simulated annotator populations with a shared taste and their own drift, or experts.
     *
     * @param sources populations
     * @param pairs training pairs of each
     * @param sizes training pairs of each source in its turn, where they are not alike: the first of its {@code pairs}; empty: all
     *     of them
     * @param testPairs test pairs of each
     * @param ratings rated answers, for methods that learn objectives
     * @param experts one population whose taste depends on what is asked, in the place of those that drift: the mixture of
     *     objectives that a gate should find is known then
     * @param seed of the world
     */
    public record Simulated(
            @Default("5") int sources,
            @Default("1500") int pairs,
            @Default("[]") List<Integer> sizes,
            @Default("400") int testPairs,
            @Default("2000") int ratings,
            @Default("false") boolean experts,
            @Default("7") long seed) {
        public Simulated {
            new Rules()
                    .atLeast("sources", sources, 1)
                    .atLeast("pairs", pairs, 1)
                    .atLeast("test-pairs", testPairs, 1)
                    .atLeast("ratings", ratings, 1)
                    .that("sizes", sizes.isEmpty() || sizes.size() == sources, "give one size for each of the sources")
                    .that(
                            "sizes",
                            sizes.stream().allMatch(size -> size >= 1 && size <= pairs),
                            "each is a number of pairs, 1 to pairs")
                    .that("sizes", sizes.isEmpty() || !experts, "experts are one source; its size is pairs")
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

    /** What a ranking of k responses is in training; it is always measured as its pairs. */
    public enum Rankings {
        /** One row whose loss is the mean over its pairs: the prompt and each response are computed once. */
        GROUPS,
        /** All its pairs, each a row of its own. */
        PAIRS
    }
}
