/** The command line: one class a verb, each only parses, calls one core type and prints one report. */
@NullMarked
package dev.assay.app;

import org.jspecify.annotations.NullMarked;
