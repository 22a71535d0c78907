/**
 * Scores data frames on Spark: one reward model an executor, rows in batches, order within a partition kept. Read {@link
 * dev.assay.spark.FrameScorer} first.
 */
@NullMarked
package dev.assay.spark;

import org.jspecify.annotations.NullMarked;
