/**
 * Bradley-Terry reward models on one source, or on several with weights that do not change (MultiTask, the baseline of MORE).
 * Read {@link dev.assay.method.bradleyterry.StaticWeighting}.
 */
@NullMarked
package dev.assay.method.bradleyterry;

import org.jspecify.annotations.NullMarked;
