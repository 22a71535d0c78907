package dev.assay.data.format;

import java.io.EOFException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Why a text could not be read, for the person who has the text: a parser's own messages speak to its caller, of features to
 * enable and of redacted sources.
 */
public final class JsonFault {
    /** What is wrong with bytes that are no UTF-8, and the next step. */
    public static final String NOT_UTF8 = "this is not UTF-8; convert the file, such as with iconv -f LATIN1 -t UTF-8";

    /** What is wrong with a compressed file that is cut off or damaged, and the next step. */
    public static final String BROKEN_GZIP =
            "the gzip data ends too early or is damaged; download the file again or write it anew";

    /** What follows a fault in a file whose lines are values of their own. */
    private static final String MEND_LINE = "mend or delete this line";

    private static final String MEND_LIST = "mend the file there, or write it anew";

    private static final Pattern PLACE_OF_START = Pattern.compile("\\s*\\([^()]*\\[Source.*", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '([^']+)'");
    private static final Pattern ADVICE_TO_CALLERS = Pattern.compile("[:,;]? *\\(?(?:to )?enable `.*", Pattern.DOTALL);

    private JsonFault() {}

    /** What is wrong, without the place. */
    public static String of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof ZipException) {
                return BROKEN_GZIP;
            }
            if (cause instanceof CharacterCodingException) {
                return NOT_UTF8;
            }
        }
        return switch (failure) {
            case MismatchedInputException trailing
            when isTrailing(trailing) -> "no valid JSON: a second value follows the first";
            case StreamReadException syntax -> ofSyntax(String.valueOf(syntax.getOriginalMessage()));
            case JacksonException json -> "cannot be read: " + json.getOriginalMessage();
            default -> "cannot be read: " + failure.getMessage();
        };
    }

    private static String ofSyntax(String message) {
        Matcher token = NO_NUMBER.matcher(message);
        if (token.find()) {
            return token.group(1) + " is no JSON number; leave the field out";
        }
        if (message.startsWith("Invalid UTF-8")) {
            return NOT_UTF8;
        }
        if (message.startsWith("Unexpected end-of-input")) {
            return "no valid JSON: it ends in the middle of a value";
        }
        String words = PLACE_OF_START.matcher(message).replaceFirst("");
        return "no valid JSON: "
                + ADVICE_TO_CALLERS.matcher(words).replaceFirst("").strip();
    }

    private static boolean isTrailing(MismatchedInputException failure) {
        return String.valueOf(failure.getOriginalMessage()).startsWith("Trailing token");
    }

    /** What is wrong with a line that should be one value, and the next step. */
    public static String ofLine(JacksonException failure) {
        String what = failure instanceof MismatchedInputException trailing && isTrailing(trailing)
                ? "a second value on the line; write one a line"
                : of(failure);
        return withNextStep(what, MEND_LINE);
    }

    /** What is wrong with a file that is one list of rows, and the next step. */
    static String inList(Path file, JacksonException failure) {
        return withNextStep(in(file, failure), MEND_LIST);
    }

    private static String withNextStep(String what, String step) {
        return what.contains("; ") ? what : what + "; " + step;
    }

    /** What is wrong with a file, beginning with the file and, where it is known, the line. */
    public static String in(Path file, Exception failure) {
        return file + line(failure).map(line -> ":" + line).orElse("") + ": " + of(failure);
    }

    private static Optional<Integer> line(Exception failure) {
        @Nullable TokenStreamLocation place = failure instanceof JacksonException json ? json.getLocation() : null;
        return Optional.ofNullable(place).map(TokenStreamLocation::getLineNr).filter(line -> line > 0);
    }
}
