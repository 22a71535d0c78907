package dev.assay.method.armorm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows that have ratings of exactly the same objectives.
 *
 * @param rated the objectives' indices, ascending; not empty
 * @param training the rows the penalty is chosen from, ascending
 * @param heldOut the rows kept back for that choice, ascending
 */
record LabelPattern(int[] rated, int[] training, int[] heldOut) {
    /** The patterns of all rows with any rating, in the order they first occur. */
    static List<LabelPattern> of(RatedFeatures data, IntPredicate heldOut) {
        Map<BitSet, List<List<Integer>>> rows = new LinkedHashMap<>();
        for (int row = 0; row < data.rows(); row++) {
            BitSet rated = new BitSet();
            for (int k = 0; k < data.objectives().size(); k++) {
                rated.set(k, data.rated(k, row));
            }
            if (!rated.isEmpty()) {
                rows.computeIfAbsent(rated, key -> List.of(new ArrayList<>(), new ArrayList<>()))
                        .get(heldOut.test(row) ? 1 : 0)
                        .add(row);
            }
        }
        List<LabelPattern> patterns = new ArrayList<>();
        rows.forEach((rated, parts) ->
                patterns.add(new LabelPattern(rated.stream().toArray(), array(parts.get(0)), array(parts.get(1)))));
        return patterns;
    }

    /**
     * The same rows by objectives in the place of patterns: for each group of objectives that the same patterns rate, all rows
     * that rate it. A row comes as often as it is in a group, but there are no more groups than objectives, however many the
     * patterns.
     */
    static List<LabelPattern> byObjectives(List<LabelPattern> patterns) {
        return raters(patterns).entrySet().stream()
                .map(group -> new LabelPattern(
                        array(group.getValue()),
                        rows(patterns, group.getKey(), LabelPattern::training),
                        rows(patterns, group.getKey(), LabelPattern::heldOut)))
                .toList();
    }

    /** Objectives in groups that the same patterns rate, in ascending order; those that none rates are left out. */
    static List<List<Integer>> groups(List<LabelPattern> patterns) {
        return List.copyOf(raters(patterns).values());
    }

    /** The groups by the patterns that rate them. */
    private static Map<BitSet, List<Integer>> raters(List<LabelPattern> patterns) {
        Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
        int objectives =
                patterns.stream().flatMapToInt(p -> IntStream.of(p.rated)).max().orElse(-1) + 1;
        for (int k = 0; k < objectives; k++) {
            BitSet raters = new BitSet();
            for (int p = 0; p < patterns.size(); p++) {
                raters.set(p, patterns.get(p).column(k) >= 0);
            }
            if (!raters.isEmpty()) {
                groups.computeIfAbsent(raters, key -> new ArrayList<>()).add(k);
            }
        }
        return groups;
    }

    private static int[] rows(List<LabelPattern> patterns, BitSet which, Function<LabelPattern, int[]> part) {
        return which.stream()
                .flatMap(p -> IntStream.of(part.apply(patterns.get(p))))
                .sorted()
                .toArray();
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Where objective k stands among this pattern's ratings; negative where it is not rated. */
    int column(int k) {
        return Arrays.binarySearch(rated, k);
    }
}
