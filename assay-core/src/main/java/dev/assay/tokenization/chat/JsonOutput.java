package dev.assay.tokenization.chat;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Python's {@code json.dumps(value, ensure_ascii=False)}: what Transformers makes of {@code tojson}. */
final class JsonOutput {
    private final StringBuilder out = new StringBuilder();
    private final @Nullable String indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sorted;

    private JsonOutput(
            @Nullable String indent, @Nullable String itemSeparator, @Nullable String keySeparator, boolean sorted) {
        this.indent = indent;
        this.itemSeparator = itemSeparator != null ? itemSeparator : indent == null ? ", " : ",";
        this.keySeparator = keySeparator != null ? keySeparator : ": ";
        this.sorted = sorted;
    }

    static String of(Object value, Map<String, Object> options) {
        Object indent = options.getOrDefault("indent", None.NONE);
        String step = indent instanceof Long count
                ? " ".repeat(Math.toIntExact(count))
                : indent instanceof String s ? s : null;
        List<?> separators = options.get("separators") instanceof List<?> list ? list : List.of();
        JsonOutput json = new JsonOutput(
                step,
                separators.size() == 2 ? String.valueOf(separators.get(0)) : null,
                separators.size() == 2 ? String.valueOf(separators.get(1)) : null,
                Boolean.TRUE.equals(options.get("sort_keys")));
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(@Nullable Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(text);
            case Boolean flag -> out.append(flag);
            case None none -> out.append("null");
            case Double number ->
                out.append(
                        Double.isNaN(number)
                                ? "NaN"
                                : Double.isInfinite(number)
                                        ? (number > 0 ? "Infinity" : "-Infinity")
                                        : PythonText.number(number));
            case Number number -> out.append(number);
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default ->
                throw new IllegalArgumentException("tojson cannot write "
                        + (value instanceof Undefined u ? "'" + u.what() + "', which is undefined" : "this value"));
        }
    }

    private void list(List<?> list, int depth) {
        out.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            newLine(depth + 1);
            write(items.next(), depth + 1);
            out.append(items.hasNext() ? itemSeparator : "");
        }
        if (!list.isEmpty()) {
            newLine(depth);
        }
        out.append(']');
    }

    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        Map<?, ?> ordered = sorted ? new TreeMap<>(map) : map;
        Iterator<? extends Map.Entry<?, ?>> entries = ordered.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(depth + 1);
            string(PythonText.str(entry.getKey()));
            out.append(keySeparator);
            write(entry.getValue(), depth + 1);
            out.append(entries.hasNext() ? itemSeparator : "");
        }
        if (!map.isEmpty()) {
            newLine(depth);
        }
        out.append('}');
    }

    private void newLine(int depth) {
        if (indent != null) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
