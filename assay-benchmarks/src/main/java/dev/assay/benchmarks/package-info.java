/** Benchmarks that first check agreement and then time: JMH, and side-by-side comparisons with other tools. */
@NullMarked
package dev.assay.benchmarks;

import org.jspecify.annotations.NullMarked;
