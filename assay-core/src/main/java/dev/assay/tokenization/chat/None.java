package dev.assay.tokenization.chat;

/** Python's None; a value of its own, since a template tells it from what is undefined. */
enum None {
    NONE
}
