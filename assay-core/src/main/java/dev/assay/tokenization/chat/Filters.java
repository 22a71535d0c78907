package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja2's filters that turn one value into another; those over lists are in {@link ListFilters}. */
final class Filters {
    private Filters() {}

    static Object apply(String name, Object value, List<Object> positional, Map<String, Object> named) {
        Given given = new Given(positional, named);
        return switch (name) {
            case "trim" -> Methods.strip(PythonText.str(value), positional, true, true);
            case "upper" -> PythonText.str(value).toUpperCase(Locale.ROOT);
            case "lower" -> PythonText.str(value).toLowerCase(Locale.ROOT);
            case "title" -> Methods.title(PythonText.str(value));
            case "capitalize" -> Methods.capitalize(PythonText.str(value));
            case "replace" ->
                Methods.replace(
                        PythonText.str(value),
                        given.text(0, "old", ""),
                        given.text(1, "new", ""),
                        given.value(2, "count", -1L));
            case "string", "safe" -> PythonText.str(value);
            case "escape", "e" -> escape(PythonText.str(value));
            case "indent" -> indent(PythonText.str(value), given);
            case "tojson" -> JsonOutput.of(value, json(positional, named));
            case "default", "d" -> otherwise(value, given);
            case "length", "count" ->
                (long) (value instanceof Undefined ? 0 : Operations.items(value).size());
            case "abs" -> value instanceof Long n ? Math.abs(n) : (Object) Math.abs(real(value));
            case "int" -> integer(value, given.value(0, "default", 0L));
            case "float" -> decimal(value, given.value(0, "default", 0.0));
            case "round" -> round(value, given);
            case "list" -> new ArrayList<>(Operations.items(value));
            case "items" -> value instanceof Undefined ? List.of() : Methods.pairs(map(value));
            case "dictsort" -> dictsort(map(value), given);
            case "wordcount" ->
                (long) Methods.strip(PythonText.str(value), List.of(), true, true)
                        .split("\\s+")
                        .length;
            case "attr" ->
                value instanceof Map<?, ?>
                        ? new Undefined(given.text(0, "name", ""))
                        : Slices.item(value, given.text(0, "name", ""));
            default -> ListFilters.apply(name, value, given);
        };
    }

    /** Arguments by place or by name, with a default. */
    record Given(List<Object> positional, Map<String, Object> named) {
        Object value(int place, String name, Object otherwise) {
            return place < positional.size() ? positional.get(place) : named.getOrDefault(name, otherwise);
        }

        String text(int place, String name, String otherwise) {
            return PythonText.str(value(place, name, otherwise));
        }

        boolean flag(int place, String name) {
            return Operations.truth(value(place, name, false));
        }

        List<Object> rest(int from) {
            return positional.subList(Math.min(from, positional.size()), positional.size());
        }
    }

    private static Map<String, Object> json(List<Object> positional, Map<String, Object> named) {
        Map<String, Object> options = new LinkedHashMap<>(named);
        List<String> order = List.of("ensure_ascii", "indent", "separators", "sort_keys");
        for (int i = 0; i < Math.min(positional.size(), order.size()); i++) {
            options.put(order.get(i), positional.get(i));
        }
        return options;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String indent(String text, Given given) {
        Object width = given.value(0, "width", 4L);
        String step = width instanceof Long count ? " ".repeat(Math.toIntExact(count)) : PythonText.str(width);
        boolean blank = given.flag(2, "blank");
        String[] lines = text.split("\n", -1);
        StringBuilder out = new StringBuilder(given.flag(1, "first") ? step : "").append(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            out.append('\n').append(lines[i].isEmpty() && !blank ? "" : step).append(lines[i]);
        }
        return out.toString();
    }

    private static Object otherwise(Object value, Given given) {
        boolean missing = value instanceof Undefined || given.flag(1, "boolean") && !Operations.truth(value);
        return missing ? given.value(0, "default_value", "") : value;
    }

    private static double real(Object value) {
        Number number = Operations.number(value);
        if (number == null) {
            throw new IllegalArgumentException(Operations.kind(value) + " is no number");
        }
        return number.doubleValue();
    }

    private static Object integer(Object value, Object otherwise) {
        if (Operations.number(value) instanceof Number number) {
            return number.longValue();
        }
        try {
            return value instanceof String text ? (Object) (long) Double.parseDouble(text.strip()) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static Object decimal(Object value, Object otherwise) {
        if (Operations.number(value) instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return value instanceof String text ? (Object) Double.parseDouble(text.strip()) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static double round(Object value, Given given) {
        double scale = Math.pow(10, given.value(0, "precision", 0L) instanceof Long digits ? digits : 0);
        double scaled = real(value) * scale;
        return switch (given.text(1, "method", "common")) {
            case "ceil" -> Math.ceil(scaled) / scale;
            case "floor" -> Math.floor(scaled) / scale;
            default -> Math.rint(scaled) / scale;
        };
    }

    static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(Operations.kind(value) + " is no dict");
    }

    private static List<Object> dictsort(Map<?, ?> map, Given given) {
        boolean cased = given.flag(0, "case_sensitive");
        int by = given.text(1, "by", "key").equals("value") ? 1 : 0;
        List<Object> pairs = Methods.pairs(map);
        Comparator<Object> order = (a, b) ->
                Operations.compare(folded(((List<?>) a).get(by), cased), folded(((List<?>) b).get(by), cased));
        pairs.sort(given.flag(2, "reverse") ? order.reversed() : order);
        return pairs;
    }

    static Object folded(Object value, boolean cased) {
        return value instanceof String text && !cased ? text.toLowerCase(Locale.ROOT) : value;
    }
}
