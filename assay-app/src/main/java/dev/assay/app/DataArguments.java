package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.Attempts;
import dev.assay.ErrorKind;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.format.DataFormat;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.data.hub.Hub;
import dev.assay.data.hub.HubReference;
import dev.assay.recipe.RewardModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sources a verb measures on: {@code --data NAME=PATH[:FORMAT]}, as often as there are sources. */
final class DataArguments {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME=PATH[:FORMAT]",
            description =
                    "A source of preference pairs; may be given several times. The format is told by the columns.")
    private List<String> data = new ArrayList<>();

    /** The arguments as they were given. */
    List<String> given() {
        return List.copyOf(data);
    }

    /** Reads all sources, each with a name of its own, from models that are there; all that is wrong is told at once. */
    List<PreferenceSource> read(String... models) {
        Attempts reading = new Attempts();
        for (String model : models) {
            reading.run(() -> RewardModels.requireThere(model));
        }
        Set<String> names = new HashSet<>();
        List<PreferenceSource> sources = new ArrayList<>();
        data.forEach(argument -> reading.of(() -> source(argument, names)).ifPresent(sources::add));
        reading.throwIfAny();
        return sources;
    }

    private static PreferenceSource source(String argument, Set<String> names) {
        int equals = argument.indexOf('=');
        if (equals < 1) {
            throw wrong(argument, "write NAME=PATH, such as --data helpful=test.jsonl");
        }
        String name = argument.substring(0, equals);
        if (!names.add(name)) {
            throw wrong(argument, "the name " + name + " is given twice");
        }
        return read(name, argument.substring(equals + 1), argument);
    }

    private static PreferenceSource read(String name, String place, String argument) {
        DataFormat format = format(place);
        Path file = Hub.local(format == null ? place : place.substring(0, place.lastIndexOf(':')));
        if (!Files.isRegularFile(file)) {
            int colon = place.lastIndexOf(':');
            if (colon > 0 && !HubReference.is(place) && Files.isRegularFile(Path.of(place.substring(0, colon)))) {
                throw wrong(argument, "\"" + place.substring(colon + 1) + "\" is no format; known are " + formats());
            }
            throw wrong(argument, file + " is not a file; check the path, or name a file on the Hub by hub://");
        }
        List<PreferencePair> pairs = PreferenceReaders.pairs(file, name, format);
        if (pairs.isEmpty()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "--data " + argument + ": " + file
                            + " holds no pairs (ties of ranked lists are left out); expected are"
                            + " rows of a prompt with a chosen and a rejected answer, such as {\"prompt\": .., \"chosen\":"
                            + " .., \"rejected\": ..} one a line; assay data audit tells how a file is read");
        }
        return new PreferenceSource(name, pairs);
    }

    private static @Nullable DataFormat format(String place) {
        String last = place.substring(place.lastIndexOf(':') + 1);
        return last.equals(place)
                ? null
                : Arrays.stream(DataFormat.values())
                        .filter(format -> format.wireName().equals(last))
                        .findFirst()
                        .orElse(null);
    }

    private static String formats() {
        return String.join(
                ", ",
                Arrays.stream(DataFormat.values()).map(DataFormat::wireName).toList());
    }

    private static AssayException wrong(String argument, String what) {
        return new AssayException(ErrorKind.INPUT, "--data " + argument + ": " + what);
    }
}
