/**
 * Low-rank adaptation (Hu et al. 2021, arXiv 2106.09685): small trainable updates on the frozen linear layers of a
 * backbone, kept apart from it, so that several adapters can share one base. Read {@link dev.assay.nn.lora.LoraAdapter}
 * first; {@code checkpoint.PeftFolder} reads and writes them in PEFT's layout.
 */
@NullMarked
package dev.assay.nn.lora;

import org.jspecify.annotations.NullMarked;
