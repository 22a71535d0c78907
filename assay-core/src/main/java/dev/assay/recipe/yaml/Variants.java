package dev.assay.recipe.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A section whose {@code name} decides which record the other keys belong to.
 *
 * @param section the type the records share
 * @param byName the record of each name, in the order errors list them
 */
public record Variants<S>(Class<S> section, Map<String, Class<? extends S>> byName) {
    public Variants {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** The known names. */
    Set<String> names() {
        return byName.keySet();
    }

    /** The name of a record's type. */
    String nameOf(Object record) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().isInstance(record))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(record.getClass() + " is not a known variant"));
    }
}
