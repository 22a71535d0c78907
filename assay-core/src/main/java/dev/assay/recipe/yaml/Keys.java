package dev.assay.recipe.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Java names as keys: {@code learningRate} and {@code LEARNING_RATE} are both {@code learning-rate}. */
final class Keys {
    private Keys() {}

    static String ofComponent(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    static String ofConstant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> ofConstants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ofConstant((Enum<?>) constant))
                .toList();
    }
}
