package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.recipe.yaml.YamlRecords;
import dev.assay.training.GradientReach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a reward model is made: all that the command line can say, and all that a checkpoint remembers of its making. The
 * keys of the YAML are the components of the sections in kebab case; the vocabulary is closed.
 *
 * @param method the paper, with its own settings
 * @param backbone the decoder the rewards are read from
 * @param tokenization how conversations become tokens
 * @param data the sources
 * @param training how long, how fast, in which precision
 * @param fineTune a last stage on one source; absent: none
 * @param evaluation how the result is measured
 * @param output the run folder
 */
public record Recipe(
        MethodSection method,
        BackboneSection backbone,
        @Default("{}") TokenizationSection tokenization,
        DataSection data,
        @Default("{}") TrainingSection training,
        Optional<FineTuneSection> fineTune,
        @Default("{}") EvaluationSection evaluation,
        String output) {
    private static final YamlRecords YAML = new YamlRecords(List.of(MethodCatalog.VARIANTS));

    public Recipe {
        Rules rules = new Rules().notBlank("output", output);
        boolean scaled =
                data.train().stream().anyMatch(source -> source.marginScale().isPresent());
        rules.that(
                "data",
                !scaled || training.margins(),
                "a source has a margin-scale, but margins are not used; add training.margins: true");
        boolean adapterless = backbone.adapter().isEmpty();
        rules.that(
                "method",
                !(method instanceof MethodSection.More more && more.reach() == GradientReach.ADAPTER && adapterless),
                "method.reach is adapter, but there is none; add backbone.adapter: {}, or reach: all");
        if (!data.train().isEmpty()) {
            List<String> known =
                    data.train().stream().map(DataSection.Source::name).toList();
            unknown(method.named(), known)
                    .forEach(name -> rules.that("method", false, notASource("method", name, known)));
            unknown(fineTune.map(FineTuneSection::source).stream().toList(), known)
                    .forEach(name -> rules.that("fine-tune", false, notASource("fine-tune", name, known)));
        }
        rules.that(
                "fine-tune",
                fineTune.isEmpty()
                        || !(method instanceof MethodSection.Raw
                                || method instanceof MethodSection.Ensemble
                                || method instanceof MethodSection.ArmoRm
                                || method instanceof MethodSection.Objectives),
                "there is no one trained model to go on with; use method single for one source alone");
        mixture(rules, method, backbone, data);
        rules.that(
                "evaluation",
                evaluation.steering().isEmpty() || method instanceof MethodSection.ArmoRm,
                "evaluation.steering weighs the objectives of a mixture, which only method armorm has; take it out");
        rules.that(
                "evaluation",
                evaluation.recalibration().isEmpty()
                        || data.simulated().isPresent()
                        || !data.test().isEmpty(),
                "evaluation.recalibration is fitted on the validation pairs, so that its effect must be measured on others; name"
                        + " some in data.test");
        rules.check();
    }

    private static void mixture(Rules rules, MethodSection method, BackboneSection backbone, DataSection data) {
        if (method instanceof MethodSection.ArmoRm stored
                && stored.embeddings().rlhflow().isPresent()) {
            stored(rules, stored, backbone, data);
            return;
        }
        boolean mixture = method instanceof MethodSection.ArmoRm;
        boolean objectives = method instanceof MethodSection.Objectives;
        rules.that(
                "data",
                !(mixture || objectives)
                        || !data.ratings().isEmpty()
                        || data.simulated().isPresent(),
                "methods armorm and objectives learn from ratings; add data.ratings, a list of sources, or data.simulated");
        rules.that(
                "data",
                mixture || objectives || data.ratings().isEmpty(),
                "only methods armorm and objectives learn from ratings; take data.ratings out");
        rules.that(
                "data",
                objectives || !data.train().isEmpty() || data.simulated().isPresent(),
                "the method learns from pairs; add data.train, a list of sources, or data.simulated");
        rules.that(
                "data",
                !objectives
                        || data.train().isEmpty()
                                && data.test().isEmpty()
                                && data.validation().sources().isEmpty(),
                "method objectives learns from ratings alone and holds a fraction of them out; take data.train, data.test"
                        + " and data.validation.sources out");
        rules.that(
                "backbone",
                !mixture || backbone.adapter().isEmpty(),
                "method armorm does not train the backbone; take backbone.adapter out");
    }

    /** A mixture whose states are there. */
    private static void stored(Rules rules, MethodSection.ArmoRm method, BackboneSection backbone, DataSection data) {
        rules.that(
                        "data",
                        data.train().isEmpty()
                                && data.ratings().isEmpty()
                                && data.simulated().isEmpty(),
                        "method.embeddings.rlhflow has the states of ratings and pairs; take data.train, data.ratings and"
                                + " data.simulated out")
                .that(
                        "method",
                        !method.debias().nuisance().equals(Optional.of(DebiasSection.LENGTH)),
                        "the files of method.embeddings.rlhflow hold no lengths to free the objectives of; name one of the"
                                + " objectives as method.debias.nuisance, or none")
                .that(
                        "backbone",
                        backbone.path().isPresent() && backbone.adapter().isEmpty(),
                        "method.embeddings.rlhflow has the states of a decoder; name its folder as backbone.path, without an"
                                + " adapter");
    }

    private static List<String> unknown(List<String> names, List<String> known) {
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    private static String notASource(String section, String name, List<String> known) {
        return section + " names \"" + name + "\", which is no source; the sources are " + String.join(", ", known);
    }

    /**
     * The sources the method itself learns from, in its order.
     *
     * @param all names of the recipe's sources
     * @throws AssayException of kind RECIPE where the method names one that is not among them
     */
    List<String> methodSources(List<String> all) {
        return method.named().isEmpty() ? all : requireKnown("method", method.named(), all);
    }

    /** The sources the run learns from: those of the method, and that of the fine-tuning where it is another. */
    List<String> learntSources(List<String> all) {
        Set<String> names = new LinkedHashSet<>(methodSources(all));
        fineTune.ifPresent(section -> names.addAll(requireKnown("fine-tune", List.of(section.source()), all)));
        return List.copyOf(names);
    }

    private static List<String> requireKnown(String section, List<String> names, List<String> known) {
        Problems problems = new Problems(ErrorKind.RECIPE, "the recipe");
        unknown(names, known).forEach(name -> problems.add(notASource(section, name, known)));
        problems.throwIfAny();
        return names;
    }

    /**
     * Reads a recipe file.
     *
     * @param file the YAML
     * @param overrides {@code path=value} each, as {@code --set} gives them
     * @throws AssayException of kind RECIPE that lists everything that is wrong, with file, line, path and legal values
     */
    public static Recipe read(Path file, List<String> overrides) {
        try {
            return parse(Files.readString(file), file.toString(), overrides);
        } catch (IOException e) {
            throw new AssayException(
                    ErrorKind.RECIPE, file + ": cannot be read; a recipe is a YAML file such as those in recipes/", e);
        }
    }

    /** Reads a recipe from text; {@code name} stands for it in errors. */
    public static Recipe parse(String yaml, String name, List<String> overrides) {
        return YAML.read(yaml, name, overrides, Recipe.class);
    }

    /** The recipe with every default written out; reading it gives an equal recipe. */
    public String toYaml() {
        return YAML.write(this);
    }

    /** Every single value by its path, such as {@code training.seed}. */
    public Map<String, String> values() {
        return YAML.values(this);
    }

    /** The same recipe with another run folder. */
    public Recipe withOutput(String folder) {
        return new Recipe(method, backbone, tokenization, data, training, fineTune, evaluation, folder);
    }

    /** The same recipe without its last stage on one source. */
    public Recipe withoutFineTune() {
        return new Recipe(method, backbone, tokenization, data, training, Optional.empty(), evaluation, output);
    }

    /**
     * Pairs of a step that draws from so many sources: with {@code mixing: equal} the largest whole number of each that
     * fits {@code training.batch-size}, but at least one.
     */
    public int batchSize(int sources) {
        return data.mixing() == DataSection.Mixing.EQUAL
                ? sources * Math.max(1, training.batchSize() / sources)
                : training.batchSize();
    }

    /** The recipe of the model that learns from one source alone and is otherwise made as this one. */
    Recipe asSingle(String source, Path folder) {
        return new Recipe(
                new MethodSection.Single(source),
                backbone,
                tokenization,
                data,
                training,
                Optional.empty(),
                evaluation,
                folder.toString());
    }
}
