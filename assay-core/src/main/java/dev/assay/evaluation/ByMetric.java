package dev.assay.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** One value for each {@link Metric}, none missing. */
public record ByMetric<V>(Map<Metric, V> values) {
    public ByMetric {
        if (values.size() != Metric.values().length) {
            throw new IllegalArgumentException("some metric has no value, only these have: " + values.keySet());
        }
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** Fills the table metric by metric. */
    static <V> ByMetric<V> from(Function<Metric, V> value) {
        Map<Metric, V> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, value.apply(metric));
        }
        return new ByMetric<>(values);
    }

    /** The value of one metric. */
    public V get(Metric metric) {
        V value = values.get(metric);
        if (value == null) {
            throw new IllegalStateException("no value of " + metric);
        }
        return value;
    }
}
