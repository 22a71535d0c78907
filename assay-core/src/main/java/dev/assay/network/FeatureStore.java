package dev.assay.network;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.FeatureFolder;
import dev.assay.checkpoint.FeatureManifest;
import dev.assay.checkpoint.FeatureShard;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.nn.Parameters;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Stored features of N rows, which stay in the mapped files of their shards: the system may drop and read back their pages. Rows stand in the
 * order they were computed in, all of a prompt together; {@link #ids} says which is which.
 */
public final class FeatureStore implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Parameters kept = new Parameters();
    private final ShardedRows responses;
    private final ShardedRows prompts;
    private final List<String> ids;
    private final int[][] tokens;
    private final List<SkippedRow> skipped;

    /**
     * @param states of each file; their tensors are kept until this is closed
     * @param files closed with this, after the tensors
     * @param tokens may be empty where lengths are not known
     */
    FeatureStore(
            List<States> states,
            List<SafetensorsFile> files,
            List<String> ids,
            int[][] tokens,
            List<SkippedRow> skipped) {
        for (States each : states) {
            kept.put("responses." + kept.names().size(), each.responses);
            kept.put("prompts." + kept.names().size(), each.prompts);
        }
        files.forEach(file -> kept.closeAfter(file::close));
        this.responses = ShardedRows.of(states.stream().map(States::responses).toList());
        this.prompts = ShardedRows.of(states.stream().map(States::prompts).toList());
        this.ids = List.copyOf(ids);
        this.tokens = tokens;
        this.skipped = List.copyOf(skipped);
    }

    /** Those of one file, with as many rows of prompts as of responses. */
    record States(Tensor responses, Tensor prompts) {}

    /**
     * Opens a folder whose shards are all finished.
     *
     * @throws AssayException of kind CHECKPOINT where it was never begun, or lacks shards: they are named
     */
    public static FeatureStore open(Path folder) {
        FeatureFolder place = new FeatureFolder(folder);
        FeatureManifest manifest = place.manifest()
                .orElseThrow(() -> new AssayException(
                        ErrorKind.CHECKPOINT, folder + " has no features.json; compute the features first"));
        List<Integer> missing = place.missing(manifest);
        if (!missing.isEmpty()) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    folder + ": " + missing.size() + " of " + manifest.shards()
                            + " shards are not finished, the first is " + (missing.getFirst() + 1)
                            + "; run the extraction again, it goes on there");
        }
        return read(place, manifest);
    }

    private static FeatureStore read(FeatureFolder place, FeatureManifest manifest) {
        List<FeatureFolder.Mapped> mapped = new ArrayList<>();
        try (TensorScope scope = TensorScope.open()) {
            for (int shard = 0; shard < manifest.shards(); shard++) {
                mapped.add(place.map(shard, manifest));
            }
            List<FeatureShard> shards =
                    mapped.stream().map(FeatureFolder.Mapped::shard).toList();
            return new FeatureStore(
                    shards.stream()
                            .map(shard -> new States(shard.responses(), shard.prompts()))
                            .toList(),
                    mapped.stream().map(FeatureFolder.Mapped::file).toList(),
                    shards.stream().flatMap(shard -> shard.ids().stream()).toList(),
                    shards.stream().flatMap(shard -> Stream.of(shard.tokens())).toArray(int[][]::new),
                    shards.stream().flatMap(shard -> shard.skipped().stream()).toList());
        } catch (AssayException e) {
            mapped.forEach(each -> each.file().close());
            throw e;
        }
    }

    /** N. */
    public int rows() {
        return ids.size();
    }

    /** D. */
    public int width() {
        return prompts.width();
    }

    /** 1 for rated responses, 2 for pairs. */
    public int responsesPerRow() {
        long[] shape = responses.shape();
        return shape.length == 2 ? 1 : Math.toIntExact(shape[1]);
    }

    /** States of the responses {@code [N,D]}, {@code [N,2,D]} for pairs, in the precision they are stored in; read-only. */
    public ShardedRows responses() {
        return responses;
    }

    /** States of the prompts {@code [N,D]}; read-only. */
    public ShardedRows prompts() {
        return prompts;
    }

    /**
     * Reads all states once. Those computed here were looked at before they were written; files of others were not.
     *
     * @throws AssayException of kind DATA that names the first row with a state that is not finite
     */
    public void requireFinite() {
        for (ShardedRows states : List.of(responses, prompts)) {
            states.forEach(BLOCK, (block, from) -> {
                Tensor good = block.isfinite().flatten(1, -1).all(1, false);
                if (Tensors.scalar(good.all()) == 0) {
                    int row = Math.toIntExact(from
                            + good.logical_not()
                                    .nonzero()
                                    .select(0, 0)
                                    .select(0, 0)
                                    .item_long());
                    throw new AssayException(
                            ErrorKind.DATA,
                            "states, row " + ids.get(row)
                                    + ": a value is not finite; compute the states of this row again or"
                                    + " leave it out");
                }
            });
        }
    }

    /** Names of the rows. */
    public List<String> ids() {
        return ids;
    }

    /** For each row, the tokens of each response behind the gating position; empty where lengths are not known. */
    public int[][] tokens() {
        return tokens;
    }

    /** Rows that were asked for and have no features. */
    public List<SkippedRow> skipped() {
        return skipped;
    }

    @Override
    public void close() {
        kept.close();
    }
}
