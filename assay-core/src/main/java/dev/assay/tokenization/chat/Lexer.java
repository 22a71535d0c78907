package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens with {@code trim_blocks} and {@code lstrip_blocks} on, as Transformers sets them: the newline
 * after a block or comment goes, and so does the blank before one that begins its line; {@code -} takes all white space on
 * its side, {@code +} keeps it.
 */
final class Lexer {
    private static final Pattern OPEN = Pattern.compile("\\{([%{#])([-+]?)");
    private static final Pattern INNER = Pattern.compile(
            "\\s+"
                    + "|(?<float>\\d[\\d_]*(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+))"
                    + "|(?<integer>\\d[\\d_]*)"
                    + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
                    + "|(?<string>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<operator>//|\\*\\*|==|!=|>=|<=|[-+*/%~()\\[\\]{}<>=.:|,;])",
            Pattern.DOTALL);
    private static final Pattern RAW =
            Pattern.compile("\\{%[-+]?\\s*raw\\s*-?%}(.*?)\\{%[-+]?\\s*endraw\\s*-?%}", Pattern.DOTALL);

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String unified = template.replace("\r\n", "\n").replace('\r', '\n');
        String source = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
        return new Lexer(source).run();
    }

    private List<Token> run() {
        Matcher open = OPEN.matcher(source);
        while (open.find(position)) {
            char kind = open.group(1).charAt(0);
            data(source.substring(position, open.start()), kind, open.group(2));
            int begin = open.start();
            position = open.end();
            switch (kind) {
                case '#' -> comment(begin);
                case '%' -> {
                    Matcher raw = RAW.matcher(source).region(begin, source.length());
                    if (raw.lookingAt()) {
                        add(Token.Kind.DATA, raw.group(1), begin);
                        position = raw.end();
                        close("%");
                    } else {
                        inner(begin, Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, "%}");
                        close("%");
                    }
                }
                default -> {
                    inner(begin, Token.Kind.PRINT_BEGIN, Token.Kind.PRINT_END, "}}");
                    lineStarting = false;
                    strip();
                }
            }
        }
        data(source.substring(position), '\0', "");
        add(Token.Kind.END, "", source.length());
        return tokens;
    }

    private int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private void add(Token.Kind kind, String text, int offset) {
        tokens.add(new Token(kind, text, line(offset)));
    }

    private void data(String text, char following, String sign) {
        String kept = text;
        if (sign.equals("-")) {
            kept = text.stripTrailing();
        } else if ((following == '%' || following == '#') && sign.isEmpty()) {
            int lineBegin = text.lastIndexOf('\n') + 1;
            if ((lineBegin > 0 || lineStarting) && text.substring(lineBegin).isBlank()) {
                kept = text.substring(0, lineBegin);
            }
        }
        if (!kept.isEmpty()) {
            add(Token.Kind.DATA, kept, position);
        }
    }

    private void comment(int begin) {
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw TemplateError.at(line(begin), "a comment is not closed by #}");
        }
        position = end + 2;
        stripAll = source.charAt(end - 1) == '-';
        close(source.charAt(end - 1) == '+' ? "+" : "%");
    }

    private boolean stripAll;

    /** After the end of a block or comment: white space as its sign says, else one newline. */
    private void close(String sign) {
        int before = position;
        if (stripAll) {
            strip();
        } else if (!sign.equals("+") && !keepNewline && position < source.length() && source.charAt(position) == '\n') {
            position++;
        }
        keepNewline = false;
        lineStarting = position > before && source.charAt(position - 1) == '\n';
    }

    private boolean keepNewline;

    private void strip() {
        if (stripAll) {
            while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
                position++;
            }
            stripAll = false;
        }
    }

    private void inner(int begin, Token.Kind beginKind, Token.Kind endKind, String closing) {
        add(beginKind, closing, begin);
        Matcher token = INNER.matcher(source);
        int depth = 0;
        while (true) {
            if (depth == 0) {
                boolean minus = source.startsWith("-" + closing, position);
                boolean plus = source.startsWith("+" + closing, position);
                if (minus || plus || source.startsWith(closing, position)) {
                    position += closing.length() + (minus || plus ? 1 : 0);
                    stripAll = minus;
                    keepNewline = plus;
                    add(endKind, closing, position - 1);
                    return;
                }
            }
            token.region(position, source.length());
            if (!token.lookingAt()) {
                throw TemplateError.at(
                        line(Math.min(position, source.length() - 1)),
                        position >= source.length()
                                ? "a tag is not closed by " + closing
                                : "'" + source.charAt(position) + "' does not belong here");
            }
            depth += take(token);
            position = token.end();
        }
    }

    /** Adds a token; tells how it changes the depth of brackets. */
    private int take(Matcher token) {
        if (token.group("float") != null) {
            add(Token.Kind.FLOAT, token.group().replace("_", ""), position);
        } else if (token.group("integer") != null) {
            add(Token.Kind.INTEGER, token.group().replace("_", ""), position);
        } else if (token.group("name") != null) {
            add(Token.Kind.NAME, token.group(), position);
        } else if (token.group("string") != null) {
            add(
                    Token.Kind.STRING,
                    unescape(token.group().substring(1, token.group().length() - 1)),
                    position);
        } else if (token.group("operator") != null) {
            add(Token.Kind.OPERATOR, token.group(), position);
            return switch (token.group()) {
                case "(", "[", "{" -> 1;
                case ")", "]", "}" -> -1;
                default -> 0;
            };
        }
        return 0;
    }

    /** Python's escapes in string literals. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            int digits = escaped == 'u' ? 4 : escaped == 'x' ? 2 : 0;
            if (digits > 0 && i + digits < text.length()) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
                i += digits;
                continue;
            }
            switch (escaped) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case '0' -> plain.append('\0');
                case '\\', '\'', '"' -> plain.append(escaped);
                case '\n' -> {}
                default -> plain.append('\\').append(escaped);
            }
        }
        return plain.toString();
    }
}
