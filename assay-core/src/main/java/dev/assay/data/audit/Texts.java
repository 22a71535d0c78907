package dev.assay.data.audit;

import dev.assay.data.Conversation;
import dev.assay.data.PreferencePair;
import dev.assay.data.Role;
import java.util.Locale;

/** Texts as an audit compares them: case and runs of white space do not make a difference. */
final class Texts {
    /** Shorter answers often end without a mark: names, numbers, list items. */
    private static final int LONG = 200;

    private Texts() {}

    static String plain(Conversation conversation) {
        return conversation.text().toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
    }

    static String row(PreferencePair pair) {
        return plain(pair.prompt()) + '\u0001' + plain(pair.chosen()) + '\u0001' + plain(pair.rejected());
    }

    static String swapped(PreferencePair pair) {
        return plain(pair.prompt()) + '\u0001' + plain(pair.rejected()) + '\u0001' + plain(pair.chosen());
    }

    static boolean isIdentical(PreferencePair pair) {
        return pair.chosen().text().strip().equals(pair.rejected().text().strip());
    }

    static boolean isEmpty(Conversation response) {
        return response.last().content().isBlank();
    }

    /** Whether the first turn is the user's or the system's. */
    static boolean beginsWithoutAnswer(Conversation response) {
        Role role = response.messages().getFirst().role();
        return role == Role.USER || role == Role.SYSTEM;
    }

    /** Whether the last turn is not the assistant's. */
    static boolean endsWithoutAnswer(Conversation response) {
        return response.last().role() != Role.ASSISTANT;
    }

    /** Whether a long answer ends in the middle of a word or after a comma. */
    static boolean isCut(Conversation response) {
        String text = response.last().content().stripTrailing();
        if (text.length() < LONG) {
            return false;
        }
        int end = text.codePointBefore(text.length());
        return end == ',' || end == '-' || Character.isLowerCase(end);
    }

    /** Characters of the response's messages. */
    static int length(Conversation response) {
        return response.messages().stream()
                .mapToInt(message -> message.content().strip().length())
                .sum();
    }
}
