package dev.assay.tokenization;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokenizers from {@code tokenizer.json}, run by the Hugging Face library itself, so that ids are those of Python. Works
 * offline: the library's own network access is switched off before its first use.
 */
public final class HuggingFaceTokenizers {
    static {
        // DJL asks a cloud metadata service and a telemetry address on first use unless told otherwise, and may fetch
        // another native library on a host with a GPU.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
    }

    private HuggingFaceTokenizers() {}

    /**
     * Loads a tokenizer.
     *
     * @param path a model folder with {@code tokenizer.json}, or that file; {@code tokenizer_config.json}, {@code
     *     special_tokens_map.json} and {@code config.json} beside it are read for the special tokens
     */
    public static Tokenizer load(Path path) {
        if (!Files.exists(path)) {
            throw new AssayException(ErrorKind.CHECKPOINT, path + ": not there; check the path");
        }
        Path file = Files.isDirectory(path) ? path.resolve("tokenizer.json") : path;
        if (!Files.isRegularFile(file)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    file + ": not there; Assay reads the fast tokenizer's tokenizer.json. Save it once with"
                            + " AutoTokenizer.from_pretrained(...).save_pretrained(...)");
        }
        try {
            HuggingFaceTokenizer library = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optAddSpecialTokens(false)
                    .optTruncation(false)
                    .optPadding(false)
                    .build();
            TokenizerFiles files = TokenizerFiles.read(file);
            return new Loaded(library, files.specialTokens(), files.vocabularySize());
        } catch (AssayException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the native library reports a broken file by a bare RuntimeException
            throw new AssayException(ErrorKind.CHECKPOINT, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private record Loaded(HuggingFaceTokenizer library, SpecialTokens specialTokens, int vocabularySize)
            implements Tokenizer {
        @Override
        public int[] encode(String text) {
            return ids(library.encode(text, false, false));
        }

        @Override
        public List<int[]> encodeAll(List<String> texts) {
            if (texts.isEmpty()) {
                return List.of();
            }
            return Arrays.stream(library.batchEncode(texts, false, false))
                    .map(Loaded::ids)
                    .toList();
        }

        private static int[] ids(Encoding encoding) {
            return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
        }

        @Override
        public String decode(int[] ids) {
            return library.decode(IntStream.of(ids).asLongStream().toArray(), false);
        }

        @Override
        public void close() {
            library.close();
        }
    }
}
