package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The verbs that take a model, on a tiny one. */
class ModelVerbsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static String model;
    private static String other;
    private static String pairs;

    @BeforeAll
    static void models() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1).toString();
        other = TinyModels.write(folder.resolve("other"), 2).toString();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"prompt\":\"q%d\",\"chosen\":\"yes %s\",\"rejected\":\"no %s\"}\n"
                    .formatted(i, "a".repeat(i % 7), "b".repeat(i % 5)));
        }
        pairs = Files.writeString(folder.resolve("pairs.jsonl"), rows).toString();
    }

    private static Path input(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "input", ".jsonl"), text);
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

        assertThat(MainTest.run("score", "--model", model, zipped.toString())
                        .out()
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"reward\""));
        Ran ran = MainTest.run("score", "--model", model, cut.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.err()).contains("cut.jsonl.gz: the gzip data ends too early");
    }

    @Test
    void score_answers_each_line_in_order_with_the_reward_of_the_java_api() throws IOException {
        Path lines = input("""
                {"prompt":"hi there","response":"go away"}
                {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}
                """);
        Ran ran = MainTest.run("score", "--model", model, lines.toString());
        assertThat(ran.code()).isZero();
        List<JsonNode> rewards = ran.out().lines().map(JSON::readTree).toList();
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
    void bytes_that_are_no_utf_8_are_an_error_of_their_line() throws IOException {
        Path lines = input("");
        Files.write(
                lines,
                "{\"prompt\":\"a\",\"response\":\"b\"}\n{\"prompt\":\"a\",\"response\":\"caf\u00e9\"}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        Ran ran = MainTest.run("score", "--model", model, lines.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.err())
                .contains(lines + ":2: this is not UTF-8; convert the file")
                .contains("1 of 2 lines have no reward")
                .doesNotContain("internal", "Input length");
    }

    @Test
    void score_keeps_order_across_many_chunks() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            lines.append("{\"prompt\":\"q\",\"response\":\"%s\"}\n".formatted("a".repeat(i % 50)));
        }
        Ran ran =
                MainTest.run("score", "--model", model, input(lines.toString()).toString());
        List<Integer> tokens = ran.out()
                .lines()
                .map(line -> JSON.readTree(line).get("tokens").asInt())
                .toList();
        assertThat(tokens).hasSize(600);
        for (int i = 1; i < 600; i++) {
            assertThat(tokens.get(i) - tokens.get(0)).isEqualTo(i % 50);
        }
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
        Ran ran = MainTest.run("score", "--model", model, lines.toString());
        assertThat(ran.code()).isEqualTo(2);
        List<JsonNode> out = ran.out().lines().map(JSON::readTree).toList();
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
        String refusing = refusing();
        String lines = "{\"prompt\":\"a\",\"response\":\"b\"}\n".repeat(270)
                + "{\"id\":\"odd\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                + "{\"prompt\":\"a\",\"response\":\"b\"}\n";
        Path file = input(lines);
        Ran ran = MainTest.run("score", "--model", refusing, file.toString());
        assertThat(ran.code()).isEqualTo(2);
        List<JsonNode> out = ran.out().lines().map(JSON::readTree).toList();
        assertThat(out).hasSize(272);
        assertThat(out.get(270).get("id").asString()).isEqualTo("odd");
        assertThat(out.get(270).get("error").asString())
                .contains(file + ":271")
                .contains("System role not supported")
                .contains("leave it out");
        assertThat(out.get(271).get("reward")).isEqualTo(out.get(0).get("reward"));
        assertThat(ran.err()).contains("1 of 272 lines have no reward");
    }

    @Test
    void evaluate_names_the_row_that_the_template_refuses() throws IOException {
        Path rows = input("{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}\n".repeat(2)
                + "{\"prompt\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"a\"}],"
                + "\"chosen\":\"b\",\"rejected\":\"c\"}\n");
        Ran ran = MainTest.run("evaluate", "--model", refusing(), "--data", "toy=" + rows + ":pairs");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(rows + ":3: ").contains("System role not supported");
    }

    private static String refusing() throws IOException {
        String template = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}"
                + "{% endif %}{% for m in messages %}{{ m['content'] }}{% endfor %}";
        return TinyModels.write(Files.createTempDirectory(folder, "refusing").resolve("model"), template, 3)
                .toString();
    }

    @Test
    void score_takes_its_input_by_place_or_by_name_but_not_twice() throws IOException {
        String file = input("{\"prompt\":\"a\",\"response\":\"b\"}\n").toString();
        Ran placed = MainTest.run("score", "--model", model, file);
        assertThat(MainTest.run("score", "--model", model, "--input", file)).isEqualTo(placed);
        assertThat(placed.code()).isZero();
        Ran twice = MainTest.run("score", "--model", model, file, "--input", "other.jsonl");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains(file).contains("--input other.jsonl").contains("leave one out");
    }

    @Test
    void numbers_out_of_range_are_the_users_error_with_the_rule() {
        for (String verb : List.of("evaluate", "calibrate")) {
            for (String bins : List.of("0", "-3", "1001")) {
                Ran ran = MainTest.run(verb, "--model", model, "--data", "toy=" + pairs, "--bins", bins);
                assertThat(ran.code()).as(verb + bins).isEqualTo(2);
                assertThat(ran.err()).contains("--bins " + bins + ": must lie in [1, 1000]");
            }
        }
        Ran bar = MainTest.run("evaluate", "--model", model, "--data", "toy=" + pairs, "--min-accuracy", "NaN");
        assertThat(bar.code()).isEqualTo(2);
        assertThat(bar.err()).contains("--min-accuracy NaN: must be a finite number");
        assertThat(MainTest.run("doctor", "--seconds", "-1").code()).isEqualTo(2);
    }

    @Test
    void evaluate_counts_the_pairs_that_the_model_could_not_read_whole() throws IOException {
        String rows = "{\"prompt\":\"q\",\"chosen\":\"yes\",\"rejected\":\"no\"}\n".repeat(3)
                + "{\"prompt\":\"q\",\"chosen\":\"yes\",\"rejected\":\"%s\"}\n".formatted("n".repeat(200));
        Ran ran = MainTest.run("evaluate", "--model", model, "--data", "toy=" + input(rows), "--json", "-");

        JsonNode toy = JSON.readTree(ran.out()).get("sources").get("toy");
        assertThat(toy.get("n").asInt()).isEqualTo(4);
        assertThat(toy.get("truncated").asInt()).isEqualTo(1);
    }

    @Test
    void evaluate_prints_a_table_and_writes_the_json_contract() throws IOException {
        Path json = folder.resolve("result.json");
        Ran ran = MainTest.run("evaluate", "--model", model, "--data", "toy=" + pairs, "--json", json.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("toy").contains("accuracy").contains("%");
        JsonNode result = JSON.readTree(Files.readString(json));
        assertThat(result.get("model").asString()).isEqualTo(model);
        assertThat(result.get("sources").get("toy").get("n").asInt()).isEqualTo(40);
        assertThat(result.get("sources").get("toy").get("ece").has("high")).isTrue();
    }

    @Test
    void evaluate_says_how_far_rewards_follow_length_when_asked() {
        String[] arguments = {"evaluate", "--model", model, "--data", "toy=" + pairs, "--lengths"};
        Ran ran = MainTest.run(arguments);
        assertThat(ran.out()).contains("the better answer is").contains("Spearman");
        JsonNode length = JSON.readTree(
                        MainTest.run(with(with(arguments, "--json"), "-")).out())
                .get("length")
                .get("toy");
        assertThat(length.get("rows").asInt()).isEqualTo(40);
        assertThat(length.get("prefersLonger").has("low")).isTrue();
        int inBuckets = 0;
        for (JsonNode bucket : length.get("buckets")) {
            inBuckets += bucket.get("rows").asInt();
        }
        assertThat(inBuckets).isEqualTo(40);
        assertThat(MainTest.run("evaluate", "--model", model, "--data", "toy=" + pairs)
                        .out())
                .doesNotContain("the better answer is");
    }

    @Test
    void evaluate_bins_as_asked_and_warns_where_the_middle_bin_hides_its_gap() {
        String[] arguments = {
            "evaluate",
            "--model",
            model,
            "--data",
            "toy=" + pairs,
            "--json",
            "-",
            "--binning",
            "equal-mass",
            "--form",
            "both-orders",
            "--bins"
        };
        Ran odd = MainTest.run(with(arguments, "5"));
        JsonNode result = JSON.readTree(odd.out());
        assertThat(result.get("binning").asString()).isEqualTo("equal-mass");
        assertThat(result.get("form").asString()).isEqualTo("both-orders");
        assertThat(result.get("pooled").get("reliability")).hasSize(5);
        assertThat(odd.err()).contains("odd number of bins (5)").contains("even number");
        assertThat(MainTest.run(with(arguments, "6")).err()).isEmpty();
        Ran wrong = MainTest.run("evaluate", "--model", model, "--data", "toy=" + pairs, "--binning", "wide");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--binning wide").contains("equal-width, equal-mass");
    }

    @Test
    void a_file_without_pairs_is_named_with_what_was_expected_and_not_taken_for_ties() throws IOException {
        Path empty = input("");
        for (List<String> verb : List.of(
                List.of("evaluate", "--model", model),
                List.of("compare", model, other),
                List.of("calibrate", "--model", model))) {
            Ran ran = MainTest.run(Stream.concat(verb.stream(), Stream.of("--data", "toy=" + empty))
                    .toArray(String[]::new));
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("--data toy=" + empty)
                    .contains("holds no pairs")
                    .contains("\"rejected\"")
                    .contains("assay data audit")
                    .doesNotContain("labelled as ties");
        }
    }

    @Test
    void evaluate_says_by_its_code_when_the_bar_is_missed() {
        String[] arguments = {"evaluate", "--model", model, "--data", "toy=" + pairs + ":pairs", "--min-accuracy"};
        assertThat(MainTest.run(with(arguments, "1.1")).code()).isEqualTo(1);
        assertThat(MainTest.run(with(arguments, "0")).code()).isZero();
    }

    private static String[] with(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @Test
    void a_model_does_not_differ_from_itself_and_compare_says_which_way_it_goes() {
        Ran same = MainTest.run("compare", model, model, "--data", "toy=" + pairs, "--json");
        JsonNode tree = JSON.readTree(same.out());
        assertThat(tree.get("sources").get("toy").get("mcnemar").get("midP").asDouble())
                .isEqualTo(1);
        JsonNode about = tree.get("about");
        assertThat(about.get("models").get(1).asString()).isEqualTo(model);
        assertThat(about.get("data").get(0).asString()).isEqualTo("toy=" + pairs);
        assertThat(about.get("level").asDouble()).isEqualTo(0.95);
        assertThat(about.get("seed").asLong()).isZero();
        assertThat(tree.get("average").get("n"))
                .isEqualTo(tree.get("sources").get("toy").get("n"));
        assertThat(tree.get("average").get("ece").get("estimate").has("low")).isTrue();
        Ran text = MainTest.run("compare", model, other, "--data", "toy=" + pairs);
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains(other + " minus " + model).contains("McNemar p");
        Ran named = MainTest.run("compare", "--model", model, "--model", other, "--data", "toy=" + pairs);
        assertThat(named).isEqualTo(text);
        Ran one = MainTest.run("compare", model, "--data", "toy=" + pairs);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("1 are given").contains("compare MODEL MODEL");
    }

    @Test
    void compare_bins_as_asked_says_so_and_warns_as_evaluate_does() {
        String[] arguments = {
            "compare",
            model,
            other,
            "--data",
            "toy=" + pairs,
            "--binning",
            "equal-mass",
            "--form",
            "both-orders",
            "--bins"
        };
        JsonNode about = JSON.readTree(
                        MainTest.run(with(with(arguments, "6"), "--json")).out())
                .get("about");
        assertThat(about.get("bins").asInt()).isEqualTo(6);
        assertThat(about.get("binning").asString()).isEqualTo("equal-mass");
        assertThat(about.get("form").asString()).isEqualTo("both-orders");
        assertThat(about.get("rewards").asString()).isEqualTo("raw");
        Ran odd = MainTest.run(with(arguments, "5"));
        assertThat(odd.out()).contains("ECE over 5 bins of equal mass").contains("raw rewards");
        assertThat(odd.err()).contains("odd number of bins (5)");
        double three = JSON.readTree(
                        MainTest.run("compare", model, other, "--data", "toy=" + pairs, "--json", "--bins", "3")
                                .out())
                .at("/average/ece/estimate/value")
                .asDouble();
        assertThat(three)
                .as("3 bins against 10")
                .isNotEqualTo(JSON.readTree(MainTest.run("compare", model, other, "--data", "toy=" + pairs, "--json")
                                .out())
                        .at("/average/ece/estimate/value")
                        .asDouble());
    }

    @Test
    void export_gives_the_same_rewards_and_never_overwrites() {
        String exported = folder.resolve("exported").toString();
        assertThat(MainTest.run("export", "--model", model, "--to", exported).code())
                .isZero();
        Conversation conversation = Conversation.of(Message.user("hi"), Message.assistant("ho"));
        try (RewardModel first = RewardModels.load(model);
                RewardModel second = RewardModels.load(exported)) {
            assertThat(second.score(conversation)).isEqualTo(first.score(conversation));
        }
        Ran nowhere = MainTest.run("export", "--model", model, "--to", "/proc/x");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("/proc/x: cannot be written: no file can be made in /proc; ");
        Ran again = MainTest.run("export", "--model", model, "--to", exported);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
    }

    /** Transformers reads the reward at the last token that is no padding. */
    @Test
    void export_says_where_recorded_texts_end_with_the_padding_token() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("ends-with-padding"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            if (Files.exists(Path.of(model, name))) {
                Files.copy(Path.of(model, name), copy.resolve(name));
            }
        }
        String manifest = Files.readString(Path.of(model, "assay.json"));
        int end = JsonMapper.shared()
                .readTree(manifest)
                .at("/golden/0/tokens")
                .valueStream()
                .reduce((a, b) -> b)
                .orElseThrow()
                .asInt();
        Files.writeString(copy.resolve("assay.json"), manifest.replaceFirst("\"pad\" ?: ?\\d+", "\"pad\": " + end));
        Ran ran = MainTest.run(
                "export",
                "--model",
                copy.toString(),
                "--to",
                folder.resolve("padded").toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("texts end with token " + end + ", which is the padding token too");
        assertThat(MainTest.run(
                                "export",
                                "--model",
                                model,
                                "--to",
                                folder.resolve("plain").toString())
                        .err())
                .doesNotContain("padding token");
    }

    @Test
    void wrong_models_and_data_are_the_users_error_with_the_next_step() throws IOException {
        Ran absent = MainTest.run("score", "--model", "absent");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("absent is not there");
        Path run = Files.createDirectories(folder.resolve("run"));
        assertThat(MainTest.run("score", "--model", run.toString()).err()).contains("no config.json");
        Files.writeString(run.resolve("recipe.yaml"), "");
        assertThat(MainTest.run("score", "--model", run.toString()).err()).contains("no checkpoint yet");
        assertThat(MainTest.run("evaluate", "--model", model, "--data", "toy").err())
                .contains("NAME=PATH");
        assertThat(MainTest.run("evaluate", "--model", model, "--data", "toy=absent.jsonl")
                        .err())
                .contains("absent.jsonl is not a file");
        Ran one = MainTest.run("compare", model, "--data", "toy=" + pairs);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("MODEL");
        assertThat(MainTest.run("report", run.resolve("nothing").toString()).code())
                .isEqualTo(2);
    }

    @Test
    void a_run_folder_stands_for_its_best_checkpoint() throws IOException {
        Path run = folder.resolve("finished");
        TinyModels.write(Files.createDirectories(run.resolve("checkpoints")).resolve("best"), 2);
        TinyModels.write(run.resolve("checkpoints").resolve("last"), 1);
        assertThat(RewardModels.folder(run.toString())).isEqualTo(run.resolve("checkpoints/best"));
    }
}
