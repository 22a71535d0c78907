package dev.assay.data;

import java.util.Locale;
import java.util.Optional;

/** Who speaks in a {@link Message}. */
public enum Role {
    /** Instructions that stand above the conversation. */
    SYSTEM,
    /** The person. */
    USER,
    /** The language model. */
    ASSISTANT,
    /** The result of a tool call. */
    TOOL;

    /** The name used in files and chat templates: {@code system}, {@code user}, {@code assistant}, {@code tool}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a role as data sets write it: the wire names, and the common synonyms {@code human}, {@code prompter},
     * {@code gpt}, {@code bot}, {@code model}.
     */
    public static Optional<Role> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "system" -> Optional.of(SYSTEM);
            case "user", "human", "prompter" -> Optional.of(USER);
            case "assistant", "gpt", "bot", "model" -> Optional.of(ASSISTANT);
            case "tool" -> Optional.of(TOOL);
            default -> Optional.empty();
        };
    }
}
