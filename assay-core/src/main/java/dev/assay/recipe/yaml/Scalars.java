package dev.assay.recipe.yaml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Single values: text to what a component holds, without guessing. */
final class Scalars {
    private Scalars() {}

    /** The value, or null where the text is not one of that type. */
    static @Nullable Object parse(String text, Class<?> type) {
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == long.class || type == Long.class) {
                return Long.valueOf(text);
            } else if (type == double.class || type == Double.class) {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) ? value : null;
            } else if (type == boolean.class || type == Boolean.class) {
                return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
            } else if (type.isEnum()) {
                return Arrays.stream(type.getEnumConstants())
                        .filter(constant -> Keys.ofConstant((Enum<?>) constant).equals(text))
                        .findFirst()
                        .orElse(null);
            }
        } catch (NumberFormatException e) {
            return null;
        }
        throw new IllegalStateException("a recipe cannot hold a " + type);
    }

    /** What is expected, for a message. */
    static String describe(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", Keys.ofConstants(type));
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return "a text";
    }
}
