/**
 * The ground floor: how Assay reports what went wrong. Read {@link dev.assay.AssayException} first, then {@link
 * dev.assay.Problems}, which collects every problem of one input before it throws once.
 */
@NullMarked
package dev.assay;

import org.jspecify.annotations.NullMarked;
