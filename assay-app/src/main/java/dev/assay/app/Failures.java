package dev.assay.app;

import dev.assay.AssayException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one clear message on standard error and an exit code; a stack trace only with --debug. */
final class Failures {
    private static final int USER = 2;
    private static final int INTERNAL = 3;

    private Failures() {}

    static int onException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        err.println(line.getCommandSpec().qualifiedName() + ": " + message(failure));
        if (debug(line)) {
            failure.printStackTrace(err);
        } else if (isInternal(failure)) {
            err.println("Run it again with --debug for the stack trace.");
        }
        err.flush();
        return failure instanceof AssayException known ? known.kind().exitCode() : code(failure);
    }

    static int onWrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return USER;
    }

    private static String message(Exception failure) {
        return switch (cause(failure)) {
            case AssayException known -> String.valueOf(known.getMessage());
            case NoSuchFileException missing -> missing.getFile() + " does not exist; check the path";
            case AccessDeniedException denied ->
                denied.getFile() + " may not be read or written; check its permissions";
            case IOException io -> "input or output failed: " + io.getMessage();
            default -> "internal error: " + failure;
        };
    }

    private static Throwable cause(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /** Whether a stack trace can help: not where the message is about the user's own files. */
    private static boolean isInternal(Exception failure) {
        return !(failure instanceof AssayException) && code(failure) == INTERNAL;
    }

    private static int code(Exception failure) {
        Throwable cause = cause(failure);
        return cause instanceof NoSuchFileException || cause instanceof AccessDeniedException ? USER : INTERNAL;
    }

    private static boolean debug(CommandLine line) {
        CommandLine root = line;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof Main main && main.debug();
    }
}
