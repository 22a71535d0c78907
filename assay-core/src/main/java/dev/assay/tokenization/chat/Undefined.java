package dev.assay.tokenization.chat;

/**
 * A name or attribute that is not there: prints as nothing, counts as false, and may not be looked into.
 *
 * @param what its name, for errors
 */
record Undefined(String what) {}
