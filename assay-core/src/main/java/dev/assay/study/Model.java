package dev.assay.study;

import dev.assay.evaluation.calibration.RecalibrationKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A row of a study's table: a scheme and the sources it learns from. With each seed it is trained once.
 *
 * @param name the name in tables, unique within a study
 * @param id the name of its run folders, without the seed; equal ids are equal trainings, also between studies
 * @param scheme how it learns
 * @param sources what it learns from, in the order in which {@link Scheme#SEQUENTIAL} sees them; empty: all
 * @param changes {@code path=value} each, what a {@link Scheme#VARIANT} changes in the base recipe
 * @param recalibration the map that reads the rewards of the row with the same id; absent: they are read as they are
 */
public record Model(
        String name,
        String id,
        Scheme scheme,
        List<String> sources,
        List<String> changes,
        Optional<RecalibrationKind> recalibration) {
    /** Longer folder names are cut and told apart by a checksum. */
    private static final int LONGEST = 60;

    public Model {
        sources = List.copyOf(sources);
        changes = List.copyOf(changes);
    }

    /** A scheme as it is. */
    Model(String name, String id, Scheme scheme, List<String> sources) {
        this(name, id, scheme, sources, List.of(), Optional.empty());
    }

    /** The base recipe with other values. */
    static Model variant(Variant variant) {
        return new Model(
                variant.name(),
                "variant-" + slug(variant.name()),
                Scheme.VARIANT,
                List.of(),
                variant.changes(),
                Optional.empty());
    }

    /** The same model, its rewards read through a recalibration. */
    Model recalibrated(RecalibrationKind kind) {
        return new Model(name + ", " + named(kind), id, scheme, sources, changes, Optional.of(kind));
    }

    /** As rows and options call a recalibration. */
    static String named(RecalibrationKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the row is a model's own and not another reading of its rewards. */
    boolean isPlain() {
        return recalibration.isEmpty();
    }

    /** A model of one source alone. */
    static Model single(String source) {
        return new Model("Single " + source, "single-" + slug(source), Scheme.SINGLE, List.of(source));
    }

    /** A scheme on all sources in their order. */
    static Model mixed(Scheme scheme) {
        return new Model(scheme.title(), scheme.key(), scheme, List.of());
    }

    /** A scheme on the named sources, a proper part of all or another order of them. */
    static Model mixed(Scheme scheme, String name, List<String> sources) {
        return new Model(name, scheme.key() + "-" + slug(String.join(".", sources)), scheme, sources);
    }

    /** A folder name on every system; two texts that it would confuse get different checksums. */
    static String slug(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "_");
        if (plain.equals(text) && plain.length() <= LONGEST) {
            return plain;
        }
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(plain.length(), LONGEST)) + "-" + Long.toHexString(checksum.getValue());
    }
}
