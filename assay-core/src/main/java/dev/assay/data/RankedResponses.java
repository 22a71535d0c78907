package dev.assay.data;

import java.util.List;
import java.util.Objects;

/**
 * k responses to one prompt in order of preference.
 *
 * @param prompt what all responses answer
 * @param responses at least one response
 * @param ranks one rank a response: smaller is better, equal ranks are ties
 * @param origin where the row came from
 */
public record RankedResponses(Conversation prompt, List<Conversation> responses, List<Integer> ranks, Origin origin) {
    public RankedResponses {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(origin, "origin");
        responses = List.copyOf(responses);
        ranks = List.copyOf(ranks);
        if (responses.isEmpty() || responses.size() != ranks.size()) {
            throw new IllegalArgumentException(
                    responses.size() + " responses and " + ranks.size() + " ranks; there must be one rank a response");
        }
    }
}
