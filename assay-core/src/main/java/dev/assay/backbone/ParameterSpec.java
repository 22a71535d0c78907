package dev.assay.backbone;

import java.util.OptionalInt;

/**
 * A weight a decoder needs.
 *
 * @param name in the public checkpoint
 * @param shape sizes
 * @param start how the published classes initialise it
 * @param zeroRow the row that starts at 0 all the same: the padding of an embedding
 */
public record ParameterSpec(String name, Start start, OptionalInt zeroRow, long... shape) {
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
        return new ParameterSpec(name, Start.NORMAL, OptionalInt.empty(), rows, columns);
    }

    /** The embedding of the config's vocabulary. */
    public static ParameterSpec embedding(String name, DecoderConfig config) {
        return new ParameterSpec(name, Start.NORMAL, config.paddingRow(), config.vocabularySize(), config.hiddenSize());
    }

    /** A bias. */
    public static ParameterSpec bias(String name, long size) {
        return new ParameterSpec(name, Start.ZEROS, OptionalInt.empty(), size);
    }

    /** The scale of a normalisation. */
    public static ParameterSpec scale(String name, long size) {
        return new ParameterSpec(name, Start.ONES, OptionalInt.empty(), size);
    }
}
