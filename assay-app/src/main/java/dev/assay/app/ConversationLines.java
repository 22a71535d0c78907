package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Role;
import dev.assay.data.format.JsonFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Conversations as JSON, one a line: {@code {"messages": [...]}} or {@code {"prompt": ..., "response": ...}}, with an
 * {@code id} that comes back with the reward where there is one.
 */
final class ConversationLines {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RULE =
            "a line is {\"messages\": [{\"role\", \"content\"}, ...]} or {\"prompt\": ..., \"response\": ...}";

    private ConversationLines() {}

    /**
     * What a line holds.
     *
     * @param conversation ends with the answer the reward is for
     * @param id what the line calls itself; null where it has none
     */
    record Item(Conversation conversation, @Nullable JsonNode id) {}

    /**
     * Reads one line.
     *
     * @param line its text; null where its bytes are no UTF-8
     * @param place file:line, for errors
     */
    static Item parse(@Nullable String line, String place) {
        return parse(tree(line, place), place);
    }

    /** Reads one line as JSON. */
    static JsonNode tree(@Nullable String line, String place) {
        if (line == null) {
            throw new AssayException(ErrorKind.INPUT, place + ": " + JsonFault.NOT_UTF8);
        }
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw wrong(place, JsonFault.ofLine(e));
        }
    }

    /** The same for a line that has been read. */
    static Item parse(JsonNode json, String place) {
        if (json.has("messages")) {
            Conversation conversation = new Conversation(messages(json.get("messages"), place, Role.USER));
            if (conversation.isEmpty()) {
                throw wrong(place, "messages is empty");
            }
            return item(conversation, json, place);
        }
        if (!json.has("prompt") || !json.has("response")) {
            throw wrong(place, "there is neither messages nor prompt and response");
        }
        List<Message> all = new ArrayList<>(messages(json.get("prompt"), place, Role.USER));
        all.addAll(messages(json.get("response"), place, Role.ASSISTANT));
        return item(new Conversation(all), json, place);
    }

    private static Item item(Conversation conversation, JsonNode json, String place) {
        if (conversation.last().role() != Role.ASSISTANT) {
            throw wrong(place, "the last message is not the assistant's, and a reward is for an answer");
        }
        return new Item(conversation, json.get("id"));
    }

    private static List<Message> messages(JsonNode node, String place, Role textRole) {
        if (node.isString()) {
            return List.of(new Message(textRole, node.asString()));
        }
        if (!node.isArray()) {
            throw wrong(place, "messages must be a list, prompt and response a text or a list");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : node) {
            messages.add(new Message(role(message.get("role"), place), content(message.get("content"), place)));
        }
        return messages;
    }

    private static Role role(@Nullable JsonNode node, String place) {
        String name = node == null ? "" : node.asString("");
        return Role.parse(name)
                .orElseThrow(() -> wrong(place, "role \"" + name + "\" is not system, user, assistant or tool"));
    }

    private static String content(@Nullable JsonNode node, String place) {
        if (node == null || !node.isString()) {
            throw wrong(place, "a message has no text as its content");
        }
        return node.asString();
    }

    private static AssayException wrong(String place, String what) {
        return new AssayException(ErrorKind.INPUT, place + ": " + what + "; " + RULE);
    }
}
