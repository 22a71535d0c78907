package dev.assay.app;

import dev.assay.backbone.Backbone;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.head.ScalarHead;
import dev.assay.network.ModelExport;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.ChatFormat;
import dev.assay.tokenization.ConversationEncoder;
import dev.assay.tokenization.ConversationFormat;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.PlainFormat;
import dev.assay.tokenization.Tokenizer;
import dev.assay.tokenization.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Model folders small enough to make in a test (one block, a vocabulary of single characters, random weights), and pairs
 * for them.
 */
final class TinyModels {
    private static final String CHARACTERS = " \n:?.,!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW";

    private TinyModels() {}

    /** Writes a model that counts as trained; another seed is another model. */
    static Path write(Path folder, long seed) throws IOException {
        return write(folder, tokenizer(folder, Map.of()), new PlainFormat(), seed);
    }

    /** The same with a chat template. */
    static Path write(Path folder, String template, long seed) throws IOException {
        Path tokenizer = tokenizer(folder, Map.of("chat_template", template));
        return write(folder, tokenizer, ChatFormat.of(tokenizer), seed);
    }

    /** The same with a chat template that refuses messages of the system. */
    static Path refusingSystem(Path folder) throws IOException {
        String template = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}"
                + "{% endif %}{% for m in messages %}{{ m['content'] }}{% endfor %}";
        return write(folder, template, 3);
    }

    /** Writes so many pairs of several lengths; in every third, "no" is the better answer. */
    static Path pairs(Path file, int n) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < n; i++) {
            String yes = "yes " + "a".repeat(i % 7);
            String no = "no " + "b".repeat(i % 5);
            boolean turned = i % 3 == 0;
            rows.append("{\"prompt\":\"q%d\",\"chosen\":\"%s\",\"rejected\":\"%s\"}\n"
                    .formatted(i, turned ? no : yes, turned ? yes : no));
        }
        return Files.writeString(file, rows);
    }

    private static Path tokenizer(Path model, Map<String, String> more) throws IOException {
        Path folder = Files.createDirectories(model.resolveSibling(model.getFileName() + "-tokenizer"));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        Map<String, String> config = new LinkedHashMap<>(Map.of("eos_token", "<e>", "pad_token", "<p>"));
        config.putAll(more);
        Files.writeString(folder.resolve("tokenizer_config.json"), ConversationLines.JSON.writeValueAsString(config));
        return folder;
    }

    private static Path write(Path folder, Path tokenizerFolder, ConversationFormat format, long seed) {
        Map<String, Object> config = Map.of(
                "model_type", "llama",
                "vocab_size", 64,
                "hidden_size", 16,
                "intermediate_size", 32,
                "num_hidden_layers", 1,
                "num_attention_heads", 2,
                "max_position_embeddings", 128,
                "initializer_range", 0.5,
                "rms_norm_eps", 1e-5);
        Backbone backbone = BackboneCatalog.random(BackboneCatalog.config(ModelConfig.of(config, "tiny")), seed);
        Truncation truncation = new Truncation(100, Truncation.Side.PROMPT_LEFT);
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(tokenizerFolder);
                RewardNetwork network = new RewardNetwork(backbone, ScalarHead.random(16, 1, seed))) {
            ModelManifest manifest = new ModelManifest(
                    "", "", 1, "float32", tokenizer.specialTokens(), format.name(), truncation, Map.of(), List.of());
            ModelExport.write(
                    network,
                    folder,
                    tokenizerFolder,
                    Precision.FLOAT32,
                    manifest,
                    ModelExport.samples(new ConversationEncoder(tokenizer, format, truncation), ModelExport.SAMPLES));
        }
        return folder;
    }

    private static String tokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        List.of("<p>", "<e>", "<u>").forEach(token -> vocabulary.put(token, vocabulary.size()));
        CHARACTERS.chars().forEach(c -> vocabulary.put(Character.toString(c), vocabulary.size()));
        return """
                {"version":"1.0","added_tokens":[%s,%s],
                 "pre_tokenizer":{"type":"Split","pattern":{"Regex":"[\\\\s\\\\S]"},"behavior":"Isolated","invert":false},
                 "model":{"type":"WordLevel","unk_token":"<u>","vocab":%s}}
                """.formatted(added("<p>", 0), added("<e>", 1), ConversationLines.JSON.writeValueAsString(vocabulary));
    }

    private static String added(String token, int id) {
        return ("{\"id\":%d,\"content\":\"%s\",\"special\":true,\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                        + "\"normalized\":false}")
                .formatted(id, token);
    }
}
