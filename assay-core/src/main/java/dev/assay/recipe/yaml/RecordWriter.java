package dev.assay.recipe.yaml;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as the nested maps and lists a YAML or JSON writer takes. */
final class RecordWriter {
    private final Map<Class<?>, Variants<?>> variants;

    RecordWriter(Map<Class<?>, Variants<?>> variants) {
        this.variants = variants;
    }

    Map<String, Object> tree(Record record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        variants.values().stream()
                .filter(each -> each.section().isInstance(record))
                .findFirst()
                .ifPresent(each -> tree.put("name", each.nameOf(record)));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = plain(RecordBinder.read(component, record));
            if (value != null) {
                tree.put(Keys.ofComponent(component.getName()), value);
            }
        }
        return tree;
    }

    private @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Optional<?> optional -> plain(optional.orElse(null));
            case Record record -> tree(record);
            case List<?> list -> list.stream().map(this::plain).toList();
            case Enum<?> constant -> Keys.ofConstant(constant);
            case null, default -> value;
        };
    }
}
