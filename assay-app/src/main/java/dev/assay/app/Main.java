package dev.assay.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code assay} command. */
@Command(name = "assay", mixinStandardHelpOptions = true, version = "assay 0.1.0")
public final class Main implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
