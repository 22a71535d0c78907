package dev.assay.recipe;

import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.Problems;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import dev.assay.data.RatingScale;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.reward.Objective;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether the ratings have what a recipe of a mixture names: asked before any state is computed, which takes hours on a large
 * decoder, of everything at once.
 */
final class MixtureNames {
    private final Recipe recipe;
    private final MethodSection.ArmoRm method;
    private final List<RatedResponse> ratings;
    private final Map<String, RatingScale> rated;
    private final List<String> recipes = new ArrayList<>();
    private final List<String> data = new ArrayList<>();

    private MixtureNames(
            Recipe recipe, MethodSection.ArmoRm method, List<RatedResponse> ratings, Map<String, RatingScale> rated) {
        this.recipe = recipe;
        this.method = method;
        this.ratings = ratings;
        this.rated = rated;
    }

    /**
     * Looks for objectives, nuisance and steering.
     *
     * @throws dev.assay.AssayException of kind RECIPE where a name is not known, else of kind DATA where an objective is constant
     */
    static void require(Recipe recipe, MethodSection.ArmoRm method, List<RatedResponse> ratings) {
        if (method.embeddings().rlhflow().isEmpty()) {
            new MixtureNames(recipe, method, ratings, StoredFeatures.scales(ratings)).require();
        }
    }

    /** The same where ratings are columns of a file, which are told as they are opened. */
    static void require(Recipe recipe, MethodSection.ArmoRm method, Map<String, RatingScale> columns) {
        new MixtureNames(recipe, method, List.of(), columns).require();
    }

    private void require() {
        Map<Objective, RatingScale> probed = probed();
        method.debias()
                .nuisance()
                .filter(name -> !name.equals(DebiasSection.LENGTH) && !probed.containsKey(new Objective(name)))
                .ifPresent(name -> {
                    List<String> known = new ArrayList<>(
                            probed.keySet().stream().map(Objective::name).toList());
                    known.add(DebiasSection.LENGTH);
                    recipes.add("method.debias.nuisance: nuisance " + name + " is none of the objectives"
                            + meant(name, known));
                });
        recipe.evaluation().steered().misfits(probed).forEach(misfit -> recipes.add("evaluation.steering: " + misfit));
        Problems problems = new Problems(
                recipes.isEmpty() ? ErrorKind.DATA : ErrorKind.RECIPE,
                "mixture of the objectives " + String.join(", ", rated.keySet()));
        recipes.forEach(problems::add);
        data.forEach(problems::add);
        problems.throwIfAny();
    }

    /** The objectives that get a probe; unknown ones are noted and left out. */
    private Map<Objective, RatingScale> probed() {
        List<String> wanted = method.probes().objectives();
        Map<Objective, RatingScale> probed = new LinkedHashMap<>();
        for (String name : wanted.isEmpty() ? rated.keySet() : wanted) {
            RatingScale scale = rated.get(name);
            if (scale == null) {
                recipes.add("method.probes.objectives: " + name + ": no row is rated" + meant(name, rated.keySet()));
            } else {
                probed.put(new Objective(name), scale);
                requireDifferent(name);
            }
        }
        return probed;
    }

    private void requireDifferent(String name) {
        List<Double> values = ratings.stream()
                .map(row -> row.ratings().get(name))
                .filter(Objects::nonNull)
                .map(Rating::value)
                .distinct()
                .limit(2)
                .toList();
        if (values.size() == 1) {
            data.add("objective " + name + ": every rating is " + values.getFirst()
                    + "; nothing can be learned from a constant, list the others in method.probes.objectives");
        }
    }

    private static String meant(String name, Collection<String> known) {
        return NearestName.of(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; name one of those, or add ratings");
    }
}
