package dev.assay.tokenization;

import dev.assay.data.Conversation;
import dev.assay.data.Message;

/**
 * The transcript form of Anthropic's HH data, for models without a chat template: {@code \n\nHuman: ...\n\nAssistant:
 * ...}, ended by the end of text. A system message stands in front as it is; a bare text without a prompt is left bare.
 */
public record PlainFormat() implements ConversationFormat {
    /** Its name in recipes and manifests. */
    public static final String NAME = "plain";

    private static final String ASSISTANT = "\n\nAssistant:";

    @Override
    public String prompt(Conversation prompt) {
        return prompt.isEmpty() ? "" : transcript(prompt) + ASSISTANT;
    }

    @Override
    public String whole(Conversation prompt, Conversation response) {
        if (prompt.isEmpty() && response.messages().size() == 1) {
            return response.last().content();
        }
        return transcript(prompt.then(response));
    }

    private static String transcript(Conversation conversation) {
        StringBuilder text = new StringBuilder();
        for (Message message : conversation.messages()) {
            String marker = switch (message.role()) {
                case USER -> "\n\nHuman: ";
                case ASSISTANT -> ASSISTANT + " ";
                case TOOL -> "\n\nTool: ";
                case SYSTEM -> "";
            };
            text.append(marker).append(message.content());
        }
        return text.toString();
    }

    @Override
    public boolean beginsWithBos() {
        return true;
    }

    @Override
    public boolean endsWithEos() {
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }
}
