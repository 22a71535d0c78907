package dev.assay.data.format;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.RankedResponses;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import dev.assay.data.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records as JSON Lines in Assay's own schema, which {@link PreferenceReaders} reads back: the formats {@code
 * pairs}, {@code ranked} and {@code ratings}.
 */
public final class CommonSchemaWriter {
    private CommonSchemaWriter() {}

    /** Pairs, with label, margin and true probability where they say more than "better". */
    public static void writePairs(Path file, List<PreferencePair> pairs) {
        JsonLinesFile.write(file, pairs, pair -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("prompt", turns(pair.prompt()));
            row.put("chosen", response(pair.chosen()));
            row.put("rejected", response(pair.rejected()));
            if (pair.strength().label() != 1) {
                row.put("label", pair.strength().label());
            }
            pair.strength().margin().ifPresent(margin -> row.put("margin", margin));
            pair.strength().trueProbability().ifPresent(truth -> row.put("true_probability", truth));
            return withOrigin(row, pair.origin());
        });
    }

    /** Ranked lists. */
    public static void writeRanked(Path file, List<RankedResponses> lists) {
        JsonLinesFile.write(file, lists, list -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("prompt", turns(list.prompt()));
            row.put(
                    "responses",
                    list.responses().stream().map(CommonSchemaWriter::response).toList());
            row.put("ranks", list.ranks());
            return withOrigin(row, list.origin());
        });
    }

    /** Absolute ratings, each objective with its scale. */
    public static void writeRatings(Path file, List<RatedResponse> responses) {
        JsonLinesFile.write(file, responses, rated -> {
            Map<String, Object> values = new LinkedHashMap<>();
            Map<String, Object> scales = new LinkedHashMap<>();
            for (Map.Entry<String, Rating> rating : rated.ratings().entrySet()) {
                values.put(rating.getKey(), rating.getValue().value());
                scales.put(
                        rating.getKey(),
                        List.of(
                                rating.getValue().scale().low(),
                                rating.getValue().scale().high()));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("prompt", turns(rated.prompt()));
            row.put("response", response(rated.response()));
            row.put("ratings", values);
            row.put("scales", scales);
            return withOrigin(row, rated.origin());
        });
    }

    private static Map<String, Object> withOrigin(Map<String, Object> row, Origin origin) {
        row.put("source", origin.source());
        if (origin.id() != null) {
            row.put("id", origin.id());
        }
        if (origin.subset() != null) {
            row.put("subset", origin.subset());
        }
        if (origin.category() != null) {
            row.put("category", origin.category());
        }
        return row;
    }

    /** One assistant message is written as its text, anything else as messages. */
    static Object response(Conversation response) {
        List<Message> messages = response.messages();
        return messages.size() == 1 && messages.getFirst().role() == Role.ASSISTANT
                ? messages.getFirst().content()
                : turns(response);
    }

    static List<Map<String, String>> turns(Conversation conversation) {
        return conversation.messages().stream()
                .map(message -> {
                    Map<String, String> turn = new LinkedHashMap<>();
                    turn.put("role", message.role().wireName());
                    turn.put("content", message.content());
                    return turn;
                })
                .toList();
    }
}
