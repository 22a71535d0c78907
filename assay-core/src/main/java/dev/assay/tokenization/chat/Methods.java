package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of Python's str, dict and list that read and do not change. */
final class Methods {
    private Methods() {}

    /** The bound method of that name; null where the value has none. */
    static @Nullable Function of(Object value, String name) {
        return switch (value) {
            case String text -> ofText(text, name);
            case Map<?, ?> map -> ofMap(map, name);
            case List<?> list -> ofList(list, name);
            default -> null;
        };
    }

    private static @Nullable Function ofText(String text, String name) {
        return switch (name) {
            case "strip" -> (a, n) -> strip(text, a, true, true);
            case "lstrip" -> (a, n) -> strip(text, a, true, false);
            case "rstrip" -> (a, n) -> strip(text, a, false, true);
            case "split" -> (a, n) -> split(text, a, n);
            case "rsplit" -> (a, n) -> rsplit(text, a);
            case "splitlines" ->
                (a, n) -> text.isEmpty()
                        ? List.of()
                        : new ArrayList<Object>(text.lines().toList());
            case "startswith" -> (a, n) -> prefixes(a).stream().anyMatch(text::startsWith);
            case "endswith" -> (a, n) -> prefixes(a).stream().anyMatch(text::endsWith);
            case "upper" -> (a, n) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (a, n) -> text.toLowerCase(Locale.ROOT);
            case "title" -> (a, n) -> title(text);
            case "capitalize" -> (a, n) -> capitalize(text);
            case "replace" ->
                (a, n) -> replace(
                        text, PythonText.str(a.get(0)), PythonText.str(a.get(1)), a.size() > 2 ? a.get(2) : -1L);
            case "join" ->
                (a, n) -> String.join(
                        text,
                        Operations.items(a.get(0)).stream().map(PythonText::str).toList());
            case "find" -> (a, n) -> (long) text.indexOf(PythonText.str(a.get(0)));
            case "count" -> (a, n) -> (long) text.split(Pattern.quote(PythonText.str(a.get(0))), -1).length - 1;
            case "isdigit" -> (a, n) -> all(text, Character::isDigit);
            case "isalpha" -> (a, n) -> all(text, Character::isLetter);
            case "isspace" -> (a, n) -> all(text, Character::isWhitespace);
            case "isupper" ->
                (a, n) -> !text.equals(text.toLowerCase(Locale.ROOT)) && text.equals(text.toUpperCase(Locale.ROOT));
            case "islower" ->
                (a, n) -> !text.equals(text.toUpperCase(Locale.ROOT)) && text.equals(text.toLowerCase(Locale.ROOT));
            case "removeprefix" ->
                (a, n) -> {
                    String prefix = PythonText.str(a.get(0));
                    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                };
            case "removesuffix" ->
                (a, n) -> {
                    String suffix = PythonText.str(a.get(0));
                    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
                };
            default -> null;
        };
    }

    private static boolean all(String text, IntPredicate predicate) {
        return !text.isEmpty() && text.codePoints().allMatch(predicate);
    }

    private static List<String> prefixes(List<Object> arguments) {
        return arguments.get(0) instanceof List<?> many
                ? many.stream().map(PythonText::str).toList()
                : List.of(PythonText.str(arguments.get(0)));
    }

    static String strip(String text, List<Object> arguments, boolean left, boolean right) {
        String characters =
                arguments.isEmpty() || arguments.get(0) instanceof None ? null : PythonText.str(arguments.get(0));
        int begin = 0;
        int end = text.length();
        while (left && begin < end && stripped(text.charAt(begin), characters)) {
            begin++;
        }
        while (right && end > begin && stripped(text.charAt(end - 1), characters)) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean stripped(char c, @Nullable String characters) {
        return characters == null ? Character.isWhitespace(c) || Character.isSpaceChar(c) : characters.indexOf(c) >= 0;
    }

    private static List<Object> split(String text, List<Object> arguments, Map<String, Object> named) {
        Object limit = arguments.size() > 1 ? arguments.get(1) : named.getOrDefault("maxsplit", -1L);
        int most = limit instanceof Long n ? Math.toIntExact(n) : -1;
        if (arguments.isEmpty() || arguments.get(0) instanceof None) {
            String bare = text.strip();
            return bare.isEmpty()
                    ? new ArrayList<>()
                    : new ArrayList<>(Arrays.asList((Object[]) bare.split("\\s+", most < 0 ? 0 : most + 1)));
        }
        String separator = PythonText.str(arguments.get(0));
        return new ArrayList<>(
                Arrays.asList((Object[]) text.split(Pattern.quote(separator), most < 0 ? -1 : most + 1)));
    }

    private static List<Object> rsplit(String text, List<Object> arguments) {
        List<Object> parts = split(text, arguments.subList(0, Math.min(1, arguments.size())), Map.of());
        if (arguments.size() < 2 || !(arguments.get(1) instanceof Long most) || parts.size() <= most + 1) {
            return parts;
        }
        String separator = PythonText.str(arguments.get(0));
        int joined = parts.size() - Math.toIntExact(most);
        List<Object> result = new ArrayList<>();
        result.add(String.join(
                separator,
                parts.subList(0, joined).stream().map(PythonText::str).toList()));
        result.addAll(parts.subList(joined, parts.size()));
        return result;
    }

    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    static String replace(String text, String old, String replacement, Object count) {
        if (!(count instanceof Long most) || most < 0) {
            return text.replace(old, replacement);
        }
        String result = text;
        int from = 0;
        for (long i = 0; i < most; i++) {
            int place = result.indexOf(old, from);
            if (place < 0) {
                break;
            }
            result = result.substring(0, place) + replacement + result.substring(place + old.length());
            from = place + replacement.length();
        }
        return result;
    }

    private static @Nullable Function ofMap(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (a, n) -> pairs(map);
            case "keys" -> (a, n) -> new ArrayList<Object>(map.keySet());
            case "values" -> (a, n) -> new ArrayList<Object>(map.values());
            case "get" ->
                (a, n) -> {
                    Object value = map.get(a.get(0));
                    return value != null ? value : a.size() > 1 ? a.get(1) : n.getOrDefault("default", None.NONE);
                };
            default -> null;
        };
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(new Tuple(List.of(key, value))));
        return pairs;
    }

    private static @Nullable Function ofList(List<?> list, String name) {
        return switch (name) {
            case "index" ->
                (a, n) -> {
                    for (int i = 0; i < list.size(); i++) {
                        if (Operations.equal(list.get(i), a.get(0))) {
                            return (long) i;
                        }
                    }
                    throw new IllegalArgumentException("the list does not hold " + PythonText.repr(a.get(0)));
                };
            case "count" ->
                (a, n) -> list.stream()
                        .filter(item -> Operations.equal(item, a.get(0)))
                        .count();
            default -> null;
        };
    }
}
