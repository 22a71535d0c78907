package dev.assay.data;

import java.util.ArrayList;
import java.util.List;

/** Messages in order. A prompt may be empty (a bare text has none); what a reward model scores ends with an answer. */
public record Conversation(List<Message> messages) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** The messages given, in order. */
    public static Conversation of(Message... messages) {
        return new Conversation(List.of(messages));
    }

    /** This conversation followed by the messages of another one: a prompt followed by a response. */
    public Conversation then(Conversation rest) {
        List<Message> all = new ArrayList<>(messages);
        all.addAll(rest.messages);
        return new Conversation(all);
    }

    /** Whether there is no message. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The last message. */
    public Message last() {
        if (messages.isEmpty()) {
            throw new IllegalStateException("an empty conversation has no last message");
        }
        return messages.getLast();
    }

    /** The contents of all messages, one blank line between them: for hashing, length counts and display. */
    public String text() {
        return String.join("\n\n", messages.stream().map(Message::content).toList());
    }
}
