package dev.assay.recipe;

import dev.assay.Attempts;
import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.Problems;
import dev.assay.data.Conversation;
import dev.assay.data.Preference;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.RankedResponses;
import dev.assay.data.Strength;
import dev.assay.data.sampling.HoldOut;
import dev.assay.data.simulation.Part;
import dev.assay.data.simulation.SimulatedWorld;
import dev.assay.data.simulation.WorldConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sources of a run, read, limited, split and resampled.
 *
 * @param train what is learnt from, one a source, in the order the run counts them
 * @param validation what chooses the best checkpoint; sources without pairs are left out
 * @param test what is measured at the end; empty where the recipe names none
 */
record RunData(List<TrainingSource> train, List<PreferenceSource> validation, List<PreferenceSource> test) {
    /** All sources; what is wrong with any of them is told at once. */
    static RunData read(Recipe recipe) {
        DataSection data = recipe.data();
        long seed = recipe.training().seed();
        SourceReader reader = new SourceReader(data, seed);
        Optional<SimulatedWorld> world = data.simulated().map(RunData::world);
        Attempts reading = new Attempts();
        List<TrainingSource> train = reading.of(() -> world.map(each -> simulated(each, data))
                        .orElseGet(() -> reader.training(chosen(data.train(), DataSection.Source::name, data))))
                .orElse(List.of());
        List<PreferenceSource> validation =
                reading.of(() -> reader.measured(judges(data))).orElse(List.of());
        List<PreferenceSource> test = reading.of(() ->
                        world.map(each -> pairs(each, data, Part.TEST)).orElseGet(() -> reader.measured(data.test())))
                .orElse(List.of());
        reading.throwIfAny();
        return data.validation().sources().isEmpty()
                ? heldOut(recipe, train, test)
                : new RunData(learnt(recipe, resampled(train, data, seed)), validation, test);
    }

    private static List<TrainingSource> simulated(SimulatedWorld world, DataSection data) {
        return chosen(pairs(world, data, Part.TRAIN), PreferenceSource::name, data).stream()
                .map(source -> TrainingSource.of(source.name(), List.copyOf(source.pairs())))
                .toList();
    }

    /** Whole prompts of the training sources judge, before any row is repeated. */
    private static RunData heldOut(Recipe recipe, List<TrainingSource> train, List<PreferenceSource> test) {
        DataSection data = recipe.data();
        long seed = recipe.training().seed();
        List<TrainingSource> kept = new ArrayList<>();
        List<PreferenceSource> held = new ArrayList<>();
        for (TrainingSource source : train) {
            HoldOut<Preference> split =
                    HoldOut.byPrompt(source.rows(), data.validation().fraction(), seed);
            kept.add(TrainingSource.of(source.name(), split.kept()));
            List<PreferencePair> pairs =
                    split.held().stream().flatMap(row -> row.pairs().stream()).toList();
            if (!pairs.isEmpty()) {
                held.add(new PreferenceSource(source.name(), pairs));
            }
        }
        return new RunData(learnt(recipe, resampled(kept, data, seed)), held, test);
    }

    private static List<PreferenceSource> pairs(SimulatedWorld world, DataSection data, Part part) {
        return data.simulated()
                .filter(DataSection.Simulated::experts)
                .map(simulated -> List.of(
                        world.expertPairs(part, part == Part.TRAIN ? simulated.pairs() : simulated.testPairs())))
                .orElseGet(() -> part == Part.TRAIN ? sized(world.pairs(part), data) : world.pairs(part));
    }

    private static List<PreferenceSource> sized(List<PreferenceSource> sources, DataSection data) {
        List<Integer> sizes = data.simulated().map(DataSection.Simulated::sizes).orElse(List.of());
        return sizes.isEmpty()
                ? sources
                : IntStream.range(0, sources.size())
                        .mapToObj(i -> new PreferenceSource(
                                sources.get(i).name(), sources.get(i).pairs().subList(0, sizes.get(i))))
                        .toList();
    }

