/**
 * Decoders: packed batches of tokens in, hidden states out. {@link dev.assay.backbone.Backbone} runs any of them; a
 * {@link dev.assay.backbone.DecoderFamily} says how one published family names its weights, reads its config.json and
 * builds its blocks. A family lives in a package of its own and knows no other; the catalog knows them all.
 */
@NullMarked
package dev.assay.backbone;

import org.jspecify.annotations.NullMarked;
