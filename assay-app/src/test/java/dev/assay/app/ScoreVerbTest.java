package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.app.MainTest.Ran;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.recipe.RewardModels;
import dev.assay.reward.RewardModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay score}: lines in, a reward or an error for each, in order. */
class ScoreVerbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static String model;

    @BeforeAll
    static void model() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1).toString();
    }

    private static Path input(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "input", ".jsonl"), text);
    }

    private static Ran score(String... more) {
        return MainTest.run(new String[] {"score", "--model", model}, more);
    }

    private static List<JsonNode> lines(Ran ran) {
        return ran.out().lines().map(JSON::readTree).toList();
    }

    @Test
    void score_answers_each_line_in_order_with_the_reward_of_the_java_api() throws IOException {
        Path lines = input("""
                {"prompt":"hi there","response":"go away"}
                {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}
                """);
        Ran ran = score(lines.toString());
        assertThat(ran.code()).isZero();
        List<JsonNode> rewards = lines(ran);
        assertThat(rewards).hasSize(2);
        List<Conversation> conversations = List.of(
                Conversation.of(Message.user("hi there"), Message.assistant("go away")),
                Conversation.of(Message.user("hi"), Message.assistant("ho")));
        try (RewardModel loaded = RewardModels.load(model)) {
            assertThat(rewards.stream().map(reward -> reward.get("reward").asDouble()))
                    .containsExactlyElementsOf(loaded.score(conversations).stream()
                            .map(reward -> reward.value())
                            .toList());
        }
    }

    @Test
    void score_keeps_order_across_many_chunks() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            lines.append("{\"prompt\":\"q\",\"response\":\"%s\"}\n".formatted("a".repeat(i % 50)));
        }
        List<Integer> tokens = lines(score(input(lines.toString()).toString())).stream()
                .map(line -> line.get("tokens").asInt())
                .toList();
        assertThat(tokens).hasSize(600);
        for (int i = 1; i < 600; i++) {
            assertThat(tokens.get(i) - tokens.get(0)).isEqualTo(i % 50);
        }
    }

    @Test
    void score_reads_gzipped_lines_and_says_where_they_are_cut_off() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("{\"prompt\":\"hi\",\"response\":\"ho\"}\n".repeat(3).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();
        Path zipped = Files.write(folder.resolve("lines.jsonl.gz"), whole);
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 8));

        assertThat(score(zipped.toString()).out().lines()).hasSize(3).allMatch(line -> line.contains("\"reward\""));
        Ran ran = score(cut.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.err()).contains("cut.jsonl.gz: the gzip data ends too early");
    }

    @Test
    void score_takes_its_input_by_place_or_by_name_but_not_twice() throws IOException {
        String file = input("{\"prompt\":\"a\",\"response\":\"b\"}\n").toString();
        Ran placed = score(file);
        assertThat(score("--input", file)).isEqualTo(placed);
        assertThat(placed.code()).isZero();
        Ran twice = score(file, "--input", "other.jsonl");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains(file).contains("--input other.jsonl").contains("leave one out");
    }

    @Test
    void bytes_that_are_no_utf_8_are_an_error_of_their_line() throws IOException {
        Path lines = input("");
        Files.write(
                lines,
                "{\"prompt\":\"a\",\"response\":\"b\"}\n{\"prompt\":\"a\",\"response\":\"caf\u00e9\"}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        Ran ran = score(lines.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.err())
                .contains(lines + ":2: this is not UTF-8; convert the file")
                .contains("1 of 2 lines have no reward")
                .doesNotContain("internal", "Input length");
    }

    @Test
    void a_line_that_cannot_be_read_gets_an_error_in_its_place_and_loses_no_other() throws IOException {
        Path lines = input("""
                {"prompt":"a","response":"b"}
                not json
                {"prompt":"a"}
                {"messages":[]}
                {"messages":[{"role":"wizard","content":"x"}]}
                {"messages":[{"role":"user","content":7}]}
                {"id":"asked","messages":[{"role":"user","content":"a"}]}
                {"id":{"row":8},"prompt":"a","response":"b"}
                """);
        Ran ran = score(lines.toString());
        assertThat(ran.code()).isEqualTo(2);
        List<JsonNode> out = lines(ran);
        assertThat(out).hasSize(8);
        assertThat(out.get(0).get("reward")).isEqualTo(out.get(7).get("reward"));
        assertThat(out.get(7).get("id").get("row").asInt()).isEqualTo(8);
        assertThat(out.get(1).get("error").asString()).contains(lines + ":2: no valid JSON");
        assertThat(out.get(2).get("error").asString()).contains("neither messages nor prompt and response");
        assertThat(out.get(3).get("error").asString()).contains("messages is empty");
        assertThat(out.get(4).get("error").asString()).contains("wizard");
        assertThat(out.get(5).get("error").asString()).contains("no text as its content");
        assertThat(out.get(6).get("error").asString()).contains("not the assistant's");
        assertThat(ran.err()).contains("6 of 8 lines have no reward");
    }

    @Test
    void a_conversation_that_the_template_refuses_loses_no_other_and_is_named_by_its_line() throws IOException {
        String lines = "{\"prompt\":\"a\",\"response\":\"b\"}\n".repeat(270)
                + "{\"id\":\"odd\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                + "{\"prompt\":\"a\",\"response\":\"b\"}\n";
        Path file = input(lines);
        Ran ran = MainTest.run(
                "score",
                "--model",
                TinyModels.refusingSystem(folder.resolve("refusing")).toString(),
                file.toString());
        assertThat(ran.code()).isEqualTo(2);
        List<JsonNode> out = lines(ran);
        assertThat(out).hasSize(272);
        assertThat(out.get(270).get("id").asString()).isEqualTo("odd");
        assertThat(out.get(270).get("error").asString())
                .contains(file + ":271")
                .contains("System role not supported")
                .contains("leave it out");
        // Scored with others beside it: on some processors sums are then taken in another order.
        assertThat(out.get(271).get("reward").asDouble())
                .isCloseTo(out.get(0).get("reward").asDouble(), within(1e-5));
        assertThat(ran.err()).contains("1 of 272 lines have no reward");
    }
}