    /** The sources that {@code data.only} names, or all. */
    private static <T> List<T> chosen(List<T> all, Function<T, String> name, DataSection data) {
        List<String> known = all.stream().map(name).toList();
        Problems problems = new Problems(ErrorKind.RECIPE, "data.only");
        data.only().stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> problems.add("\"" + each + "\" is no training source"
                        + NearestName.of(each, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")
                        + " Sources: " + String.join(", ", known)));
        problems.throwIfAny();
        return data.only().isEmpty()
                ? all
                : all.stream()
                        .filter(each -> data.only().contains(name.apply(each)))
                        .toList();
    }

    /** A model that does not learn from a source is not chosen by it either. */
    private static List<DataSection.Source> judges(DataSection data) {
        return data.validation().sources().stream()
                .filter(source -> data.only().isEmpty() || data.only().contains(source.name()))
                .toList();
    }

    static SimulatedWorld world(DataSection.Simulated simulated) {
        return new SimulatedWorld(WorldConfig.DEFAULT
                .withSeed(simulated.seed())
                .withSizes(simulated.sources(), simulated.pairs(), simulated.testPairs()));
    }

    private static List<TrainingSource> resampled(List<TrainingSource> sources, DataSection data, long seed) {
        if (data.equalSize()) {
            int smallest = sources.stream()
                    .mapToInt(source -> source.available().size())
                    .min()
                    .orElse(0);
            return sources.stream()
                    .map(source -> source.resampled(smallest, seed))
                    .toList();
        }
        List<TrainingSource> result = new ArrayList<>();
        for (TrainingSource source : sources) {
            Optional<Integer> own = data.train().stream()
                    .filter(each -> each.name().equals(source.name()))
                    .findFirst()
                    .flatMap(DataSection.Source::resample);
            result.add(own.or(data::resample)
                    .map(wanted -> source.resampled(wanted, seed))
                    .orElse(source));
        }
        return result;
    }

    /** What a finished run is measured on: the test sources, or the validation pairs where there are none. */
    List<PreferenceSource> measured() {
        return test.isEmpty() ? validation : test;
    }

    /** Those the recipe learns from, in its order; the others are only measured on. */
    private static List<TrainingSource> learnt(Recipe recipe, List<TrainingSource> sources) {
        Map<String, TrainingSource> byName = new LinkedHashMap<>();
        sources.forEach(source -> byName.put(source.name(), source));
        return recipe.learntSources(List.copyOf(byName.keySet())).stream()
                .map(name -> Objects.requireNonNull(byName.get(name)))
                .toList();
    }

    /** Names of the sources that are learnt from, in their order. */
    List<String> learntNames() {
        return train.stream().map(TrainingSource::name).toList();
    }

    /** SHA-256 over the names, texts and strengths of all training rows, in order. */
    String fingerprint() {
        MessageDigest digest = sha256();
        train.forEach(source -> add(digest, source.name(), source.rows()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 over the names, texts and strengths of pairs that are measured on, in order. */
    static String fingerprintOf(List<PreferenceSource> sources) {
        MessageDigest digest = sha256();
        sources.forEach(source -> add(digest, source.name(), source.pairs()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 over texts, in order. */
    static String fingerprintOf(Stream<String> texts) {
        MessageDigest digest = sha256();
        texts.forEach(text -> add(digest, text));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String name, List<? extends Preference> rows) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        rows.forEach(row -> texts(row).forEach(text -> add(digest, text)));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** Ties, soft labels and margins are learnt from as texts are; a simulated pair's true probability is not. */
    private static String strength(Strength strength) {
        return strength.label() + " " + strength.margin();
    }

    private static List<String> texts(Preference row) {
        return switch (row) {
            case PreferencePair pair ->
                List.of(pair.chosenConversation().text(), pair.rejected().text(), strength(pair.strength()));
            case RankedResponses list -> {
                List<String> texts = new ArrayList<>(List.of(list.prompt().text()));
                list.responses().stream().map(Conversation::text).forEach(texts::add);
                texts.add(list.ranks().toString());
                yield texts;
            }
        };
    }
}
