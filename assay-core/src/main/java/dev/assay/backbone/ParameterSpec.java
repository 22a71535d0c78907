package dev.assay.backbone;

/**
 * A weight a decoder needs.
 *
 * @param name in the public checkpoint
 * @param shape sizes
 * @param start how the published classes initialise it
 */
public record ParameterSpec(String name, Start start, long... shape) {
    /** How a fresh weight begins. */
    public enum Start {
        /** Drawn from a normal distribution around 0 with the config's {@code initializer_range}. */
        NORMAL,
        /** All 0: biases. */
        ZEROS,
        /** All 1: scales of normalisations. */
        ONES
    }

    /** A matrix drawn at random. */
    public static ParameterSpec matrix(String name, long rows, long columns) {
        return new ParameterSpec(name, Start.NORMAL, rows, columns);
    }

    /** A bias. */
    public static ParameterSpec bias(String name, long size) {
        return new ParameterSpec(name, Start.ZEROS, size);
    }

    /** The scale of a normalisation. */
    public static ParameterSpec scale(String name, long size) {
        return new ParameterSpec(name, Start.ONES, size);
    }
}
