package dev.assay.study;

import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.Metric;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.drift.RewardDrift;
import dev.assay.math.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a model with one seed.
 *
 * @param result on each source, on average over them, and pooled
 * @param learnt the same on the test sources that the model learnt from; empty where it was tested on none of them
 * @param drift the size of its reward differences on the pairs of all sources together
 */
record SeedResult(EvaluationResult result, Optional<EvaluationResult> learnt, RewardDrift drift) {
    /** The numbers of a model that learnt from these sources. */
    static SeedResult of(List<String> learnt, List<PairScores> scores, EvaluationOptions options) {
        Evaluator evaluator = new Evaluator(options);
        List<PairScores> own = scores.stream()
                .filter(source -> learnt.contains(source.source()))
                .toList();
        return new SeedResult(
                evaluator.evaluate(scores),
                own.isEmpty() ? Optional.empty() : Optional.of(evaluator.evaluate(own)),
                RewardDrift.pooled(EvaluationResult.POOLED, scores, options.bootstrap()));
    }

    /** A metric as the mean over the test sources that the model learnt from; NaN where there are none. */
    Estimate learntAverage(Metric metric) {
        return learnt.map(own -> own.average().get(metric)).orElse(Estimate.withoutInterval(Double.NaN));
    }

    /** A metric as the mean over the sources. */
    Estimate average(Metric metric) {
        return result.average().get(metric);
    }
}
