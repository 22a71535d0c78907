/**
 * Layers that several decoder families share: plain objects over named parameters, without registration and without
 * state of their own. {@link dev.assay.nn.Parameters} owns the weights under their public checkpoint names, {@link
 * dev.assay.nn.ComputeWeights} shows them in the precision of the computation, a {@link dev.assay.nn.Linear} is where a
 * low-rank update can be attached. Tensors made by a layer belong to the scope of its caller.
 */
@NullMarked
package dev.assay.nn;

import org.jspecify.annotations.NullMarked;
