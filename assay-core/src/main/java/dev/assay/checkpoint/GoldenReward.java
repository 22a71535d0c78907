package dev.assay.checkpoint;

import dev.assay.data.Conversation;
import java.util.List;

/**
 * A conversation whose reward is known: checked when the model is loaded, so that a wrong tokenizer, template, library or
 * weight shows before the first wrong answer.
 *
 * @param conversation the text
 * @param tokens its ids, as the model reads them
 * @param reward the model's answer
 */
public record GoldenReward(Conversation conversation, List<Integer> tokens, double reward) {
    public GoldenReward {
        tokens = List.copyOf(tokens);
    }
}
