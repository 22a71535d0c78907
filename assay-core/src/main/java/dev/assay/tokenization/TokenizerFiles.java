package dev.assay.tokenization;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.format.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the files around a tokenizer say of its special tokens. An explicit entry wins: tokenizer_config.json, then
 * special_tokens_map.json, then the ids of config.json; null, or a negative id, means none. Where no file says anything, a
 * bare tokenizer.json is that of its family: its start of text is the token that its own template puts in front, its end
 * of text the special token that has a family's name for it. Padding, which is a placeholder that is never read: a token made for it under one
 * of the families' names, then the end of text. A normal word never pads, which is how the papers' code came to count
 * every quotation mark of Pythia as padding.
 */
final class TokenizerFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PADS =
            List.of("<|padding|>", "<pad>", "[PAD]", "<|finetune_right_pad_id|>", "<|pad|>", "<|endoftext|>", "<unk>");

    /** GPT-NeoX and Qwen; Llama 2 and Mistral; Llama 3; Gemma. */
    private static final List<String> ENDS = List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>");

    private final Path file;
    private final JsonNode tokenizer;
    private final JsonNode config;
    private final JsonNode map;
    private final JsonNode model;
    private final Map<String, Integer> added = new HashMap<>();

    private TokenizerFiles(Path file, JsonNode tokenizer, JsonNode config, JsonNode map, JsonNode model) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.config = config;
        this.map = map;
        this.model = model;
        tokenizer
                .path("added_tokens")
                .forEach(token -> added.put(
                        token.path("content").asString(), token.path("id").asInt()));
    }

    static TokenizerFiles read(Path tokenizerJson) {
        return new TokenizerFiles(
                tokenizerJson,
                json(tokenizerJson),
                json(tokenizerJson.resolveSibling("tokenizer_config.json")),
                json(tokenizerJson.resolveSibling("special_tokens_map.json")),
                json(tokenizerJson.resolveSibling("config.json")));
    }

    private static JsonNode json(Path path) {
        if (!Files.isRegularFile(path)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(Files.readString(path));
        } catch (IOException | JacksonException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(path, e), e);
        }
    }

    SpecialTokens specialTokens() {
        OptionalInt bos = begin();
        OptionalInt eos = end();
        boolean addBos = config.path("add_bos_token").asBoolean(bos.isPresent() && bos.equals(inFront()));
        // The reward is read at a text's end, so that a text without a template always gets one, whatever the tokenizer
        // does itself.
        return new SpecialTokens(bos, eos, pad(eos), addBos && bos.isPresent(), eos.isPresent());
    }

    /** The source of the chat template: its own file, or the one (or the default one) of tokenizer_config.json. */
    String chatTemplate() {
        Path own = file.resolveSibling("chat_template.jinja");
        JsonNode declared = config.path("chat_template");
        try {
            if (Files.isRegularFile(own)) {
                return Files.readString(own);
            }
        } catch (IOException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, own + ": cannot be read: " + e.getMessage(), e);
        }
        for (JsonNode named : declared) {
            if (named.path("name").asString("").equals("default")) {
                return named.path("template").asString();
            }
        }
        if (!declared.isString()) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    file.resolveSibling("tokenizer_config.json") + ": has no chat_template; use the plain format");
        }
        return declared.asString();
    }

    /** The texts of the special tokens under the names templates ask for them. */
    Map<String, String> namedTokens() {
        Map<String, String> tokens = new HashMap<>();
        for (String key : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
            JsonNode value = config.path(key).isMissingNode() ? map.path(key) : config.path(key);
            String text = value.isObject() ? value.path("content").asString("") : value.asString("");
            if (!text.isEmpty()) {
                tokens.put(key, text);
            }
        }
        return tokens;
    }

    /** One more than the largest id. */
    int vocabularySize() {
        int largest = added.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isArray()) {
            return Math.max(largest + 1, vocabulary.size());
        }
        for (JsonNode id : vocabulary) {
            largest = Math.max(largest, id.asInt());
        }
        return largest + 1;
    }

    private OptionalInt declared(String key) {
        for (JsonNode place : List.of(config, map)) {
            JsonNode value = place.path(key);
            String token = value.isObject() ? value.path("content").asString("") : value.asString("");
            if (!token.isEmpty()) {
                return OptionalInt.of(id(token, key));
            }
        }
        JsonNode id = model.path(key + "_id");
        if (id.isArray() && !id.isEmpty()) {
            id = id.get(0);
        }
        if (!id.isIntegralNumber() || id.asInt() < 0) {
            return OptionalInt.empty();
        }
        int known = Math.max(vocabularySize(), model.path("vocab_size").asInt(0));
        if (id.asInt() >= known) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    file.resolveSibling("config.json") + ": " + key + "_id " + id.asInt()
                            + " is outside the vocabulary of " + known
                            + " tokens; the files belong to different models");
        }
        return OptionalInt.of(id.asInt());
    }

    private OptionalInt begin() {
        OptionalInt declared = declared("bos_token");
        return declared.isPresent() || isDenied("bos_token") ? declared : inFront();
    }

    /** Whether a file says that there is no such token, which is more than saying nothing. */
    private boolean isDenied(String key) {
        JsonNode id = model.path(key + "_id");
        return config.path(key).isNull() || map.path(key).isNull() || id.isIntegralNumber() && id.asInt() < 0;
    }

    private OptionalInt end() {
        OptionalInt declared = declared("eos_token");
        return declared.isPresent() || isDenied("eos_token")
                ? declared
                : ENDS.stream()
                        .filter(added::containsKey)
                        .mapToInt(name -> Objects.requireNonNull(added.get(name)))
                        .findFirst();
    }

    private int id(String token, String key) {
        Integer id = added.get(token);
        if (id == null && tokenizer.path("model").path("vocab").path(token).isIntegralNumber()) {
            id = tokenizer.path("model").path("vocab").path(token).asInt();
        }
        if (id == null) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    file + ": the " + key + " \"" + token + "\" of the files beside it is not in its vocabulary;"
                            + " the files belong to different models");
        }
        return id;
    }

    private int pad(OptionalInt eos) {
        OptionalInt declared = declared("pad_token");
        if (declared.isPresent()) {
            return requireSpecial(declared.getAsInt());
        }
        for (String name : PADS) {
            Integer id = added.get(name);
            if (id != null) {
                return id;
            }
        }
        return eos.orElseThrow(() -> new AssayException(
                ErrorKind.CHECKPOINT,
                file + ": no padding token: none is declared, none of " + PADS + " exists, and there is no end of"
                        + " text; set pad_token in tokenizer_config.json"));
    }

    private int requireSpecial(int pad) {
        if (!added.containsValue(pad)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    file + ": the padding token declared beside it, id " + pad
                            + ", is an ordinary word, and tools that look"
                            + " for padding would take that word for it; set pad_token in tokenizer_config.json to a special"
                            + " token such as "
                            + new TreeSet<>(added.keySet()).stream().limit(3).toList());
        }
        return pad;
    }

    /** The token that the tokenizer's own template puts in front of a text; byte-level templates stand in a sequence. */
    private OptionalInt inFront() {
        JsonNode processor = tokenizer.path("post_processor");
        List<JsonNode> templates = new ArrayList<>(List.of(processor));
        processor.path("processors").forEach(templates::add);
        for (JsonNode template : templates) {
            JsonNode first = template.path("single").path(0).path("SpecialToken");
            Integer id = added.get(first.path("id").asString(""));
            if (id != null) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }
}
