package dev.assay.recipe;

import dev.assay.math.Correlation;
import dev.assay.method.armorm.DebiasSettings;
import dev.assay.method.armorm.Nuisance;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.reward.Objective;
import java.util.List;
import java.util.Optional;

/**
 * What the objectives are freed of, measured on the responses of the training pairs, each once.
 *
 * @param nuisance an objective such as {@code helpsteer-verbosity}, or {@code response-length}; absent: nothing
 * @param measure the correlation that is to vanish
 * @param keepNuisance whether the nuisance itself keeps its reward
 * @param penalties how the penalties are found
 * @param tolerance what counts as no correlation, above 0
 * @param reference the sources of pairs whose responses are the reference set; empty: all that the gate learns from
 */
public record DebiasSection(
        Optional<String> nuisance,
        @Default("spearman") Correlation measure,
        @Default("true") boolean keepNuisance,
        @Default("solved") Penalties penalties,
        @Default("0.001") double tolerance,
        @Default("[]") List<String> reference) {
    /** The name of the nuisance that is no objective. */
    static final String LENGTH = "response-length";

    public DebiasSection {
        Rules rules = new Rules().positive("tolerance", tolerance);
        nuisance.ifPresent(name -> rules.notBlank("nuisance", name));
        rules.that(
                "reference",
                nuisance.isPresent() || reference.isEmpty(),
                "reference names what a nuisance is measured on; name the nuisance too");
        rules.check();
    }

    /** How penalties are found. */
    public enum Penalties {
        /** The root of the correlation. */
        SOLVED,
        /** The first of the published script's list that is good enough for it. */
        GRID
    }

    Optional<DebiasSettings> settings() {
        return nuisance.map(name -> new DebiasSettings(
                name.equals(LENGTH) ? new Nuisance.ResponseLength() : new Nuisance.OfObjective(new Objective(name)),
                measure,
                keepNuisance,
                penalties == Penalties.GRID
                        ? DebiasSettings.Penalties.Grid.SCRIPT
                        : new DebiasSettings.Penalties.Solved(tolerance)));
    }
}
