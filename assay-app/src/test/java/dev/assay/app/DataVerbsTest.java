package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import dev.assay.data.simulation.SimulationTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DataVerbsTest {
    @TempDir
    Path folder;

    private String file(String name, String lines) throws IOException {
        return Files.writeString(folder.resolve(name), lines).toString();
    }

    @Test
    void inspect_shows_format_counts_and_lengths() throws IOException {
        String pairs = file("p.jsonl", """
                {"prompt":"why?","chosen":"because it is","rejected":"no","margin":1}
                {"prompt":"why?","chosen":"so","rejected":"no"}
                """);
        Ran ran = MainTest.run("data", "inspect", pairs);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("format pairs, 2 rows, 1 prompts, messages a prompt: 1 (2)")
                .contains("2 pairs: 0 ties (0.0 %), 0 soft labels, 1 with a margin (50.0 %)")
                .contains("characters")
                .contains("|█");
        JsonNode json = ConversationLines.JSON.readTree(
                MainTest.run("data", "inspect", "--json", pairs).out());
        assertThat(json.get(pairs).get("withMargin").asInt()).isEqualTo(1);
        assertThat(json.get(pairs)
                        .get("lengths")
                        .get("characters")
                        .get("chosen")
                        .get("longest")
                        .asInt())
                .isEqualTo(13);
    }

    @Test
    void inspect_counts_tokens_rankings_and_ratings_when_there_are_any() throws IOException {
        SimulationTokenizer.writeTo(Files.createDirectories(folder.resolve("tokenizer")));
        String ranked = file("r.jsonl", "{\"prompt\":\"a\",\"responses\":[\"b\",\"c\",\"d\"],\"ranks\":[1,2,2]}\n");
        String rated = file("x.jsonl", """
                {"prompt":"a","response":"b","ratings":{"help":3},"scale":[0,4]}
                {"prompt":"a","response":"c","ratings":{"help":0},"scale":[0,4]}
                """);
        Ran ran = MainTest.run(
                "data",
                "inspect",
                ranked,
                rated,
                "--tokenizer",
                folder.resolve("tokenizer").toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("answers a ranking: 3 (1)")
                .contains("3 pairs: 1 ties (33.3 %)")
                .contains("help: 2 ratings on [0.0, 4.0], mean 1.50")
                .contains("tokens");
        Ran absent = MainTest.run("data", "inspect", folder.resolve("no.jsonl").toString(), "nor.jsonl");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("no.jsonl").contains("nor.jsonl");
    }

    @Test
    void audit_names_what_is_wrong_where_it_is_and_what_to_do_and_stops_a_pipeline() throws IOException {
        String train = file("train.jsonl", """
                {"prompt":"a","chosen":"yes","rejected":"yes"}
                {"prompt":"b","chosen":"yes","rejected":"no","margin":-2}
                """);
        String test = file("test.jsonl", "{\"prompt\":\"b\",\"chosen\":\"one\",\"rejected\":\"two\"}\n");
        Ran ran = MainTest.run("data", "audit", train, "--test", test);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("error   chosen and rejected are the same text in 1 of 2 rows")
                .contains("such as " + train + ":1")
                .contains("scores prefer the answer it calls worse")
                .contains("a test row's prompt is in the training rows in 1 of 1 rows")
                .contains("-> split by prompt");
        JsonNode json = ConversationLines.JSON.readTree(
                MainTest.run("data", "audit", "--json", train).out());
        assertThat(json.get(0).get("check").asString()).isEqualTo("identical");
        assertThat(json.get(0).get("examples").get(0).asString()).isEqualTo(train + ":1");
        String clean = file("clean.jsonl", "{\"prompt\":\"b\",\"chosen\":\"one\",\"rejected\":\"seven\"}\n");
        Ran fine = MainTest.run("data", "audit", clean);
        assertThat(fine.code()).isZero();
        assertThat(fine.out()).contains("Nothing suspicious was found.");
    }

    @Test
    void audit_sees_the_ties_of_rankings_and_what_is_wrong_with_tied_answers() throws IOException {
        String cut = "the roof is mended with tiles that are laid from the edge to the ridge ".repeat(4);
        String ranked = file(
                "ties.jsonl",
                "{\"prompt\":\"a\",\"responses\":[\"One.\",\"One.\",\"\"],\"ranks\":[1,1,1]}\n"
                        + "{\"prompt\":\"b\",\"responses\":[\"" + cut + "\",\"Two.\"],\"ranks\":[2,2]}\n");
        Ran ran = MainTest.run("data", "audit", ranked);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("4 pairs")
                .contains("chosen and rejected are the same text in 1 of 4 rows")
                .contains("an answer is empty in 2 of 4 rows")
                .contains("a long answer stops in the middle of a sentence in 1 of 4 rows")
                .contains("neither answer is preferred in 4 of 4 rows")
                .contains("such as " + ranked + ":2");
    }

    @Test
    void audit_reads_files_in_the_format_it_is_told() throws IOException {
        String file = file("told.jsonl", """
                {"prompt":"why?","chosen":"so","rejected":"so"}
                {"prompt":"how?","chosen":"so","rejected":"no"}
                """);
        Ran told = MainTest.run("data", "audit", file, "--format", "pairs");
        assertThat(told).isEqualTo(MainTest.run("data", "audit", file));
        Ran wrong = MainTest.run("data", "audit", file, "--format", "ranked");
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.err()).contains("told.jsonl");
        assertThat(MainTest.run("data", "audit", file, "--format", "pear").err())
                .contains("pear");
    }

    @Test
    void a_file_with_nothing_to_audit_is_an_error_and_not_all_clear() throws IOException {
        String empty = file("empty.jsonl", "");
        String alone = file("alone.jsonl", "{\"prompt\":\"a\",\"responses\":[\"b\"],\"ranks\":[1]}\n");
        String clean = file("clean.jsonl", "{\"prompt\":\"b\",\"chosen\":\"one\",\"rejected\":\"seven\"}\n");
        Ran ran = MainTest.run("data", "audit", empty, alone);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains(empty + ": there is no row in it")
                .contains(alone + ": of format ranked, and no two answers to one prompt in it");
        Ran test = MainTest.run("data", "audit", clean, "--test", empty);
        assertThat(test.code()).isEqualTo(2);
        assertThat(test.err()).contains(empty + ": there is no row in it");
    }

    @Test
    void a_format_that_is_none_is_named_and_not_taken_for_a_part_of_the_path() throws IOException {
        String pairs = file("p.jsonl", "{\"prompt\":\"b\",\"chosen\":\"one\",\"rejected\":\"seven\"}\n");
        Ran ran = MainTest.run("evaluate", "--model", "none", "--data", "f=" + pairs + ":foo");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("\"foo\" is no format; known are pairs, implicit, sharegpt");
        Ran absent = MainTest.run("evaluate", "--model", "none", "--data", "f=" + pairs + "x:foo");
        assertThat(absent.err()).contains("x:foo is not a file");
    }

    @Test
    void a_model_and_files_that_are_not_there_are_all_named_at_once() {
        Ran ran = MainTest.run("evaluate", "--model", "nope", "--data", "a=nope1", "--data", "b=nope2");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("nope is not there; a model is a folder")
                .contains("a=nope1: nope1 is not a file; check the path")
                .contains("b=nope2: nope2 is not a file; check the path");
    }

    @Test
    void convert_writes_what_can_be_read_again_and_overwrites_only_when_told() throws IOException {
        String ranked = file("r.jsonl", "{\"prompt\":\"a\",\"responses\":[\"b\",\"c\",\"d\"],\"ranks\":[1,2,3]}\n");
        String out = folder.resolve("out.jsonl.gz").toString();
        assertThat(MainTest.run("data", "convert", ranked, out, "--to", "pairs").out())
                .contains("3 rows, from format ranked");
        assertThat(MainTest.run("data", "inspect", out).out()).contains("format pairs, 3 rows");
        Ran again = MainTest.run("data", "convert", ranked, out);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--force");
        assertThat(MainTest.run("data", "convert", ranked, out, "--force").out())
                .contains("1 rows");
        assertThat(MainTest.run("data", "inspect", out).out()).contains("format ranked");
    }

    @Test
    void a_set_with_preferences_and_ratings_shows_both_and_converts_to_either() throws IOException {
        String row = "{\"prompt\":\"q\",\"response\":\"%s\",\"helpfulness\":%d,\"correctness\":4,\"coherence\":4,"
                + "\"complexity\":1,\"verbosity\":null}\n";
        String both = file("h.jsonl", row.formatted("a", 1) + row.formatted("b", 3));
        assertThat(MainTest.run("data", "inspect", both).out())
                .contains("format helpsteer, 1 rows", "1 pairs", "2 rated answers, 0 of them without any rating")
                .contains("helpsteer-helpfulness: 2 ratings on [-0.5, 4.5], mean 2.00")
                .doesNotContain("verbosity");
        String out = folder.resolve("out.jsonl").toString();
        assertThat(MainTest.run("data", "convert", both, out).out())
                .contains("1 rows, from format helpsteer")
                .contains("--to ratings");
        assertThat(MainTest.run("data", "inspect", out).out()).contains("format ranked, 1 rows");
        assertThat(MainTest.run("data", "convert", both, out, "--to", "ratings", "--force")
                        .out())
                .contains("2 rows, from format helpsteer");
        assertThat(MainTest.run("data", "inspect", out).out()).contains("format ratings, 2 rows");
    }

    @Test
    void two_labels_that_disagree_are_noted_and_either_may_be_converted() throws IOException {
        String file = file(
                "s.jsonl",
                "{\"prompt\":\"q\",\"response_0\":\"tell\",\"response_1\":\"sorry\",\"better_response_id\":0,"
                        + "\"safer_response_id\":1}\n");
        Ran audit = MainTest.run("data", "audit", file);
        assertThat(audit.code()).isZero();
        assertThat(audit.out())
                .contains("two labels choose different answers in 1 of 1")
                .contains("s.jsonl:1");
        String out = folder.resolve("out.jsonl").toString();
        assertThat(MainTest.run("data", "inspect", file, "--format", "saferlhf-safer")
                        .out())
                .contains("format saferlhf-safer, 1 rows");
        assertThat(MainTest.run("data", "convert", file, out, "--format", "saferlhf-safer")
                        .code())
                .isZero();
        assertThat(Files.readString(Path.of(out))).contains("\"chosen\":\"sorry\"");
    }

    @Test
    void convert_writes_the_forms_of_trl_without_ties() throws IOException {
        String pairs = file("p.jsonl", """
                {"prompt":"a","chosen":"b","rejected":"c","margin":2}
                {"prompt":"a","chosen":"d","rejected":"e","label":0.5}
                {"prompt":"a","chosen":"f","rejected":"g","label":0.7}
                """);
        assertThat(converted(pairs, "trl")).startsWith("""
                {"prompt":[{"role":"user","content":"a"}],"chosen":[{"role":"assistant","content":"b"}],\
                "rejected":[{"role":"assistant","content":"c"}],"margin":2.0}
                """);
        assertThat(converted(pairs, "trl-implicit"))
                .startsWith("{\"chosen\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\"");
        assertThat(converted(pairs, "trl-text")).isEqualTo("""
                {"prompt":"a","chosen":"b","rejected":"c","margin":2.0}
                {"prompt":"a","chosen":"f","rejected":"g"}
                """);
        assertThat(converted(pairs, "trl-unpaired").lines())
                .hasSize(4)
                .last()
                .asString()
                .endsWith("\"completion\":[{\"role\":\"assistant\",\"content\":\"g\"}],\"label\":false}");
        Ran again = MainTest.run("data", "convert", pairs, folder.resolve("trl").toString(), "--to", "tlr");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err())
                .contains("--to tlr is none of common, pairs, ratings, trl,")
                .contains("--force");
    }

    private String converted(String in, String form) throws IOException {
        Path out = folder.resolve(form);
        Ran ran = MainTest.run("data", "convert", in, out.toString(), "--to", form);
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("1 ties left out, 1 soft labels made certain");
        return Files.readString(out);
    }

    @Test
    void what_a_form_cannot_hold_is_listed_row_by_row_and_nothing_is_written() throws IOException {
        String turn = "{\"role\":\"user\",\"content\":\"a\"}";
        String row = "{\"prompt\":[" + turn + "," + turn + "],\"chosen\":\"b\",\"rejected\":\"c\"}\n";
        String pairs = file("turns.jsonl", row + row);
        Path out = folder.resolve("text.jsonl");
        Ran ran = MainTest.run("data", "convert", pairs, out.toString(), "--to", "trl-text");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(pairs + ":1").contains(pairs + ":2").contains("write it as trl instead");
        assertThat(out).doesNotExist();
    }

    @Test
    void broken_rows_are_all_named() throws IOException {
        String broken = file("b.jsonl", "{\"prompt\":\"a\",\"chosen\":1,\"rejected\":\"c\"}\nnot json\n");
        Ran ran = MainTest.run("data", "audit", broken);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(broken + ":1").contains(broken + ":2");
    }
}
