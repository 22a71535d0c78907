package dev.assay.network;

import dev.assay.backbone.LoadOptions;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.Conversation;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.ConversationEncoder;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.PlainFormat;
import dev.assay.tokenization.Tokenizer;
import dev.assay.tokenization.Truncation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Model folders that score text, made of the golden models and a tokenizer of single characters. */
final class ScoringModels {
    private static final String CHARACTERS = " \n:?.,!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW";

    private ScoringModels() {}

    /** Writes the golden model of a family with the tokenizer, as Assay exports a trained model. */
    static Path export(String family, Path folder) {
        Path golden = Path.of("../golden/backbone").resolve(family);
        Path tokenizerFolder = folder.resolveSibling("tokenizer");
        writeTokenizer(tokenizerFolder);
        Truncation truncation = new Truncation(48, Truncation.Side.PROMPT_LEFT);
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(tokenizerFolder);
                RewardNetwork network = RewardNetwork.load(golden, LoadOptions.training(Precision.FLOAT32))) {
            ModelManifest manifest = new ModelManifest(
                    "",
                    "",
                    1,
                    Precision.FLOAT32.configName(),
                    tokenizer.specialTokens(),
                    PlainFormat.NAME,
                    truncation,
                    Map.of(),
                    List.of());
            Map<Conversation, int[]> samples = ModelExport.samples(
                    new ConversationEncoder(tokenizer, new PlainFormat(), truncation), ModelExport.SAMPLES);
            ModelExport.write(network, folder, tokenizerFolder, Precision.FLOAT32, manifest, samples);
        }
        return folder;
    }

    static void writeTokenizer(Path folder) {
        Map<String, Object> vocabulary = new LinkedHashMap<>();
        List<String> special = List.of("<pad>", "<s>", "</s>", "<unk>");
        special.forEach(token -> vocabulary.put(token, vocabulary.size()));
        CHARACTERS.chars().forEach(c -> vocabulary.put(Character.toString(c), vocabulary.size()));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "WordLevel");
        model.put("vocab", vocabulary);
        model.put("unk_token", "<unk>");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put(
                "added_tokens",
                special.stream()
                        .map(token -> added(token, special.indexOf(token)))
                        .toList());
        json.put(
                "pre_tokenizer",
                Map.of(
                        "type",
                        "Split",
                        "pattern",
                        Map.of("Regex", "[\\s\\S]"),
                        "behavior",
                        "Isolated",
                        "invert",
                        false));
        json.put("model", model);
        JsonMapper mapper = JsonMapper.builder().build();
        AtomicFile.write(folder.resolve("tokenizer.json"), mapper.writeValueAsString(json));
        AtomicFile.write(
                folder.resolve("tokenizer_config.json"),
                mapper.writeValueAsString(
                        Map.of("bos_token", "<s>", "eos_token", "</s>", "pad_token", "<pad>", "add_bos_token", true)));
    }

    private static Map<String, Object> added(String token, int id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("content", token);
        json.put("special", true);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            json.put(flag, false);
        }
        return json;
    }
}
