package dev.assay.data.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The shipped tokenizer is the lexicon's; {@code -Dassay.regenerate=true} writes it anew after a change of words. */
class SimulationTokenizerTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/assay/data/simulation");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String TEMPLATE = "{% for message in messages %}<|{{ message.role }}|> {{ message.content }} "
            + "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% else %}<|endoftext|>{% endif %}";

    @BeforeAll
    static void regenerate() throws Exception {
        if (Boolean.getBoolean("assay.regenerate")) {
            Files.writeString(FOLDER.resolve("tokenizer.json"), JSON.writeValueAsString(tokenizer()) + "\n");
            Files.writeString(FOLDER.resolve("tokenizer_config.json"), JSON.writeValueAsString(settings()) + "\n");
        }
    }

    @Test
    void the_shipped_files_hold_the_words_of_the_lexicon() throws Exception {
        assertThat(JSON.readTree(FOLDER.resolve("tokenizer.json"))).isEqualTo(JSON.valueToTree(tokenizer()));
        assertThat(JSON.readTree(FOLDER.resolve("tokenizer_config.json"))).isEqualTo(JSON.valueToTree(settings()));
    }

    @Test
    void every_simulated_text_is_made_of_known_words() throws Exception {
        JsonNode vocabulary =
                JSON.readTree(FOLDER.resolve("tokenizer.json")).get("model").get("vocab");
        SimulatedWorld world = new SimulatedWorld(WorldConfig.DEFAULT.withSizes(3, 500, 100));
        for (Part part : Part.values()) {
            world.pairs(part)
                    .forEach(source -> source.pairs().forEach(pair -> {
                        String text = pair.chosenConversation().text() + " "
                                + pair.rejected().text();
                        assertThat(Lexicon.tokens(text)).allMatch(vocabulary::has);
                    }));
        }
    }

    private static Map<String, Object> tokenizer() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        SimulationTokenizer.vocabulary().forEach(token -> ids.put(token, ids.size()));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", "1.0");
        root.put("truncation", null);
        root.put("padding", null);
        root.put(
                "added_tokens",
                SimulationTokenizer.SPECIAL_TOKENS.stream()
                        .map(token -> special(token, SimulationTokenizer.SPECIAL_TOKENS.indexOf(token)))
                        .toList());
        root.put("normalizer", Map.of("type", "Lowercase"));
        root.put("pre_tokenizer", Map.of("type", "Whitespace"));
        root.put("post_processor", null);
        root.put("decoder", null);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "WordLevel");
        model.put("vocab", ids);
        model.put("unk_token", "<|unknown|>");
        root.put("model", model);
        return root;
    }

    private static Map<String, Object> special(String token, int id) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", id);
        entry.put("content", token);
        for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
            entry.put(flag, false);
        }
        entry.put("special", true);
        return entry;
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tokenizer_class", "PreTrainedTokenizerFast");
        settings.put("bos_token", null);
        settings.put("eos_token", "<|endoftext|>");
        settings.put("pad_token", "<|padding|>");
        settings.put("unk_token", "<|unknown|>");
        settings.put("model_max_length", 256);
        settings.put("chat_template", TEMPLATE);
        return settings;
    }
}
