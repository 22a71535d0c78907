/**
 * MORE (Zeng et al., arXiv 2312.07401 and its revision): one reward model from sources that disagree, by weighting the
 * sources of each step so that the combined gradient of the reward head is the shortest (Eq. 5-7). Where the official code
 * departs from the papers, the papers are followed: the gradients are means over each source's whole part of the batch, the
 * weights apply to the means of the losses, momentum starts at the first gradient. Read {@link
 * dev.assay.method.more.MinNormWeighting}.
 */
@NullMarked
package dev.assay.method.more;

import org.jspecify.annotations.NullMarked;
