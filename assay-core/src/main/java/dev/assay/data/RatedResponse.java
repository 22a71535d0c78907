package dev.assay.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A response with absolute ratings; an objective that nobody rated is absent from the map.
 *
 * @param prompt what is answered
 * @param response the rated response
 * @param ratings the rating of each rated objective, by the objective's name such as {@code helpsteer-verbosity}
 * @param origin where the row came from
 */
public record RatedResponse(Conversation prompt, Conversation response, Map<String, Rating> ratings, Origin origin) {
    public RatedResponse {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(origin, "origin");
        if (response.isEmpty()) {
            throw new IllegalArgumentException("a rated response needs at least one message");
        }
        ratings = Collections.unmodifiableMap(new LinkedHashMap<>(ratings));
    }
}
