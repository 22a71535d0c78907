/**
 * Everything by recipe: a strict YAML file becomes records, the records become a run in its own folder, the run becomes a
 * model that can be loaded again. Read {@link dev.assay.recipe.Recipe} first, then {@link dev.assay.recipe.TrainingRun}.
 */
@NullMarked
package dev.assay.recipe;

import org.jspecify.annotations.NullMarked;
