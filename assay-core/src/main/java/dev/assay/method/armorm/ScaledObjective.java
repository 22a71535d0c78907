package dev.assay.method.armorm;

import dev.assay.data.RatingScale;
import dev.assay.reward.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An objective with the scale its ratings were given on: probes learn ratings mapped to [0, 1] and are read back in the
 * original unit.
 *
 * @param objective the objective
 * @param scale the scale of its ratings; {@code [-0.5, 4.5]} for HelpSteer as the published model decodes it
 */
public record ScaledObjective(Objective objective, RatingScale scale) {
    /** Ratings that lie in [0, 1] already. */
    public static final RatingScale UNIT = new RatingScale(0, 1);

    public ScaledObjective {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(scale, "scale");
    }

    /** An objective rated in [0, 1]. */
    public static ScaledObjective unit(String name) {
        return new ScaledObjective(new Objective(name), UNIT);
    }

    /** The scale of each, in order. */
    public static Map<Objective, RatingScale> scales(List<ScaledObjective> objectives) {
        Map<Objective, RatingScale> scales = new LinkedHashMap<>();
        objectives.forEach(each -> scales.put(each.objective, each.scale));
        return scales;
    }

    /** The objective's name. */
    public String name() {
        return objective.name();
    }
}
