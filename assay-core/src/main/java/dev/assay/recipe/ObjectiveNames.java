package dev.assay.recipe;

import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.Problems;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names that keep objectives of different sets apart (arXiv 2406.12845, section 3.1): two sets that use one word seldom mean the
 * same by it. What two sources rate becomes {@code SOURCE:NAME} of each, unless the recipe says that it is one objective.
 */
final class ObjectiveNames {
    private final Map<String, Set<String>> sources = new LinkedHashMap<>();
    private final Set<String> merged;

    /** @param merged names that mean the same in all sources */
    ObjectiveNames(List<RatedResponse> ratings, List<String> merged) {
        this.merged = Set.copyOf(merged);
        for (RatedResponse row : ratings) {
            for (String name : row.ratings().keySet()) {
                sources.computeIfAbsent(name, any -> new LinkedHashSet<>())
                        .add(row.origin().source());
            }
        }
        Problems problems = new Problems(ErrorKind.RECIPE, "data.merge");
        for (String name : merged) {
            int count = sources.getOrDefault(name, Set.of()).size();
            if (count < 2) {
                problems.add(name + " is rated in " + (count == 0 ? "no source" : "one source only")
                        + NearestName.of(name, sources.keySet())
                                .filter(near -> !near.equals(name))
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; take it out"));
            }
        }
        problems.throwIfAny();
    }

    private boolean isApart(String name) {
        return sources.getOrDefault(name, Set.of()).size() > 1 && !merged.contains(name);
    }

    /** The same rows, each rating under the name that tells its set. */
    List<RatedResponse> applied(List<RatedResponse> ratings) {
        if (sources.keySet().stream().noneMatch(this::isApart)) {
            return ratings;
        }
        return ratings.stream().map(this::applied).toList();
    }

    private RatedResponse applied(RatedResponse row) {
        Map<String, Rating> named = new LinkedHashMap<>();
        row.ratings()
                .forEach(
                        (name, rating) -> named.put(isApart(name) ? row.origin().source() + ":" + name : name, rating));
        return new RatedResponse(row.prompt(), row.response(), named, row.origin());
    }

    /** A sentence for each group of sources that share names. */
    List<String> notes() {
        Map<String, List<String>> shared = new TreeMap<>();
        sources.forEach((name, its) -> {
            if (isApart(name)) {
                shared.computeIfAbsent(String.join(", ", its), any -> new ArrayList<>())
                        .add(name);
            }
        });
        return shared.entrySet().stream()
                .map(each -> "sources " + each.getKey() + " rate "
                        + String.join(", ", each.getValue())
                        + ": objectives of their own, named SOURCE:NAME; data.merge makes one of them")
                .toList();
    }
}
