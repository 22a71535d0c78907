/**
 * Strict YAML to records and back. A record's components are the keys (in kebab case), its compact constructor states
 * the ranges, {@link dev.assay.recipe.yaml.Default} the defaults; everything that is wrong is found in one go and named with
 * file, line, path, the legal values and the nearest known key. Read {@link dev.assay.recipe.yaml.YamlRecords} first.
 */
@NullMarked
package dev.assay.recipe.yaml;

import org.jspecify.annotations.NullMarked;
