package dev.assay.data.format;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Role;
import java.util.List;

/**
 * A prompt and two answers, the prompt taken off the answers where both repeat it. White space at the ends of a message and
 * a system message that only one side has make no difference; where only the answers have one, it goes into the prompt.
 */
record RepeatedPrompt(Conversation prompt, Conversation chosen, Conversation rejected) {
    static RepeatedPrompt of(Conversation prompt, Conversation chosen, Conversation rejected) {
        int size = repeated(chosen, prompt);
        if (size == 0 || size != repeated(rejected, prompt) || !isSame(head(chosen, size), head(rejected, size))) {
            return new RepeatedPrompt(prompt, chosen, rejected);
        }
        boolean fuller = size > prompt.messages().size();
        return new RepeatedPrompt(
                fuller ? new Conversation(head(chosen, size)) : prompt, rest(chosen, size), rest(rejected, size));
    }

    /** How many messages at the head of an answer, which are not all of it, repeat the prompt; 0 where it is not repeated. */
    private static int repeated(Conversation answer, Conversation prompt) {
        int system = systemMessages(answer);
        List<Message> asked = prompt.messages()
                .subList(systemMessages(prompt), prompt.messages().size());
        int size = system + asked.size();
        boolean again = !asked.isEmpty()
                && answer.messages().size() > size
                && isSame(answer.messages().subList(system, size), asked)
                && isSystemOf(answer, prompt);
        return again ? size : 0;
    }

    /** Two system messages that differ are two prompts. */
    private static boolean isSystemOf(Conversation answer, Conversation prompt) {
        int own = systemMessages(answer);
        int given = systemMessages(prompt);
        return own == 0 || given == 0 || isSame(head(answer, own), head(prompt, given));
    }

    private static int systemMessages(Conversation conversation) {
        int count = 0;
        while (count < conversation.messages().size()
                && conversation.messages().get(count).role() == Role.SYSTEM) {
            count++;
        }
        return count;
    }

    private static boolean isSame(List<Message> some, List<Message> others) {
        return stripped(some).equals(stripped(others));
    }

    private static List<Message> stripped(List<Message> messages) {
        return messages.stream()
                .map(message -> new Message(message.role(), message.content().strip()))
                .toList();
    }

    private static List<Message> head(Conversation conversation, int size) {
        return conversation.messages().subList(0, size);
    }

    private static Conversation rest(Conversation conversation, int from) {
        return new Conversation(
                conversation.messages().subList(from, conversation.messages().size()));
    }
}
