package dev.assay.recipe;

import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import java.util.Optional;

/**
 * How conversations become tokens.
 *
 * @param tokenizer a tokenizer.json or a folder with one; absent: that of the backbone
 * @param template how messages become text
 * @param maxLength tokens a response is cut to together with its prompt, at least 8
 * @param truncation what is cut
 */
public record TokenizationSection(
        Optional<String> tokenizer,
        @Default("auto") Template template,
        @Default("512") int maxLength,
        @Default("prompt-left") Truncation truncation) {
    public TokenizationSection {
        new Rules().atLeast("max-length", maxLength, 8).check();
    }

    /** How messages become text. */
    public enum Template {
        /** The model's chat template where it has one, plain text otherwise. */
        AUTO,
        /** The model's chat template; an error where it has none. */
        CHAT,
        /** Plain text with role names. */
        PLAIN
    }

    /** What is cut from a text that is too long. */
    public enum Truncation {
        /** The left of the prompt, by the same amount for all responses to it. */
        PROMPT_LEFT,
        /** The left of each response's own text, as the code of MORE does. */
        EACH_LEFT,
        /** The right of each response's own text. */
        EACH_RIGHT
    }
}
