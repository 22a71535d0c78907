package dev.assay.data.format;

import dev.assay.data.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ranked answers of trees that are not whole in their file, such as one of a language or a part of a set alone.
 *
 * @param orphans those whose parent is not in the file: nothing is known of what they answer, so they are left out
 * @param rootless those with their parent but without an earlier ancestor: what they answer begins in the middle
 * @param answers all ranked answers of the file
 */
public record TornTrees(List<Origin> orphans, List<Origin> rootless, int answers) {
    /** No trees. */
    public static final TornTrees NONE = new TornTrees(List.of(), List.of(), 0);

    public TornTrees {
        orphans = List.copyOf(orphans);
        rootless = List.copyOf(rootless);
    }

    static TornTrees of(List<Row> messages, String source) {
        Map<String, Row> byId = messages.stream()
                .filter(row -> row.has("message_id"))
                .collect(Collectors.toMap(
                        row -> String.valueOf(row.optionalText("message_id")),
                        Function.identity(),
                        (first, second) -> second));
        List<Origin> orphans = new ArrayList<>();
        List<Origin> rootless = new ArrayList<>();
        int answers = 0;
        for (Row row : messages) {
            String parent = row.optionalText("parent_id");
            if (parent != null && Oasst.isRankedAnswer(row)) {
                answers++;
                if (!byId.containsKey(parent)) {
                    orphans.add(row.origin(source));
                } else if (isTorn(row, byId)) {
                    rootless.add(row.origin(source));
                }
            }
        }
        return new TornTrees(orphans, rootless, answers);
    }

    private static boolean isTorn(Row row, Map<String, Row> byId) {
        Set<String> seen = new HashSet<>();
        String parent = row.optionalText("parent_id");
        while (parent != null && seen.add(parent)) {
            Row above = byId.get(parent);
            if (above == null) {
                return true;
            }
            parent = above.optionalText("parent_id");
        }
        return false;
    }
}
