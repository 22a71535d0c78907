package dev.assay.tokenization;

import dev.assay.data.Conversation;

/** How a conversation becomes the text a model reads. */
public interface ConversationFormat {
    /** The prompt up to where the response begins, the marker of the answering side included. */
    String prompt(Conversation prompt);

    /** Prompt and response together. */
    String whole(Conversation prompt, Conversation response);

    /** Whether the tokenizer's start of text still has to be put in front. */
    boolean beginsWithBos();

    /** Whether the tokenizer's end of text still has to be put at the end. */
    boolean endsWithEos();

    /** Its name in recipes and manifests. */
    String name();
}
