/** What the tests of several rooms share: assets, named tolerances, contracts. */
@NullMarked
package dev.assay.testing;

import org.jspecify.annotations.NullMarked;
