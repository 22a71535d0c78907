/** Mistral 7B and its kin (Jiang et al. 2023). */
@NullMarked
package dev.assay.backbone.mistral;

import org.jspecify.annotations.NullMarked;
