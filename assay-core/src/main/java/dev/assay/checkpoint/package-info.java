/**
 * The public layouts on disk: safetensors, sharded or not, mapped without a copy; config.json; whole model folders with
 * Assay's manifest beside. Everything written here appears at once or not at all. Read {@link
 * dev.assay.checkpoint.SafetensorsFile} first.
 */
@NullMarked
package dev.assay.checkpoint;

import org.jspecify.annotations.NullMarked;
