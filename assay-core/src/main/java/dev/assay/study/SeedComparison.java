package dev.assay.study;

import dev.assay.evaluation.ByMetric;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.ModelComparison;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.drift.DriftComparison;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model against another on the pairs of one seed, by the paired bootstrap; each part is computed when it is asked for. */
final class SeedComparison {
    private final List<PairScores> model;
    private final List<PairScores> baseline;
    private final List<String> learntFrom;
    private final EvaluationOptions options;
    private @Nullable ModelComparison all;
    private @Nullable Optional<ModelComparison> learnt;
    private @Nullable ByMetric<ModelComparison.Difference> pooled;
    private @Nullable DriftComparison drift;

    SeedComparison(Measured measured, Versus versus) {
        this.model = measured.firstSeed(versus.model());
        this.baseline = measured.firstSeed(versus.baseline());
        this.learntFrom = measured.learnt(versus.model());
        this.options = measured.options();
    }

    /** On each source and on average over them. */
    ModelComparison all() {
        ModelComparison known = all;
        if (known == null) {
            known = ModelComparison.of(baseline, model, options);
            all = known;
        }
        return known;
    }

    /** On the test sources that the model learnt from, which are the baseline's too; none where it was tested on none of them. */
    Optional<ModelComparison> learnt() {
        Optional<ModelComparison> known = learnt;
        if (known == null) {
            List<PairScores> own = own(model);
            known = own.isEmpty() ? Optional.empty() : Optional.of(ModelComparison.of(own(baseline), own, options));
            learnt = known;
        }
        return known;
    }

    private List<PairScores> own(List<PairScores> scores) {
        return scores.stream()
                .filter(source -> learntFrom.contains(source.source()))
                .toList();
    }

    /** On the pairs of all sources together. */
    ByMetric<ModelComparison.Difference> pooled() {
        ByMetric<ModelComparison.Difference> known = pooled;
        if (known == null) {
            known = ModelComparison.pooled(baseline, model, options);
            pooled = known;
        }
        return known;
    }

    /** The spread of rewards on the pairs of all sources together. */
    DriftComparison drift() {
        DriftComparison known = drift;
        if (known == null) {
            known = DriftComparison.of(baseline, model, options.bootstrap());
            drift = known;
        }
        return known;
    }
}
