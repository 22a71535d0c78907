/** Heads: pooled hidden states in, numbers out, always in fp32. */
@NullMarked
package dev.assay.head;

import org.jspecify.annotations.NullMarked;
