/**
 * One trainer for all methods: draws batches as a pure function of seed and step, computes pooled states and rewards, asks a
 * {@link dev.assay.training.SourceWeighting} how much each source counts, updates with AdamW, evaluates, checkpoints and
 * resumes to the bit. Read {@link dev.assay.training.Trainer} first.
 */
@NullMarked
package dev.assay.training;

import org.jspecify.annotations.NullMarked;
