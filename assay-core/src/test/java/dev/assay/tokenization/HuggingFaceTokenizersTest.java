package dev.assay.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.testing.SharedAssets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HuggingFaceTokenizersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gpt-neox-20b", "llama-3", "qwen2", "llama-2", "minimind"})
    void texts_have_the_ids_of_the_reference_and_come_back(String name) throws IOException {
        Path vectors = SharedAssets.require("tokenizers/" + name + "/vectors/text.jsonl.gz");
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(vectors)), StandardCharsets.UTF_8))) {
            lines.lines().map(JsonMapper.shared()::readTree).forEach(rows::add);
        }
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(SharedAssets.require("tokenizers/" + name))) {
            List<int[]> batch = tokenizer.encodeAll(
                    rows.stream().map(row -> row.get("text").asString()).toList());
            assertThat(rows).hasSizeGreaterThan(100);
            for (int i = 0; i < rows.size(); i++) {
                int[] ids = JsonMapper.shared().convertValue(rows.get(i).get("ids"), int[].class);
                assertThat(tokenizer.encode(rows.get(i).get("text").asString())).containsExactly(ids);
                assertThat(batch.get(i)).containsExactly(ids);
                assertThat(tokenizer.decode(ids))
                        .isEqualTo(rows.get(i).get("decoded").asString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-neox-20b", "llama-3", "qwen2", "llama-2"})
    void published_vectors_are_equal(String name) throws IOException {
        Path vectors = SharedAssets.require("tokenizers/" + name + "/vectors");
        Path inputs = vectors.resolve("llama.cpp.inp");
        Assumptions.assumeTrue(Files.exists(inputs), () -> "no published vectors for " + name);
        String[] texts = Files.readString(inputs).split("\n__ggml_vocab_test__\n", -1);
        List<String> outputs = Files.readAllLines(vectors.resolve("llama.cpp.out"));
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(SharedAssets.require("tokenizers/" + name))) {
            assertThat(outputs).hasSize(46);
            for (int i = 0; i < outputs.size(); i++) {
                int[] expected = Arrays.stream(outputs.get(i).strip().split("\\s+"))
                        .filter(id -> !id.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
                assertThat(tokenizer.encode(texts[i])).as(texts[i]).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tokenizers/gpt-neox-20b, -1, 0, 1, false",
        "models/nano-neox-3m, 0, 0, 1, false",
        "tokenizers/llama-3, 128000, 128009, 128009, true",
        "tokenizers/qwen2, -1, 151645, 151643, false",
        "tokenizers/llama-2, 1, 2, 0, true"
    })
    void special_tokens_follow_the_files_and_never_a_normal_word(
            String path, int bos, int eos, int pad, boolean addBos) {
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(SharedAssets.require(path))) {
            SpecialTokens special = tokenizer.specialTokens();
            assertThat(special.bos().orElse(-1)).isEqualTo(bos);
            assertThat(special.eos().orElse(-1)).isEqualTo(eos);
            assertThat(special.pad()).isEqualTo(pad);
            assertThat(special.addBos()).isEqualTo(addBos);
        }
    }

    @Test
    void a_folder_without_a_tokenizer_says_how_to_get_one() {
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("tokenizer.json: not there")
                .hasMessageContaining("save_pretrained");
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder.resolve("nope")))
                .hasMessageEndingWith("nope: not there; check the path");
    }

    private void tokenizer(String... files) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
                 "added_tokens": [{"id": 0, "content": "<|endoftext|>", "special": true, "single_word": false,
                   "lstrip": false, "rstrip": false, "normalized": false}],
                 "model": {"type": "WordLevel", "unk_token": "<|endoftext|>",
                   "vocab": {"<|endoftext|>": 0, "word": 1, "other": 2}}}
                """);
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1]);
        }
    }

    @Test
    void declared_ids_that_cannot_be_right_are_errors_and_a_negative_one_means_none() throws IOException {
        tokenizer("config.json", "{\"eos_token_id\": 3, \"pad_token_id\": 0}");
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder))
                .hasMessageContaining("config.json: eos_token_id 3 is outside the vocabulary of 3 tokens");
        tokenizer("config.json", "{\"eos_token_id\": 3, \"pad_token_id\": -1, \"vocab_size\": 8}");
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            assertThat(tokenizer.specialTokens().eos()).hasValue(3);
            assertThat(tokenizer.specialTokens().pad()).isZero();
        }
        tokenizer("config.json", "{}", "tokenizer_config.json", "{\"pad_token\": \"word\"}");
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder)).hasMessageContaining("id 1, is an ordinary word");
        tokenizer("tokenizer_config.json", "{\"pad_token\": \"absent\"}");
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder)).hasMessageContaining("not in its vocabulary");
    }

    @Test
    void a_bare_tokenizer_ends_texts_as_its_family_does() throws IOException {
        tokenizer();
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            assertThat(tokenizer.specialTokens().text()).isEqualTo("begin none, end 0, padding 0");
        }
        tokenizer("tokenizer_config.json", "{\"eos_token\": null}", "config.json", "{\"pad_token_id\": 0}");
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            assertThat(tokenizer.specialTokens().eos()).isEmpty();
        }
    }

    @Test
    void a_bare_tokenizer_begins_texts_as_its_own_template_does() throws IOException {
        tokenizer();
        Path file = folder.resolve("tokenizer.json");
        String template = """
                {"type": "TemplateProcessing", "pair": [],
                 "single": [{"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                 "special_tokens": {"<|endoftext|>": {"id": "<|endoftext|>", "ids": [0], "tokens": ["<|endoftext|>"]}}}""";
        String plain = Files.readString(file);
        for (String processor : List.of(
                template,
                "{\"type\": \"Sequence\", \"processors\": [{\"type\": \"ByteLevel\", \"add_prefix_space\": false,"
                        + " \"trim_offsets\": true, \"use_regex\": true}, " + template + "]}")) {
            Files.writeString(file, plain.replace("\"model\":", "\"post_processor\": " + processor + ", \"model\":"));
            try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
                assertThat(tokenizer.specialTokens().text()).isEqualTo("begin 0, end 0, padding 0");
            }
        }
    }

    private String probe(String subject) throws IOException, InterruptedException {
        tokenizer();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NetworkProbe.class.getName(),
                subject,
                folder.resolve("tokenizer.json").toString());
        builder.environment().keySet().removeAll(List.of("DJL_OFFLINE", "OPT_OUT_TRACKING"));
        Path errors = folder.resolve("errors.txt");
        Process process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output + Files.readString(errors)).isZero();
        return output;
    }

    /** The second assertion shows that the first would see it. */
    @Test
    void no_tokenizer_call_asks_the_network_though_the_library_would() throws Exception {
        assertThat(probe("assay")).contains("word other: 2").doesNotContain("asked");
        assertThat(probe("library")).contains("asked http://169.254.169.254");
    }

    @Test
    void a_broken_tokenizer_names_its_file() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": ");
        assertThatThrownBy(() -> HuggingFaceTokenizers.load(folder)).hasMessageContaining("tokenizer.json");
    }
}
