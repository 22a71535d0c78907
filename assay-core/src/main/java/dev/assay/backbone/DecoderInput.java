package dev.assay.backbone;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.nn.RotaryEmbedding.Angles;
import dev.assay.nn.Visibility;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackedBatch;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A packed batch as a decoder reads it: ids, rotary angles and masks, made once and used by all blocks. Either every
 * position asks, or only those where a response is pooled; keys and values always come from all positions.
 */
public final class DecoderInput {
    private final Tensor idsBT;
    private final Angles angles;
    private final Visibility everywhere;
    private final Visibility windowed;
    private final @Nullable Queries queries;

    private DecoderInput(
            Tensor idsBT, Angles angles, Visibility everywhere, Visibility windowed, @Nullable Queries queries) {
        this.idsBT = idsBT;
        this.angles = angles;
        this.everywhere = everywhere;
        this.windowed = windowed;
        this.queries = queries;
    }

    private record Queries(Tensor flat, Angles angles, int perRow) {}

    /** The input in which every position asks. */
    static DecoderInput of(PackedBatch batch, DecoderConfig config, Precision precision) {
        checkIds(batch, config);
        int[][] all = new int[batch.rows()][];
        Arrays.setAll(all, row -> range(batch.columns()));
        Visibility everywhere = visibility(new VisibilityRule(batch, Integer.MAX_VALUE), all, precision);
        SlidingWindow window = config.attention().window();
        return new DecoderInput(
                Tensors.longs(batch.tokens()),
                config.rotary().angles(batch.positions(), precision),
                everywhere,
                window == null ? everywhere : visibility(new VisibilityRule(batch, window.size()), all, precision),
                null);
    }

    /** The same batch with only the last token of each response asking. */
    DecoderInput atResponses(PackedBatch batch, DecoderConfig config, Precision precision) {
        ResponseColumns asked = ResponseColumns.of(batch);
        Queries some = new Queries(
                Tensors.longs(asked.flat(batch.columns())), angles.at(Tensors.longs(asked.columns())), asked.perRow());
        Visibility unlimited = new VisibilityRule(batch, Integer.MAX_VALUE).mask(asked.columns(), precision);
        SlidingWindow window = config.attention().window();
        return new DecoderInput(
                idsBT,
                angles,
                unlimited,
                window == null ? unlimited : new VisibilityRule(batch, window.size()).mask(asked.columns(), precision),
                some);
    }

    /** Token ids {@code [B,T]}. */
    public Tensor ids() {
        return idsBT;
    }

    /** The rotary angles of all positions: for keys. */
    public Angles keyAngles() {
        return angles;
    }

    /** The rotary angles of the positions that ask: for queries. */
    public Angles queryAngles() {
        return queries == null ? angles : queries.angles();
    }

    /** What the positions that ask see, in a layer with or without the sliding window. */
    public Visibility visibility(boolean sliding) {
        return sliding ? windowed : everywhere;
    }

    /** From {@code [B,T,...]} the positions that ask: all of it, or {@code [B,P,...]}. */
    public Tensor asking(Tensor x) {
        if (queries == null) {
            return x;
        }
        long[] shape = Tensors.shape(x);
        long[] flat = Arrays.copyOfRange(shape, 1, shape.length);
        flat[0] = shape[0] * shape[1];
        shape[1] = queries.perRow();
        return x.reshape(flat).index_select(0, queries.flat()).view(shape);
    }

    private static Visibility visibility(VisibilityRule rule, int[][] columns, Precision precision) {
        if (!rule.causal()) {
            return rule.mask(columns, precision);
        }
        int size = columns.length == 0 ? 0 : columns[0].length;
        return precision == Precision.FLOAT32 ? Visibility.CAUSAL : Visibility.causal(size, precision);
    }

    private static int[] range(int size) {
        int[] range = new int[size];
        Arrays.setAll(range, i -> i);
        return range;
    }

    private static void checkIds(PackedBatch batch, DecoderConfig config) {
        for (int[] row : batch.tokens()) {
            for (int id : row) {
                if (id < 0 || id >= config.vocabularySize()) {
                    throw new AssayException(
                            ErrorKind.CHECKPOINT,
                            "token id " + id + " is outside the model's vocabulary of " + config.vocabularySize()
                                    + "; the tokenizer and the model do not belong together");
                }
            }
        }
    }
}
