package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.app.MainTest.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Explaining and steering from the command line, on the golden mixture in the published layout. */
class ExplainVerbTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MIXTURE = "../golden/armorm/published";
    private static final String PAIR =
            "{\"id\":\"p1\",\"prompt\":\"Hi?\",\"chosen\":\"Hello.\",\"rejected\":\"No.\"}\n";
    private static final String ONE = "{\"prompt\":\"Hi?\",\"response\":\"Hello.\"}\n";

    /** Absolute, for a reward in fp32. */
    private static final double FLOAT32 = 1e-5;

    @TempDir
    Path folder;

    private Path input(String text) throws IOException {
        return Files.writeString(folder.resolve("input.jsonl"), text);
    }

    private static Ran run(String verb, String... arguments) {
        return MainTest.run(new String[] {verb, "--model", MIXTURE}, arguments);
    }

    private static JsonNode json(String verb, String... arguments) {
        Ran ran = run(verb, arguments);
        assertThat(ran.code()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    @Test
    void explain_writes_a_tree_a_picture_a_page_and_json_that_say_the_same() throws IOException {
        Path svg = folder.resolve("bars.svg");
        Path html = folder.resolve("page.html");
        Path lines = folder.resolve("out.jsonl");
        String file = input(PAIR + ONE).toString();
        Ran ran = run(
                "explain",
                "--input",
                file,
                "--svg",
                svg.toString(),
                "--html",
                html.toString(),
                "--json",
                lines.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        List<JsonNode> json =
                Files.readAllLines(lines).stream().map(JSON::readTree).toList();
        assertThat(json).hasSize(2);
        assertThat(json.getFirst().get("id").asString()).isEqualTo("p1");
        String decided = json.getFirst().get("decided_by").asString();
        assertThat(ran.out())
                .startsWith("p1\n")
                .contains("difference ")
                .contains(decided)
                .contains("objective-5");
        assertThat(Files.readString(svg)).startsWith("<svg").contains(decided);
        assertThat(Files.readString(html)).contains("Hello.").contains(decided);
        // One was scored beside another answer: equal but for the rounding of fp32.
        assertThat(json.getLast().get("reward").asDouble())
                .isCloseTo(json.getFirst().get("chosen").get("reward").asDouble(), within(FLOAT32));
    }

    @Test
    void bytes_that_are_no_text_are_named_by_their_line() throws IOException {
        Path file = input(ONE);
        Files.write(file, new byte[] {'{', (byte) 0xC3, '}', '\n'}, StandardOpenOption.APPEND);
        Ran ran = run("explain", "--input", file.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(file + ":2").contains("UTF-8");
    }

    @Test
    void without_input_a_sample_is_explained() {
        assertThat(run("explain", "--top", "2").out()).contains("a sample").contains("3 more together");
    }

    @Test
    void the_objectives_shown_may_go_by_their_coefficients() {
        JsonNode objectives = json("explain", "--json", "-").at("/explanation/objectives");
        assertThat(run("explain", "--top", "1").out()).contains(largest(objectives, "contribution") + " ");
        String first = largest(objectives, "coefficient");
        String shown = run("explain", "--top", "1", "--top-by", "coefficient").out();
        assertThat(shown).contains(first + " ").contains("more together");
        for (JsonNode other : objectives) {
            String name = other.get("name").asString();
            assertThat(shown.contains(name + " ")).as(name).isEqualTo(name.equals(first));
        }
        Ran wrong = run("explain", "--top-by", "gate");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--top-by gate is not known; choose one of [contribution, coefficient]");
    }

    private static String largest(JsonNode objectives, String by) {
        return objectives
                .valueStream()
                .max(Comparator.comparingDouble(each -> Math.abs(each.get(by).asDouble())))
                .orElseThrow()
                .get("name")
                .asString();
    }

    @Test
    void a_score_names_the_steering_it_depends_on() throws IOException {
        String file = input(ONE).toString();
        assertThat(json("score", file).has("steering")).isFalse();
        assertThat(json("score", file, "--ignore", "objective-2").get("steering"))
                .isEqualTo(JSON.readTree("{\"ignore\":[\"objective-2\"]}"));
    }

    @Test
    void score_and_explain_agree_and_score_carries_the_objectives() throws IOException {
        String file = input(ONE).toString();
        JsonNode scored = json("score", file);
        JsonNode explained = json("explain", "--input", file, "--json", "-");
        assertThat(scored.get("reward").asDouble())
                .isEqualTo(explained.get("reward").asDouble());
        assertThat(scored.get("objectives").size()).isEqualTo(5);
    }

    @Test
    void steering_reaches_score_explain_and_evaluate() throws IOException {
        String file = input(ONE).toString();
        String[] wish = {"--input", file, "--steer", "objective-1=1", "--steer-blend", "1", "--ignore", "objective-2"};
        JsonNode free = json("explain", "--input", file, "--json", "-");
        JsonNode explained =
                JSON.readTree(MainTest.run(new String[] {"explain", "--model", MIXTURE, "--json", "-"}, wish)
                        .out());
        JsonNode scored = json("score", wish);
        JsonNode first = explained.get("explanation").get("objectives").get(0);
        assertThat(first.get("gate").asDouble()).isEqualTo(1);
        assertThat(scored.get("reward")).isEqualTo(explained.get("reward"));
        assertThat(scored.get("reward")).isNotEqualTo(free.get("reward"));
        String pairs = Files.writeString(folder.resolve("pairs.jsonl"), PAIR).toString();
        assertThat(run("evaluate", "--data", "p=" + pairs, "--at-least", "objective-1=0.9")
                        .code())
                .isZero();
    }

    @Test
    void steering_without_a_say_is_refused_with_what_is_missing() throws IOException {
        String file = input(ONE).toString();
        for (String verb : List.of("score", "explain")) {
            Ran blend = run(verb, "--input", file, "--steer-blend", "0.5", "--at-least-strength", "50");
            assertThat(blend.code()).isEqualTo(2);
            assertThat(blend.err())
                    .contains("--steer-blend 0.5 is the share of --steer, which is not given")
                    .contains("--at-least-strength 50.0 is that of --at-least, which is not given");
            Ran none = run(verb, "--input", file, "--steer", "objective-1=1", "--steer-blend", "0");
            assertThat(none.code()).isEqualTo(2);
            assertThat(none.err()).contains("--steer has no say; give a share above 0");
        }
    }

    @Test
    void what_is_measured_says_how_it_was_steered() throws IOException {
        String pairs = Files.writeString(folder.resolve("pairs.jsonl"), PAIR).toString();
        JsonNode steering = json(
                        "evaluate",
                        "--data",
                        "p=" + pairs,
                        "--json",
                        "-",
                        "--steer",
                        "objective-1=-1",
                        "--ignore",
                        "objective-2",
                        "--at-least",
                        "objective-3=0.5")
                .get("steering");
        assertThat(steering)
                .isEqualTo(JSON.readTree(
                        "{\"weights\":{\"objective-1\":-1.0},\"blend\":1.0,\"ignore\":[\"objective-2\"],\"atLeast\":"
                                + "[{\"objective\":\"objective-3\",\"minimum\":0.5,\"strength\":10.0}]}"));
        assertThat(json("evaluate", "--data", "p=" + pairs, "--json", "-").has("steering"))
                .isFalse();
    }

    @Test
    void a_mixture_is_compared_with_itself_steered() throws IOException {
        String pairs = Files.writeString(folder.resolve("pairs.jsonl"), PAIR).toString();
        String[] wish = {"compare", MIXTURE, MIXTURE, "--data", "p=" + pairs, "--json", "--steer", "objective-1=-1"};
        JsonNode both = JSON.readTree(MainTest.run(wish).out());
        JsonNode second =
                JSON.readTree(MainTest.run(wish, "--steered", "second").out());
        assertThat(difference(both)).isZero();
        assertThat(difference(second)).isNotZero();
        assertThat(second.get("steered").asString()).isEqualTo("second");
        assertThat(second.get("steering").get("weights").get("objective-1").asDouble())
                .isEqualTo(-1);
    }

    private static double difference(JsonNode comparison) {
        return comparison.get("average").get("nll").get("estimate").get("value").asDouble();
    }

    @Test
    void a_benchmark_measures_a_mixture_as_it_is_steered() throws IOException {
        String rows = Files.writeString(
                        folder.resolve("bench.jsonl"),
                        "{\"prompt\":\"q\",\"chosen\":\"yes\",\"chosen_model\":\"m\",\"rejected\":\"no\","
                                + "\"rejected_model\":\"n\",\"subset\":\"hep-go\",\"id\":1}\n")
                .toString();
        Path output = folder.resolve("bench");
        Ran ran = MainTest.run(
                "bench",
                "rewardbench",
                "--model",
                MIXTURE,
                "--data",
                rows,
                "--output",
                output.toString(),
                "--ignore",
                "objective-2",
                "--json",
                "-");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(JSON.readTree(ran.out()).get("steering").get("ignore").get(0).asString())
                .isEqualTo("objective-2");
        Ran free =
                MainTest.run("bench", "rewardbench", "--model", MIXTURE, "--data", rows, "--output", output.toString());
        assertThat(free.code()).as(free.err()).isZero();
        try (Stream<Path> files = Files.list(output)) {
            List<String> scores = files.filter(
                            file -> file.getFileName().toString().startsWith("scores"))
                    .map(ExplainVerbTest::chosen)
                    .toList();
            assertThat(scores).as("steered and free").hasSize(2).doesNotHaveDuplicates();
        }
    }

    private static String chosen(Path scores) {
        try {
            return JSON.readTree(Files.readString(scores)).get("scores_chosen").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_objective_that_is_not_there_is_named_with_the_nearest() {
        Ran ran = run("explain", "--steer", "objectiv-1=1");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("\"objectiv-1\"; did you mean objective-1?");
    }

    @Test
    void calibrated_rewards_are_not_steered() {
        Ran ran = run("score", "--rewards", "calibrated", "--ignore", "objective-1");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("does not hold for steered ones");
    }

    @Test
    void a_scalar_model_is_explained_by_its_number_and_cannot_be_steered() throws IOException {
        String scalar = TinyModels.write(folder.resolve("model"), 1).toString();
        Ran explained = MainTest.run("explain", "--model", scalar);
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).contains("reward ");
        Ran steered = MainTest.run("explain", "--model", scalar, "--ignore", "verbosity");
        assertThat(steered.code()).isEqualTo(2);
        assertThat(steered.err()).contains("has no objectives to steer");
    }
}
