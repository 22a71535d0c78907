package dev.assay.app;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a verb prints: the streams of its command line, which a test can replace. */
final class Console {
    private Console() {}

    static PrintWriter out(@Nullable CommandSpec spec) {
        return line(spec).commandLine().getOut();
    }

    static PrintWriter err(@Nullable CommandSpec spec) {
        return line(spec).commandLine().getErr();
    }

    private static CommandSpec line(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("a verb runs only as part of a command line");
        }
        return spec;
    }
}
