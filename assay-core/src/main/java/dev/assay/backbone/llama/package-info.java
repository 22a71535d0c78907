/** Llama 2 and 3 (Touvron et al. 2023; Grattafiori et al. 2024) and models that share their layout. */
@NullMarked
package dev.assay.backbone.llama;

import org.jspecify.annotations.NullMarked;
