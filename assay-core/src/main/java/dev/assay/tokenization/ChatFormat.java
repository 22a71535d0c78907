package dev.assay.tokenization;

import dev.assay.data.Conversation;
import dev.assay.tokenization.chat.ChatTemplate;
import java.nio.file.Path;
import java.util.Map;

/**
 * A conversation as the model's own chat template writes it. The template decides where a text begins and ends, so that no
 * further start or end of text is put around it.
 *
 * @param template the compiled template
 * @param variables what it may ask for besides the messages, such as {@code bos_token}
 */
public record ChatFormat(ChatTemplate template, Map<String, String> variables) implements ConversationFormat {
    /** Its name in recipes and manifests. */
    public static final String NAME = "chat-template";

    /** The chat template of a model folder: chat_template.jinja, or the one in tokenizer_config.json. */
    public static ChatFormat of(Path folder) {
        TokenizerFiles files = TokenizerFiles.read(folder.resolve("tokenizer.json"));
        return new ChatFormat(ChatTemplate.compile(files.chatTemplate()), files.namedTokens());
    }

    @Override
    public String prompt(Conversation prompt) {
        return prompt.isEmpty() ? "" : template.render(prompt.messages(), true, variables);
    }

    @Override
    public String whole(Conversation prompt, Conversation response) {
        return template.render(prompt.then(response).messages(), false, variables);
    }

    @Override
    public boolean beginsWithBos() {
        return false;
    }

    @Override
    public boolean endsWithEos() {
        return false;
    }

    @Override
    public String name() {
        return NAME;
    }
}
