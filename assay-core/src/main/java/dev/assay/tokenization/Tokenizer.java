package dev.assay.tokenization;

import java.util.List;

/** Text to token ids and back, exactly as the model's own {@code tokenizer.json} says. Thread-safe. */
public interface Tokenizer extends AutoCloseable {
    /** Ids of the text; markers such as {@code <|im_end|>} in it become special tokens, and none is added. */
    int[] encode(String text);

    /** The same for many texts, in order, on several threads. */
    List<int[]> encodeAll(List<String> texts);

    /** Text of the ids, special tokens included. */
    String decode(int[] ids);

    /** The ids that begin, end and pad a text, by the model's own files and the policy of its family. */
    SpecialTokens specialTokens();

    /** Number of ids, added tokens included. */
    int vocabularySize();

    @Override
    void close();
}
