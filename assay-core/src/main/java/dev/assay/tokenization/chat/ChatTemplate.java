package dev.assay.tokenization.chat;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Message;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's chat template, rendered to the text Transformers renders: a sandboxed Jinja2 with {@code trim_blocks}, {@code
 * lstrip_blocks}, loop controls and the {@code generation} tag. Reads values only, never Java objects. Thread-safe.
 */
public final class ChatTemplate {
    private final List<Statement> statements;

    private ChatTemplate(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Parses a template, as {@code chat_template} of tokenizer_config.json holds it.
     *
     * @throws AssayException with the line, where it is no template Assay can render faithfully
     */
    public static ChatTemplate compile(String source) {
        return new ChatTemplate(StatementParser.parse(source));
    }

    /**
     * Renders messages.
     *
     * @param messages the conversation
     * @param addGenerationPrompt whether the text ends with the marker of the assistant's next turn
     * @param variables what else the template may ask for, such as {@code bos_token} and {@code tools}: texts, booleans,
     *     numbers, lists, maps and null
     * @throws AssayException when the template itself raises an error, such as for roles in an order it does not take
     */
    public String render(List<Message> messages, boolean addGenerationPrompt, Map<String, ?> variables) {
        List<Object> plain = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("role", message.role().wireName());
            fields.put("content", message.content());
            plain.add(fields);
        }
        return render(plain, addGenerationPrompt, variables);
    }

    /** Renders messages given as plain maps, with whatever fields the template reads. */
    String render(Object messages, boolean addGenerationPrompt, Map<String, ?> variables) {
        Scope globals = new Scope(null);
        globals.set("range", (Function) (positional, named) -> range(positional));
        globals.set("dict", (Function) (positional, named) -> new LinkedHashMap<Object, Object>(named));
        globals.set("namespace", (Function) (positional, named) -> new Namespace(new LinkedHashMap<>(named)));
        globals.set("raise_exception", (Function) (positional, named) -> {
            throw new AssayException(
                    ErrorKind.DATA,
                    "the chat template refuses these messages: " + PythonText.str(positional.getFirst()));
        });
        globals.set("strftime_now", (Function) (positional, named) -> now(PythonText.str(positional.getFirst())));
        variables.forEach((name, value) -> globals.set(name, plain(value)));
        globals.set("messages", plain(messages));
        globals.set("add_generation_prompt", addGenerationPrompt);
        return Renderer.render(statements, new Scope(globals));
    }

    /** Java values as the evaluator knows them. */
    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case List<?> list ->
                new ArrayList<>(list.stream().map(ChatTemplate::plain).toList());
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(key, plain(item)));
                yield copy;
            }
            default -> value;
        };
    }

    private static List<Object> range(List<Object> bounds) {
        List<Long> numbers = bounds.stream()
                .map(bound -> Operations.number(bound) instanceof Long number ? number : 0L)
                .toList();
        long begin = numbers.size() > 1 ? numbers.get(0) : 0;
        long end = numbers.size() > 1 ? numbers.get(1) : numbers.get(0);
        long step = numbers.size() > 2 ? numbers.get(2) : 1;
        if (step == 0 || Math.abs((end - begin) / step) > 100_000) {
            throw new IllegalArgumentException(
                    "range(" + begin + ", " + end + ", " + step + ") is empty of steps or too long");
        }
        List<Object> range = new ArrayList<>();
        for (long i = begin; step > 0 ? i < end : i > end; i += step) {
            range.add(i);
        }
        return range;
    }

    /** Python's strftime for the codes that templates use. */
    private static String now(String format) {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            String pattern = switch (format.charAt(++i)) {
                case 'd' -> "dd";
                case 'm' -> "MM";
                case 'Y' -> "yyyy";
                case 'y' -> "yy";
                case 'b' -> "MMM";
                case 'B' -> "MMMM";
                case 'A' -> "EEEE";
                case 'a' -> "EEE";
                case 'H' -> "HH";
                case 'I' -> "hh";
                case 'M' -> "mm";
                case 'S' -> "ss";
                case 'p' -> "a";
                case 'j' -> "DDD";
                default -> throw new IllegalArgumentException("strftime code in \"" + format + "\" is not known");
            };
            text.append(DateTimeFormatter.ofPattern(pattern, Locale.US).format(now));
        }
        return text.toString();
    }
}
