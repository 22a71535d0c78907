package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.Attempts;
import dev.assay.ErrorKind;
import dev.assay.data.Preference;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.RankedResponses;
import dev.assay.data.Strength;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.data.hub.Hub;
import dev.assay.data.sampling.SourceSampling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The sources a recipe names as rows. Files are read one after the other, and what is wrong with any is told for all. */
final class SourceReader {
    private final DataSection data;
    private final long seed;

    SourceReader(DataSection data, long seed) {
        this.data = data;
        this.seed = seed;
    }

    /** Sources to learn from, rankings and margins as the recipe wants them. */
    List<TrainingSource> training(List<DataSection.Source> sources) {
        return each(sources, source -> {
            List<Preference> rows = scaled(source, file(source));
            if (data.rankings() == DataSection.Rankings.PAIRS) {
                rows = rows.stream()
                        .<Preference>flatMap(row -> row.pairs().stream())
                        .toList();
            }
            // One response alone has nothing to be better than.
            rows = rows.stream()
                    .filter(row -> !(row instanceof RankedResponses list
                            && list.responses().size() < 2))
                    .toList();
            return TrainingSource.of(source.name(), limited(source, rows));
        });
    }

    /** Sources to measure on: pairs, whatever the file holds. */
    List<PreferenceSource> measured(List<DataSection.Source> sources) {
        return each(
                sources,
                source -> new PreferenceSource(
                        source.name(),
                        limited(
                                source,
                                file(source).stream()
                                        .flatMap(row -> row.pairs().stream())
                                        .toList())));
    }

    private static List<Preference> file(DataSection.Source source) {
        return PreferenceReaders.preferences(
                Hub.local(source.path()), source.name(), source.format().orElse(null));
    }

    private static <T> List<T> some(DataSection.Source source, List<T> rows) {
        if (rows.isEmpty()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    source.path() + ": source " + source.name() + " has no pairs (ties of ranked lists are left out);"
                            + " take it out of the recipe or look at it with assay data inspect");
        }
        return rows;
    }

    private <T> List<T> limited(DataSection.Source source, List<T> rows) {
        return SourceSampling.limited(some(source, rows), source.limit().orElse(Integer.MAX_VALUE), seed);
    }

    /** Margins in the unit of a reward. */
    private static List<Preference> scaled(DataSection.Source source, List<Preference> rows) {
        if (source.marginScale().isEmpty()) {
            return rows;
        }
        if (rows.stream().noneMatch(SourceReader::hasMargin)) {
            throw new AssayException(
                    ErrorKind.DATA,
                    source.path() + ": source " + source.name()
                            + " has a margin-scale, but no row of the file has a margin; leave margin-scale out");
        }
        double scale = source.marginScale().get();
        return rows.stream()
                .map(row -> row instanceof PreferencePair pair ? scaled(pair, scale) : row)
                .toList();
    }

    private static boolean hasMargin(Preference row) {
        return row instanceof PreferencePair pair && pair.strength().margin().isPresent();
    }

    private static PreferencePair scaled(PreferencePair pair, double scale) {
        Strength strength = pair.strength();
        if (strength.margin().isEmpty()) {
            return pair;
        }
        OptionalDouble margin = OptionalDouble.of(scale * strength.margin().getAsDouble());
        return new PreferencePair(
                pair.prompt(),
                pair.chosen(),
                pair.rejected(),
                new Strength(strength.label(), margin, strength.trueProbability()),
                pair.origin());
    }

    private static <T> List<T> each(List<DataSection.Source> sources, Function<DataSection.Source, T> reader) {
        List<T> read = new ArrayList<>();
        Attempts reading = new Attempts();
        sources.forEach(source -> reading.of(() -> reader.apply(source)).ifPresent(read::add));
        reading.throwIfAny();
        return read;
    }
}
