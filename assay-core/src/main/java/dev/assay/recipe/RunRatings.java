package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.data.RatedResponse;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.data.hub.Hub;
import dev.assay.data.sampling.SourceSampling;
import dev.assay.data.simulation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rated responses a recipe names, of all its sources one after the other.
 *
 * @param rows with names that keep objectives of different sources apart
 * @param notes what their user has to know of them
 */
record RunRatings(List<RatedResponse> rows, List<String> notes) {
    static RunRatings read(Recipe recipe) {
        Optional<DataSection.Simulated> simulated = recipe.data().simulated();
        if (simulated.isPresent()) {
            return new RunRatings(
                    RunData.world(simulated.get())
                            .ratings(Part.TRAIN, simulated.get().ratings()),
                    List.of());
        }
        List<RatedResponse> all = new ArrayList<>();
        Problems problems = new Problems(ErrorKind.DATA, "data.ratings");
        for (DataSection.Source source : recipe.data().ratings()) {
            try {
                all.addAll(of(source, recipe.training().seed()));
            } catch (AssayException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        problems.throwIfAny();
        ObjectiveNames names = new ObjectiveNames(all, recipe.data().merge());
        return new RunRatings(names.applied(all), names.notes());
    }

    /** SHA-256 over the texts and ratings of all rows, in order. */
    String fingerprint() {
        return RunData.fingerprintOf(rows.stream()
                .flatMap(row -> Stream.of(
                        row.origin().source(),
                        row.prompt().text(),
                        row.response().text(),
                        row.ratings().toString())));
    }

    private static List<RatedResponse> of(DataSection.Source source, long seed) {
        List<RatedResponse> rows = PreferenceReaders.rated(
                Hub.local(source.path()), source.name(), source.format().orElse(null));
        if (rows.isEmpty()) {
            throw new AssayException(
                    ErrorKind.DATA, source.path() + ": source " + source.name() + " has no ratings; take it out");
        }
        return SourceSampling.limited(rows, source.limit().orElse(Integer.MAX_VALUE), seed);
    }
}
