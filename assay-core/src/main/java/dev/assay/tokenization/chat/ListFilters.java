package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Jinja2's filters over lists. */
final class ListFilters {
    private ListFilters() {}

    static Object apply(String name, Object value, Filters.Given given) {
        return switch (name) {
            case "first" -> Operations.items(value).stream().findFirst().orElse(new Undefined("first"));
            case "last" ->
                Operations.items(value).isEmpty()
                        ? new Undefined("last")
                        : Operations.items(value).getLast();
            case "join" ->
                String.join(
                        given.text(0, "d", ""),
                        Operations.items(value).stream()
                                .map(item -> PythonText.str(attribute(item, given.value(1, "attribute", None.NONE))))
                                .toList());
            case "reverse" -> reversed(value);
            case "sort" -> sorted(value, given);
            case "unique" -> unique(value, given);
            case "min" ->
                Operations.items(value).stream().min(Operations::compare).orElse(new Undefined("min"));
            case "max" ->
                Operations.items(value).stream().max(Operations::compare).orElse(new Undefined("max"));
            case "sum" ->
                Operations.items(value).stream()
                        .map(item -> attribute(item, given.value(0, "attribute", None.NONE)))
                        .reduce(given.value(1, "start", 0L), (a, b) -> Operations.binary("+", a, b));
            case "map" -> mapped(value, given);
            case "select" -> chosen(value, given, 0, true);
            case "reject" -> chosen(value, given, 0, false);
            case "selectattr" -> chosen(value, given, 1, true);
            case "rejectattr" -> chosen(value, given, 1, false);
            case "batch" -> batched(value, given);
            default -> throw new IllegalArgumentException("the filter '" + name + "' is not known");
        };
    }

    /** An attribute by a path such as {@code a.b.0}; the item itself where none is asked for. */
    private static Object attribute(Object item, Object path) {
        if (path instanceof None) {
            return item;
        }
        Object value = item;
        for (String part : PythonText.str(path).split("\\.")) {
            value = Slices.item(value, part.matches("\\d+") ? (Object) Long.valueOf(part) : part);
        }
        return value;
    }

    private static Object reversed(Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        List<Object> items = new ArrayList<>(Operations.items(value));
        Collections.reverse(items);
        return items;
    }

    private static List<Object> sorted(Object value, Filters.Given given) {
        boolean cased = given.flag(1, "case_sensitive");
        Object path = given.value(2, "attribute", None.NONE);
        Comparator<Object> order = (a, b) -> Operations.compare(
                Filters.folded(attribute(a, path), cased), Filters.folded(attribute(b, path), cased));
        List<Object> items = new ArrayList<>(Operations.items(value));
        items.sort(given.flag(0, "reverse") ? order.reversed() : order);
        return items;
    }

    private static List<Object> unique(Object value, Filters.Given given) {
        boolean cased = given.flag(0, "case_sensitive");
        Object path = given.value(1, "attribute", None.NONE);
        List<Object> seen = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (Object item : Operations.items(value)) {
            Object key = Filters.folded(attribute(item, path), cased);
            if (seen.stream().noneMatch(known -> Operations.equal(known, key))) {
                seen.add(key);
                kept.add(item);
            }
        }
        return kept;
    }

    private static List<Object> mapped(Object value, Filters.Given given) {
        List<Object> items = Operations.items(value);
        if (given.named().containsKey("attribute")) {
            Object path = given.value(9, "attribute", None.NONE);
            Object otherwise = given.named().get("default");
            return new ArrayList<>(items.stream()
                    .map(item -> attribute(item, path))
                    .map(found -> found instanceof Undefined && otherwise != null ? otherwise : found)
                    .toList());
        }
        String filter = given.text(0, "filter", "");
        return new ArrayList<>(items.stream()
                .map(item -> Filters.apply(filter, item, given.rest(1), Map.of()))
                .toList());
    }

    /** With an attribute first where {@code from} is 1; the test, if any, follows with its arguments. */
    private static List<Object> chosen(Object value, Filters.Given given, int from, boolean wanted) {
        Object path = from == 1 ? given.value(0, "attribute", None.NONE) : None.NONE;
        List<Object> rest = given.rest(from);
        List<Object> kept = new ArrayList<>();
        for (Object item : Operations.items(value)) {
            Object tested = attribute(item, path);
            boolean holds = rest.isEmpty()
                    ? Operations.truth(tested)
                    : Tests.holds(PythonText.str(rest.getFirst()), tested, rest.subList(1, rest.size()));
            if (holds == wanted) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static List<Object> batched(Object value, Filters.Given given) {
        int size = given.value(0, "linecount", 1L) instanceof Long count ? Math.toIntExact(count) : 1;
        Object fill = given.value(1, "fill_with", None.NONE);
        List<Object> batches = new ArrayList<>();
        List<Object> items = Operations.items(value);
        for (int i = 0; i < items.size(); i += size) {
            List<Object> batch = new ArrayList<>(items.subList(i, Math.min(items.size(), i + size)));
            while (!(fill instanceof None) && batch.size() < size) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches;
    }
}
