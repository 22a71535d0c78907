/**
 * The native door: everything Assay needs to know about libtorch's memory. A {@link dev.assay.tensor.TensorScope} bounds
 * the life of every tensor made inside it; {@link dev.assay.tensor.Tensors} moves plain arrays in and out and copies the
 * handles that libtorch only lends. Tensors themselves are used as they are, without a wrapper.
 *
 * <p>Shape suffixes on tensor names, here and everywhere: B rows, T tokens, D hidden, H heads, N responses, P queried
 * positions of a row, V vocabulary, K objectives, S sources.
 */
@NullMarked
package dev.assay.tensor;

import org.jspecify.annotations.NullMarked;
