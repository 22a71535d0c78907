package dev.assay.evaluation.calibration;

import dev.assay.evaluation.PairScores;
import java.util.List;
import java.util.Optional;

/**
 * A recalibration with what it rests on. Maximum likelihood always answers; whether the pairs can tell is another question.
 * A model that is right on all of them has its best temperature at 0, and the fit stops where its range ends: such a map
 * says where the range ends and nothing of the model.
 *
 * @param map what maximum likelihood chose
 * @param pairs how many pairs told: those with a preference and two different rewards
 * @param isAtEnd whether the map lies at the end of its range
 */
public record RecalibrationFit(Recalibration map, int pairs, boolean isAtEnd) {
    /**
     * Fewer pairs than this do not tell a map. With 30 pairs the standard error of a share near one half is still 0.09;
     * with fewer, a model is too easily right on all of them.
     */
    public static final int LEAST_PAIRS = 30;

    /** Fits a kind; throws as {@link RecalibrationKind#fit} does. */
    public static RecalibrationFit of(RecalibrationKind kind, List<PairScores> validation) {
        Recalibration map = kind.fit(validation);
        ValidationPairs pairs = ValidationPairs.of(validation);
        return new RecalibrationFit(map, pairs.n(), isAtEnd(map, pairs));
    }

    private static boolean isAtEnd(Recalibration map, ValidationPairs pairs) {
        return switch (map) {
            case Temperature known -> known.isAtBound();
            case Platt(double slope, double offset) -> slope >= Temperature.LARGEST || slope + offset == 0;
            case Isotonic isotonic -> pairs.isFaultless() || isotonic.logOdds().getLast() == 0;
        };
    }

    /** Why this map should not be used, as a sentence without its full stop; nothing where the pairs can tell it. */
    public Optional<String> caution() {
        if (pairs < LEAST_PAIRS) {
            return Optional.of("the " + map.kind() + " map is fitted on " + pairs + " pairs with a preference and two"
                    + " different rewards; at least " + LEAST_PAIRS + " are needed");
        }
        return isAtEnd
                ? Optional.of("the " + map.kind() + " map lies at the end of its range: on these " + pairs
                        + " pairs the model is right on all, or no better than a coin, so that they do not tell how bold"
                        + " it may be")
                : Optional.empty();
    }
}
