/** Tests of the decoders, and the batches they share. */
@NullMarked
package dev.assay.backbone;

import org.jspecify.annotations.NullMarked;
