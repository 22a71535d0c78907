/**
 * Mathematics on plain {@code double[]}, without tensors: intervals and tests for reported numbers. Every metric's
 * interval comes from here. Read {@link dev.assay.math.Estimate} first.
 */
@NullMarked
package dev.assay.math;

import org.jspecify.annotations.NullMarked;
