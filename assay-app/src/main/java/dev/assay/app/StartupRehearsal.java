package dev.assay.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Does once what short verbs do, so that the launcher can store the loaded classes in an AOT cache. */
final class StartupRehearsal {
    private StartupRehearsal() {}

    /** Runs the rehearsal; whatever it prints is thrown away. */
    public static void main(String[] arguments) {
        run("--help");
        run("doctor", "--help");
        run("doctor", "--seconds", "0.1");
        System.exit(0);
    }

    private static void run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Main.commandLine(arguments).setOut(nowhere).setErr(nowhere).execute(arguments);
    }
}
