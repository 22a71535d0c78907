package dev.assay.checkpoint;

import dev.assay.tensor.Precision;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of a safetensors header.
 *
 * @param type the header's name of the element type, such as {@code F32}
 * @param shape sizes
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
record TensorEntry(String type, long[] shape, long begin, long end) {
    long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    @Nullable
    Precision precision() {
        for (Precision precision : Precision.values()) {
            if (precision.safetensorsName().equals(type)) {
                return precision;
            }
        }
        return null;
    }

    String shapeText() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
