package dev.assay.training;

/**
 * What happened in one step; arrays over the P sources present in its batch.
 *
 * @param stage name of the stage
 * @param step steps done in the stage, from 1
 * @param steps steps planned in the stage
 * @param total steps done over all stages, from 1
 * @param loss mean loss over the batch, each source weighted as trained: sum of lambda_i mean_i
 * @param sources index of each source present
 * @param sourceLosses mean loss of each
 * @param lambda weight of each
 * @param cosines cosines between the sources' gradients, on the head or as far as the weighting reaches, {@code [P][P]}; NaN
 *     beside a zero gradient
 * @param gradientNorm norm of the whole gradient before clipping
 * @param learningRate rate of the step
 * @param accuracy share of the batch's pairs ordered right before the update; NaN where the batch is of ratings
 * @param pairs pairs in the batch, or rated responses
 * @param tokens tokens of the batch's sequences, shared prefixes counted once a response
 * @param seconds time of the step
 * @param weightingSeconds of these, for what weighing asks for beyond training: the sources' gradients on the head, their inner
 *     products, lambda, their weighted sum where they were computed apart, and the cosines of the log
 */
public record StepRecord(
        String stage,
        long step,
        long steps,
        long total,
        double loss,
        int[] sources,
        double[] sourceLosses,
        double[] lambda,
        double[][] cosines,
        double gradientNorm,
        double learningRate,
        double accuracy,
        int pairs,
        long tokens,
        double seconds,
        double weightingSeconds) {}
