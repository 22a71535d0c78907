package dev.assay.data;

import java.util.Objects;

/** One turn of a conversation. The content may be empty, which the audit reports. */
public record Message(Role role, String content) {
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** A turn of the person. */
    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    /** A turn of the language model. */
    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }

    /** Instructions above the conversation. */
    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }
}
