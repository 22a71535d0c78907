/** Qwen3 (Yang et al. 2025). */
@NullMarked
package dev.assay.backbone.qwen;

import org.jspecify.annotations.NullMarked;
