/** Tests of this room. */
@NullMarked
package dev.assay.nn;

import org.jspecify.annotations.NullMarked;
