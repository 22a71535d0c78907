package dev.assay.method.armorm;

import java.util.List;

/**
 * How ridge probes are fitted.
 *
 * @param penalties candidates alpha of {@code |y - Xw - b|^2 + alpha |w|^2}, each at least 0, ascending; scikit-learn's unit
 * @param intercept whether b is fitted; the published model has none
 * @param choice how one of the penalties is chosen for each objective
 * @param level of the reported intervals, in (0, 1)
 */
public record ProbeSettings(List<Double> penalties, boolean intercept, PenaltyChoice choice, double level) {
    /** Nine penalties from 0.01 to a million, an intercept, a fifth of the prompts held out, 95 % intervals. */
    public static final ProbeSettings DEFAULT = new ProbeSettings(
            List.of(1e-2, 1e-1, 1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6),
            true,
            new PenaltyChoice.HeldOut(new PromptSplit(0.2, 1)),
            0.95);

    public ProbeSettings {
        penalties = List.copyOf(penalties);
        if (penalties.isEmpty() || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("need a penalty and a level in (0, 1): " + penalties + ", " + level);
        }
        for (int p = 0; p < penalties.size(); p++) {
            double penalty = penalties.get(p);
            if (!(penalty >= 0 && Double.isFinite(penalty)) || p > 0 && penalty <= penalties.get(p - 1)) {
                throw new IllegalArgumentException("penalties must be finite, at least 0 and ascending: " + penalties);
            }
        }
    }

    /** The same with other penalties. */
    public ProbeSettings withPenalties(Double... alphas) {
        return new ProbeSettings(List.of(alphas), intercept, choice, level);
    }

    /** The same with or without intercept. */
    public ProbeSettings withIntercept(boolean fitted) {
        return new ProbeSettings(penalties, fitted, choice, level);
    }

    /** The same with another way to choose. */
    public ProbeSettings withChoice(PenaltyChoice other) {
        return new ProbeSettings(penalties, intercept, other, level);
    }
}
