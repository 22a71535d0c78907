package dev.assay.data;

import java.util.List;
import java.util.Objects;

/**
 * A data set with its own preferences: K of these, in conflict, are what MORE trains on.
 *
 * @param name the source's name in recipes, logs and reports; unique within a run
 * @param pairs its pairs, in file order
 */
public record PreferenceSource(String name, List<PreferencePair> pairs) {
    public PreferenceSource {
        Objects.requireNonNull(name, "name");
        pairs = List.copyOf(pairs);
    }
}
