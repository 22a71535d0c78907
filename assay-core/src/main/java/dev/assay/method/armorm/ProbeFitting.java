package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.math.RegressionQuality;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Ridge probes for K objectives with missing ratings (arXiv 2406.12845, section 3.1 with a frozen backbone): one pass over the
 * rows for the statistics of every pattern of missing labels, then small systems only.
 */
public final class ProbeFitting {
    private static final int SHIFT_ROWS = 1024;

    private final RatedFeatures data;
    private final ProbeSettings settings;
    private final PenaltySearch search;
    private final List<LabelPattern> patterns;

    private ProbeFitting(RatedFeatures data, ProbeSettings settings) {
        this.data = data;
        this.settings = settings;
        this.search = new PenaltySearch(data, settings);
        this.patterns = LabelPattern.of(
                data,
                switch (settings.choice()) {
                    case PenaltyChoice.HeldOut held -> row -> held.split().holdsOut(data.prompts()[row]);
                    case PenaltyChoice.GeneralizedCrossValidation whole -> row -> false;
                });
    }

    /**
     * Fits all probes.
     *
     * @throws AssayException of kind DATA when an objective has no ratings, constant ratings or too few on one side of the
     *     split, or a feature is not finite: each is named with its row; of kind NUMERIC when no penalty makes a system solvable
     */
    public static ProbeFit fit(RatedFeatures data, ProbeSettings settings) {
        data.requireUsableRatings();
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            return new ProbeFitting(data, settings).run();
        }
    }

    private ProbeFit run() {
        boolean holdsOut = settings.choice() instanceof PenaltyChoice.HeldOut;
        if (holdsOut) {
            requireBothSides();
        }
        Tensor shift = shift();
        try (RidgeStatistics statistics = new RidgeStatistics(data, patterns, shift)) {
            RidgeSpace space = RidgeSpace.of(data.width());
            add(statistics, LabelPattern::training);
            PenaltySearch.Candidates candidates = search.fit(statistics, space, !holdsOut);
            double[][] criterion =
                    holdsOut ? search.heldOutErrors(candidates, patterns, shift) : candidates.crossValidation();
            int[] best = search.best(criterion);
            RegressionQuality[] quality =
                    new ProbeQuality(data, settings, patterns).of(candidates, best, shift, holdsOut);
            add(statistics, LabelPattern::heldOut);
            return new ProbeFit(
                    new FinalFit(data, settings).of(statistics, space, best, shift),
                    accounts(criterion, best, quality));
        }
    }

    private void add(RidgeStatistics statistics, Function<LabelPattern, int[]> part) {
        statistics.add(part);
        if (!statistics.finite()) {
            throw data.notFinite();
        }
    }

    private List<ObjectiveFit> accounts(double[][] criterion, int[] best, RegressionQuality[] quality) {
        return IntStream.range(0, best.length)
                .mapToObj(k -> new ObjectiveFit(
                        data.objectives().get(k),
                        rows(k, LabelPattern::training).length + rows(k, LabelPattern::heldOut).length,
                        settings.penalties().get(best[k]),
                        DoubleStream.of(criterion[k]).boxed().toList(),
                        criterion[k].length > 1 && (best[k] == 0 || best[k] == criterion[k].length - 1),
                        settings.choice(),
                        quality[k]))
                .toList();
    }

    /** Near the mean when an intercept is fitted: any value serves, nearer ones keep more digits. */
    private Tensor shift() {
        return settings.intercept()
                ? data.features()
                        .narrow(0, Math.min(SHIFT_ROWS, data.rows()))
                        .to(ScalarType.Double)
                        .mean(0)
                        .nan_to_num()
                : Tensors.doubleZeros(data.width());
    }

    private void requireBothSides() {
        Problems problems = new Problems(ErrorKind.DATA, "split of " + data.rows() + " rated rows by prompt");
        for (int k = 0; k < data.objectives().size(); k++) {
            int training = distinct(k, rows(k, LabelPattern::training));
            int heldOut = rows(k, LabelPattern::heldOut).length;
            if (training < 2 || heldOut < 2) {
                problems.add("objective " + data.objectives().get(k).name() + ": " + training
                        + " different ratings to train on and " + heldOut
                        + " held-out rows, at least 2 of each are needed;"
                        + " add ratings or choose by generalised cross-validation");
            }
        }
        problems.throwIfAny();
    }

    private int distinct(int k, int[] rows) {
        return (int) IntStream.of(rows)
                .mapToDouble(row -> data.ratings()[k][row])
                .distinct()
                .limit(2)
                .count();
    }

    private int[] rows(int k, Function<LabelPattern, int[]> part) {
        return patterns.stream()
                .filter(pattern -> pattern.column(k) >= 0)
                .flatMapToInt(pattern -> IntStream.of(part.apply(pattern)))
                .toArray();
    }
}
