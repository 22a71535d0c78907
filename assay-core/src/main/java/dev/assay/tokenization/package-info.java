/**
 * From conversations to the batch a backbone reads, in plain int arrays and without tensors: tokenizers, chat templates,
 * truncation, and the packer that stores the common prefix of several responses once. Read {@link
 * dev.assay.tokenization.PackedBatch} first.
 */
@NullMarked
package dev.assay.tokenization;

import org.jspecify.annotations.NullMarked;
