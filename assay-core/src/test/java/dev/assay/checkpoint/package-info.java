/** Tests of this room. */
@NullMarked
package dev.assay.checkpoint;

import org.jspecify.annotations.NullMarked;
