package dev.assay.study;

/** What two models are compared by. */
interface Quantity {
    /** The name in JSON, unique within a study. */
    String key();

    /** The name in tables. */
    String title();

    /** How it is shown. */
    Measure.Unit unit();
}
