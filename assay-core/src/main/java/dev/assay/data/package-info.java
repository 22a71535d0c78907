/**
 * What people prefer, as plain records: conversations, preference pairs, rankings and ratings, each with the place it
 * came from. Comes in from {@code data.format}, goes out to {@code tokenization}. Read {@link
 * dev.assay.data.PreferencePair} first.
 */
@NullMarked
package dev.assay.data;

import org.jspecify.annotations.NullMarked;
