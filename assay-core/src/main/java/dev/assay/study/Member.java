package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.recipe.DataSection.Simulated;
import dev.assay.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One training of a study.
 *
 * @param model the row it belongs to
 * @param seed of the training and, for simulated data, of the world
 * @param recipe the base recipe with the model's method, sources, seed and run folder; without its fine-tuning where the
 *     method is not its own
 */
public record Member(Model model, long seed, Recipe recipe) {
    /** The training of a model with a seed under {@code runs}. */
    static Member of(Recipe base, Path runs, Model model, long seed) {
        List<String> changes = new ArrayList<>();
        changes.add("training.seed=" + seed);
        if (base.data().simulated().isPresent()) {
            changes.add("data.simulated.seed=" + seed);
        }
        changes.addAll(method(base, model));
        String id = model.id() + "-seed-" + seed;
        Recipe common = keepsFineTune(base, model) ? base : base.withoutFineTune();
        Recipe recipe = Recipe.parse(common.toYaml(), "study member " + id, changes)
                .withOutput(runs.resolve(id).toString());
        requireSeed(model, seed, recipe);
        return new Member(model, seed, recipe);
    }

    /** A section that a variant replaces as a whole takes its seed along. */
    private static void requireSeed(Model model, long seed, Recipe recipe) {
        long world = recipe.data().simulated().map(Simulated::seed).orElse(seed);
        if (recipe.training().seed() != seed || world != seed) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--variant " + model.name()
                            + ": it replaces a section with the seed in it, while a study trains every"
                            + " row with its own seeds (" + seed
                            + " here); change single values, such as training.epochs=2 in place of"
                            + " training={epochs: 2}");
        }
    }

    /** The name of the run folder. */
    public String id() {
        return model.id() + "-seed-" + seed;
    }

    /** The run folder. */
    public Path run() {
        return Path.of(recipe.output());
    }

    /**
     * Fine-tuning belongs to the recipe's own method: a model of one source alone that was fine-tuned to another would be
     * the model of neither, and a scheme is compared as it is.
     */
    static boolean keepsFineTune(Recipe base, Model model) {
        return switch (model.scheme()) {
            case VARIANT -> true;
            case RAW, SINGLE, ENSEMBLE -> false;
            case MULTITASK -> isNamed(base, "bradley-terry");
            case SEQUENTIAL -> isNamed(base, "sequential");
            case MORE -> isNamed(base, "more");
        };
    }

    /** The base recipe keeps its own settings of a method; another method has its defaults. */
    private static List<String> method(Recipe base, Model model) {
        return switch (model.scheme()) {
            case RAW -> named(base, "raw");
            case SINGLE ->
                List.of("method={name: single, source: "
                        + quoted(model.sources().getFirst()) + "}");
            case MULTITASK -> some(model, named(base, "bradley-terry"));
            case MORE -> some(model, named(base, "more"));
            case SEQUENTIAL ->
                model.sources().isEmpty()
                        ? named(base, "sequential")
                        : List.of("method={name: sequential, order: " + list(model.sources()) + "}");
            case VARIANT -> model.changes();
            case ENSEMBLE -> throw new IllegalArgumentException("an ensemble is computed, not trained");
        };
    }

    private static List<String> named(Recipe base, String method) {
        return isNamed(base, method) ? List.of() : List.of("method={name: " + method + "}");
    }

    private static boolean isNamed(Recipe base, String method) {
        return method.equals(base.values().get("method.name"));
    }

    private static List<String> some(Model model, List<String> changes) {
        List<String> all = new ArrayList<>(changes);
        if (!model.sources().isEmpty()) {
            all.add("data.only=" + list(model.sources()));
        }
        return all;
    }

    private static String list(List<String> names) {
        return names.stream().map(Member::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** As YAML, whatever the name holds. */
    private static String quoted(String name) {
        return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
