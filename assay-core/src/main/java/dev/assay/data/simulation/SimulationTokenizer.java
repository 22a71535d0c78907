package dev.assay.data.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokenizer of the simulated language in Hugging Face's files: one token a lower-case word or punctuation mark, with
 * markers for the roles. Words from outside this world become {@code <|unknown|>}.
 */
public final class SimulationTokenizer {
    /** Special tokens; a token's id is its place here, and words follow. */
    public static final List<String> SPECIAL_TOKENS = List.of(
            "<|endoftext|>", "<|padding|>", "<|unknown|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>");

    /** The files that make up the tokenizer. */
    static final List<String> FILES = List.of("tokenizer.json", "tokenizer_config.json");

    private SimulationTokenizer() {}

    /** Writes {@code tokenizer.json} and {@code tokenizer_config.json}, with its chat template, into a folder. */
    public static void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                try (InputStream bytes = SimulationTokenizer.class.getResourceAsStream(file)) {
                    if (bytes == null) {
                        throw new IllegalStateException("resource " + file + " is missing from the jar");
                    }
                    Files.copy(bytes, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All tokens in the order of their ids, as {@code tokenizer.json} must hold them. */
    static List<String> vocabulary() {
        return Stream.concat(SPECIAL_TOKENS.stream(), Lexicon.shipped().vocabulary().stream())
                .toList();
    }
}
