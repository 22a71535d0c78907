/**
 * Readers of the public formats: files in, {@link dev.assay.data.PreferencePair}, {@link dev.assay.data.RankedResponses} and
 * {@link dev.assay.data.RatedResponse} out, each with its file and line. Read {@link
 * dev.assay.data.format.PreferenceReaders} first; a format is one small class behind {@link
 * dev.assay.data.format.DataFormat}.
 */
@NullMarked
package dev.assay.data.format;

import org.jspecify.annotations.NullMarked;
