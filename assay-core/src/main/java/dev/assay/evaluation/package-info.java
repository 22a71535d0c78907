/**
 * How good a reward model is, in numbers with intervals: from the rewards of preference pairs to accuracy, calibration
 * and the test of two models against each other. Plain arithmetic; what comes in are {@link
 * dev.assay.evaluation.PairScores}, what goes out are records that {@code report} draws and the command line prints.
 * Read {@link dev.assay.evaluation.Evaluator} first, then {@link dev.assay.evaluation.Metric}.
 */
@NullMarked
package dev.assay.evaluation;

import org.jspecify.annotations.NullMarked;
