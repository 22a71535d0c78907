package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Preference;
import dev.assay.data.PreferencePair;
import dev.assay.data.RankedResponses;
import dev.assay.data.RatedResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files of preferences and ratings to records. JSON Lines and JSON arrays (plain or gzipped), Parquet and CSV; the format
 * is the one given, or the one whose columns the first row has. All broken rows of a file are reported together, each
 * with file:line, and then nothing of the file is used.
 */
public final class PreferenceReaders {
    private PreferenceReaders() {}

    /**
     * All pairs of a file, in file order; ranked lists are taken apart into pairs, ties left out of them.
     *
     * @param file where to read
     * @param source the source's name in reports
     * @param format the format, or null to tell it by the columns
     */
    public static List<PreferencePair> pairs(Path file, String source, @Nullable DataFormat format) {
        return preferences(file, source, format).stream()
                .flatMap(preference -> preference.pairs().stream())
                .toList();
    }

    /** The same with the ties of ranked lists, each list's after its pairs: for looking at data, not for learning from it. */
    public static List<PreferencePair> pairsAndTies(Path file, String source, @Nullable DataFormat format) {
        return preferences(file, source, format).stream()
                .flatMap(preference -> preference.pairsAndTies().stream())
                .toList();
    }

    /** All pairs or ranked lists of a file as they stand in it, in file order. */
    public static List<Preference> preferences(Path file, String source, @Nullable DataFormat format) {
        List<Preference> preferences = new ArrayList<>();
        forEach(file, source, format, preferences::add);
        return preferences;
    }

    /**
     * Hands over each pair or ranked list as it is read, for files larger than memory. Rows after a broken one are still
     * handed over; that some were broken is known only at the end.
     *
     * @param each what is done with one; where several rows make one list (oasst, helpsteer, prm800k) it is called after the last row
     * @throws AssayException of kind DATA at the end, naming every broken row
     */
    public static void forEach(
            Path file, String source, @Nullable DataFormat format, Consumer<? super Preference> each) {
        Broken broken = new Broken(file);
        PreferenceRows rows = new PreferenceRows(source, each);
        read(file, format, broken, rows::read);
        rows.finish(broken);
        broken.throwIfAny();
    }

    /** All ranked lists of a file, in file order. */
    public static List<RankedResponses> ranked(Path file, String source, @Nullable DataFormat format) {
        List<RankedResponses> lists = new ArrayList<>();
        Broken broken = new Broken(file);
        PreferenceRows rows = new PreferenceRows(source, each -> lists.add((RankedResponses) each));
        read(file, format, broken, (row, its) -> {
            if (!its.isRanked()) {
                throw new BadRow("format " + its.wireName() + " holds no ranked lists");
            }
            rows.read(row, its);
        });
        rows.finish(broken);
        broken.throwIfAny();
        return lists;
    }

    /** All rated responses of a file, in file order. */
    public static List<RatedResponse> rated(Path file, String source, @Nullable DataFormat format) {
        List<RatedResponse> ratings = new ArrayList<>();
        Broken broken = new Broken(file);
        read(file, format, broken, (row, its) -> ratings.addAll(RatedRows.of(row, its, source)));
        broken.throwIfAny();
        return ratings;
    }

    /** Reads one row in its format. */
    @FunctionalInterface
    interface RowReader {
        void read(Row row, DataFormat format);
    }

    static void read(Path file, @Nullable DataFormat given, Broken broken, RowReader reader) {
        Consumer<Row> each = new Consumer<>() {
            private @Nullable DataFormat format = given;

            @Override
            public void accept(Row row) {
                DataFormat its = format == null ? detect(row) : format;
                format = its;
                broken.guard(row, () -> {
                    requireColumns(row, its);
                    reader.read(row, its);
                });
            }
        };
        FileRows.forEach(file, each, broken);
    }

    private static DataFormat detect(Row row) {
        Optional<DataFormat> format = DataFormat.detect(row);
        if (format.filter(DataFormat.IMPLICIT::equals).isPresent()) {
            AskedPairs.requireNoOtherPrompt(row);
        }
        return format.orElseThrow(() -> new AssayException(
                ErrorKind.DATA,
                row.place() + ": no known format has the columns "
                        + String.join(", ", row.json().propertyNames()) + "; known are " + DataFormat.names()));
    }

    /** The format of a file: that of its first row. */
    public static DataFormat format(Path file) {
        DataFormat[] first = new DataFormat[1];
        Broken broken = new Broken(file);
        read(file, null, broken, (row, its) -> first[0] = its);
        broken.throwIfAny();
        if (first[0] == null) {
            throw new AssayException(ErrorKind.DATA, file + ": there is no row in it");
        }
        return first[0];
    }

    private static void requireColumns(Row row, DataFormat format) {
        for (String column : format.columns()) {
            if (!row.json().has(column)) {
                throw new BadRow("column " + column + " is absent; format " + format.wireName() + " needs "
                        + String.join(", ", format.columns()));
            }
        }
    }
}
