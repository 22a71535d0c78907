package dev.assay.recipe.yaml;

import dev.assay.NearestName;
import dev.assay.Problems;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Fills records from a YAML tree; notes every problem and goes on, giving null for what could not be read. */
final class RecordBinder {
    private static final Node EMPTY = YamlDocument.parse("{}", "nothing");

    private final Problems problems;
    private final Map<Class<?>, Variants<?>> variants;

    RecordBinder(Problems problems, Map<Class<?>, Variants<?>> variants) {
        this.problems = problems;
        this.variants = variants;
    }

    <R> @Nullable R bind(Node node, String path, Class<R> type) {
        return bind(node, path, type, List.of());
    }

    private <R> @Nullable R bind(Node node, String path, Class<R> type, List<String> extraKeys) {
        if (!(node instanceof MappingNode map)) {
            note(node, path, "must be a section with keys, not a " + kind(node));
            return null;
        }
        Map<String, Node> entries = entries(map, path);
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(extraKeys);
        Arrays.stream(components).map(each -> Keys.ofComponent(each.getName())).forEach(known::add);
        reportUnknown(map, path, known, extraKeys.isEmpty() ? "" : replacing(path));
        @Nullable Object[] values = new Object[components.length];
        Set<String> unreadable = new HashSet<>();
        for (int i = 0; i < components.length; i++) {
            String key = Keys.ofComponent(components[i].getName());
            Node given = entries.get(key);
            values[i] = given == null
                    ? missing(node, join(path, key), components[i])
                    : convert(given, join(path, key), components[i].getGenericType());
            if (values[i] == null) {
                unreadable.add(key);
                values[i] = standIn(components[i]);
            }
        }
        if (Arrays.asList(values).contains(null)) {
            return null;
        }
        // With stand-ins the record is made for its rules alone, so that wrong values beside unreadable ones are told
        // too. What a rule says of a stand-in is nobody's mistake.
        R record = construct(node, path, type, values, entries, unreadable);
        return unreadable.isEmpty() ? record : null;
    }

    private Map<String, Node> entries(MappingNode map, String path) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
            String key = YamlDocument.key(entry);
            if (entries.put(key, entry.getValueNode()) != null) {
                note(entry.getKeyNode(), join(path, key), "is given twice; keep one");
            }
        }
        return entries;
    }

    private void reportUnknown(MappingNode map, String path, List<String> known, String advice) {
        for (NodeTuple entry : map.getValue()) {
            String key = YamlDocument.key(entry);
            if (!known.contains(key)) {
                note(entry.getKeyNode(), join(path, key), "is not a known key" + instead(key, known) + advice);
            }
        }
    }

    /** Where a name picks the keys, those of another name may have stayed. */
    private static String replacing(String path) {
        return "; --set " + path + "=NAME replaces the whole section";
    }

    private @Nullable Object missing(Node section, String path, RecordComponent component) {
        Default standard = component.getAnnotation(Default.class);
        if (standard != null) {
            return convert(YamlDocument.parse(standard.value(), path), path, component.getGenericType());
        }
        if (component.getType() == Optional.class) {
            return Optional.empty();
        }
        note(section, path, "is required");
        return null;
    }

    private @Nullable Object standIn(RecordComponent component) {
        boolean known = component.isAnnotationPresent(Default.class) || component.getType() == Optional.class;
        return known ? missing(EMPTY, "", component) : null;
    }

    private @Nullable Object convert(Node node, String path, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            return generic.getRawType() == Optional.class ? optional(node, path, inner) : list(node, path, inner);
        }
        Class<?> raw = (Class<?>) type;
        Variants<?> choice = variants.get(raw);
        if (choice != null) {
            return variant(node, path, choice);
        }
        return raw.isRecord() ? bind(node, path, raw) : scalar(node, path, raw);
    }

    private @Nullable Object optional(Node node, String path, Type inner) {
        Object value = convert(node, path, inner);
        return value == null ? null : Optional.of(value);
    }

    private @Nullable Object list(Node node, String path, Type inner) {
        if (!(node instanceof SequenceNode sequence)) {
            note(node, path, "must be a list, not a " + kind(node));
            return null;
        }
        List<Object> values = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Object value = convert(sequence.getValue().get(i), path + "." + i, inner);
            if (value == null) {
                complete = false;
            } else {
                values.add(value);
            }
        }
        return complete ? List.copyOf(values) : null;
    }

    private @Nullable Object variant(Node node, String path, Variants<?> choice) {
        if (node instanceof ScalarNode alone) {
            Class<?> type = named(alone, path, choice);
            return type == null ? null : bind(EMPTY, path, type, List.of());
        }
        if (!(node instanceof MappingNode map)) {
            note(node, path, "must be a section with keys, not a " + kind(node));
            return null;
        }
        Node name = entries(map, path).get("name");
        if (name == null) {
            note(node, path + ".name", "is required: one of " + String.join(", ", choice.names()));
            return null;
        }
        Class<?> type = named(name, path + ".name", choice);
        return type == null ? null : bind(node, path, type, List.of("name"));
    }

    private @Nullable Class<?> named(Node name, String path, Variants<?> choice) {
        String asked = name instanceof ScalarNode scalar ? scalar.getValue() : "";
        Class<?> type = choice.byName().get(asked);
        if (type == null) {
            note(name, path, "\"" + asked + "\" is not known" + instead(asked, choice.names()));
        }
        return type;
    }

    private @Nullable Object scalar(Node node, String path, Class<?> type) {
        if (!(node instanceof ScalarNode scalar)) {
            note(node, path, "must be " + Scalars.describe(type) + ", not a " + kind(node));
            return null;
        }
        Object value = Scalars.parse(scalar.getValue(), type);
        if (value == null) {
            String hint = type.isEnum() ? nearest(scalar.getValue(), Keys.ofConstants(type)) : "";
            note(node, path, "\"" + scalar.getValue() + "\" is not " + Scalars.describe(type) + hint);
        }
        return value;
    }

    private <R> @Nullable R construct(
            Node node,
            String path,
            Class<R> type,
            @Nullable Object[] values,
            Map<String, Node> entries,
            Set<String> unreadable) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Rules.OutOfRange wrong) {
                wrong.broken().stream()
                        .filter(each -> Collections.disjoint(each.keys(), unreadable))
                        .forEach(each ->
                                note(entries.getOrDefault(each.key(), node), join(path, each.key()), each.message()));
            } else if (e.getCause() instanceof IllegalArgumentException wrong) {
                note(node, path, String.valueOf(wrong.getMessage()));
            } else {
                throw new IllegalStateException(type + " could not be made", e.getCause());
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a readable record", e);
        }
    }

    /** The value of a component. */
    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private void note(Node node, String path, String what) {
        problems.add(YamlDocument.place(node) + ": " + (path.isEmpty() ? "the recipe" : path) + ": " + what);
    }

    private static String instead(String typed, Collection<String> known) {
        String all = String.join(", ", known);
        String near = nearest(typed, known);
        return near + (near.isEmpty() ? "; known: " : " Known: ") + all;
    }

    private static String nearest(String typed, Collection<String> known) {
        return NearestName.of(typed, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String kind(Node node) {
        return switch (node) {
            case SequenceNode list -> "list";
            case MappingNode map -> "section";
            default -> "single value";
        };
    }
}
