package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    @TempDir
    Path folder;

    /** What a run of the command line printed and answered. */
    record Ran(int code, String out, String err) {}

    static Ran run(String... arguments) {
        return run(Main.commandLine(arguments), arguments);
    }

    /** The same for a command and what is said further this time. */
    static Ran run(String[] command, String... more) {
        return run(Stream.of(command, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static Ran run(CommandLine line, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    @Command(name = "failing")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private static Ran failing(Exception failure, String... flags) {
        CommandLine root = Main.commandLine();
        root.addSubcommand("failing", new CommandLine(new Failing(failure)));
        root.setExecutionExceptionHandler(Failures::onException);
        String[] arguments = Stream.concat(List.of(flags).stream(), List.of("failing").stream())
                .toArray(String[]::new);
        return run(root, arguments);
    }

    @Test
    void help_lists_every_verb_with_its_summary_and_succeeds() {
        Ran ran = run("--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("doctor").contains("Checks this machine");
    }

    @Test
    void a_wrong_verb_is_the_users_error_and_suggests_the_nearest_one() {
        Ran ran = run("docter");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("docter").contains("doctor");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void a_wrong_option_is_the_users_error() {
        assertThat(run("doctor", "--secnds", "3").code()).isEqualTo(2);
    }

    @Test
    void a_known_failure_is_one_message_with_the_code_of_its_kind_and_no_stack_trace() {
        Ran ran = failing(new AssayException(ErrorKind.DATA, "a.jsonl:3: no such column"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("assay failing: a.jsonl:3: no such column" + System.lineSeparator());
    }

    @Test
    void an_unknown_failure_is_internal_and_says_how_to_see_more() {
        Ran ran = failing(new IllegalStateException("surprise"));
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("internal error").contains("surprise").contains("--debug");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @Test
    void debug_adds_the_stack_trace() {
        assertThat(failing(new IllegalStateException("surprise"), "--debug").err())
                .contains("\tat ");
    }

    @Test
    void a_missing_file_is_the_users_error() {
        Ran ran = failing(new NoSuchFileException("absent.jsonl"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("absent.jsonl does not exist").doesNotContain("--debug");
    }

    @Test
    void help_does_not_load_the_tensor_engine() throws Exception {
        Path log = folder.resolve("classes.txt");
        Process help = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.assay.app.Main",
                        "--help")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        assertThat(help.waitFor()).isZero();
        assertThat(Files.readString(log))
                .contains("dev.assay.app.Main ")
                .doesNotContain("org.bytedeco")
                .doesNotContain("tools.jackson")
                .doesNotContain("ai.djl")
                .doesNotContain("ch.qos.logback");
    }

    @Test
    void doctor_names_the_engine_and_its_speed() {
        Ran ran = run("doctor", "--seconds", "0.05");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("libtorch").contains("GFLOP/s").contains("hub cache");
    }
}
