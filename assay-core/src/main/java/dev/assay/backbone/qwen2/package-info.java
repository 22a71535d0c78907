/** Qwen2 and Qwen2.5 (Yang et al. 2024). */
@NullMarked
package dev.assay.backbone.qwen2;

import org.jspecify.annotations.NullMarked;
