package dev.assay.app;

import dev.assay.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads all files before it complains, so that what is wrong with any of them is told at once. */
final class EveryFile {
    private EveryFile() {}

    static <T> List<T> read(List<String> files, Function<String, T> reader) {
        List<T> read = new ArrayList<>();
        Attempts reading = new Attempts();
        files.forEach(file -> reading.of(() -> reader.apply(file)).ifPresent(read::add));
        reading.throwIfAny();
        return read;
    }
}
