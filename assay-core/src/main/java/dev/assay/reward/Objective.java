package dev.assay.reward;

import java.util.Objects;

/**
 * A rated aspect of a response.
 *
 * @param name its name, such as {@code helpsteer-verbosity}
 */
public record Objective(String name) {
    public Objective {
        Objects.requireNonNull(name, "name");
    }
}
