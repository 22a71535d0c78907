/** All decoder families by name, and how a checkpoint becomes a {@link dev.assay.backbone.Backbone}. */
@NullMarked
package dev.assay.backbone.catalog;

import org.jspecify.annotations.NullMarked;
