package dev.assay.study;

/**
 * What is compared with what.
 *
 * @param model the model
 * @param baseline what it is compared with
 */
record Versus(Model model, Model baseline) {}
