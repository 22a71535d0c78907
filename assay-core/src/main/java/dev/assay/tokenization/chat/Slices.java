package dev.assay.tokenization.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's subscripts: negative indices, and slices with a step. */
final class Slices {
    private Slices() {}

    /** The item of a list, text or dict; undefined where there is none. */
    static Object item(Object of, Object key) {
        if (of instanceof Map<?, ?> map) {
            Object value = map.get(key);
            return value == null ? new Undefined(PythonText.str(key)) : value;
        }
        if (of instanceof Namespace namespace) {
            return item(namespace.attributes(), key);
        }
        if (of instanceof Undefined undefined) {
            throw new IllegalArgumentException("'" + undefined.what() + "' is undefined");
        }
        if (Operations.number(key) instanceof Long index && (of instanceof List<?> || of instanceof String)) {
            List<Object> items = Operations.items(of);
            long place = index < 0 ? index + items.size() : index;
            return place >= 0 && place < items.size() ? items.get((int) place) : new Undefined("item " + index);
        }
        return new Undefined(PythonText.str(key));
    }

    static Object slice(Object of, @Nullable Object begin, @Nullable Object end, @Nullable Object step) {
        if (!(of instanceof List<?> || of instanceof String)) {
            throw new IllegalArgumentException(Operations.kind(of) + " cannot be sliced");
        }
        List<Object> items = Operations.items(of);
        long stride = bound(step, 1);
        if (stride == 0) {
            throw new IllegalArgumentException("a slice's step cannot be zero");
        }
        int size = items.size();
        long low = stride > 0 ? 0 : -1;
        long high = stride > 0 ? size : size - 1L;
        long from = clamp(bound(begin, stride > 0 ? 0 : size - 1L), begin == null, size, low, high);
        long to = clamp(bound(end, stride > 0 ? size : -1L), end == null, size, low, high);
        List<Object> taken = new ArrayList<>();
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
            taken.add(items.get((int) i));
        }
        return of instanceof String
                ? String.join("", taken.stream().map(PythonText::str).toList())
                : taken;
    }

    private static long bound(@Nullable Object value, long otherwise) {
        if (value == null || value instanceof None) {
            return otherwise;
        }
        if (Operations.number(value) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("a slice needs integers, not " + Operations.kind(value));
    }

    private static long clamp(long bound, boolean isDefault, int size, long low, long high) {
        long place = bound < 0 && !isDefault ? bound + size : bound;
        return Math.max(low, Math.min(high, place));
    }
}
