package dev.assay.network;

import dev.assay.checkpoint.FeatureFolder;
import dev.assay.checkpoint.FeatureManifest;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.tensor.TensorScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Computes the features of rows with a frozen decoder (arXiv 2406.12845, section 3.1), shard by shard, all rows of a prompt in
 * one: a prompt is computed once. A shard that is there is not computed again, so that a killed run goes on where it was; several
 * processes may share the shards of one folder.
 */
public final class FeatureExtraction {
    private final FeatureModel model;
    private final FeatureSettings settings;
    private final FeatureFolder folder;
    private final List<List<List<FeatureRow>>> shards;
    private final FeatureManifest manifest;

    private FeatureExtraction(
            FeatureModel model,
            FeatureSettings settings,
            FeatureFolder folder,
            List<List<List<FeatureRow>>> shards,
            FeatureManifest manifest) {
        this.model = model;
        this.settings = settings;
        this.folder = folder;
        this.shards = shards;
        this.manifest = manifest;
    }

    /**
     * Which shards one of several processes computes: those with {@code number % of == index}.
     *
     * @param index from 0
     * @param of how many processes there are
     */
    public record Share(int index, int of) {
        /** All shards. */
        public static final Share ALL = new Share(0, 1);

        public Share {
            if (of < 1 || index < 0 || index >= of) {
                throw new IllegalArgumentException("share " + index + " of " + of + " does not exist");
            }
        }
    }

    /**
     * Prepares a folder for rows, or takes it up again.
     *
     * @param rows all with one response, or all with two; ids differ
     * @throws dev.assay.AssayException where the folder holds other features
     */
    public static FeatureExtraction into(
            Path folder, FeatureModel model, FeatureSettings settings, List<FeatureRow> rows) {
        int responses = rows.isEmpty() ? 0 : rows.getFirst().responses().size();
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> {
            if (row.responses().size() != responses || !ids.add(row.id())) {
                throw new IllegalArgumentException("row " + row.id() + " comes twice, or has "
                        + row.responses().size() + " responses where others have " + responses);
            }
        });
        if (responses == 0) {
            throw new IllegalArgumentException("there are no rows to compute features of");
        }
        List<List<List<FeatureRow>>> shards = shards(rows, settings.rowsPerShard());
        FeatureManifest manifest = new FeatureManifest(
                model.fingerprint(),
                model.tokenizerFingerprint(),
                model.format().name(),
                settings.position(),
                settings.maxTokens(),
                model.backbone().compute(),
                settings.storage(),
                model.backbone().config().hiddenSize(),
                responses,
                rows.size(),
                fingerprint(rows),
                shards.size());
        FeatureFolder place = new FeatureFolder(folder);
        place.begin(manifest);
        return new FeatureExtraction(model, settings, place, shards, manifest);
    }

    /** Rows by prompt, in the order prompts first come, cut where a shard is full. */
    private static List<List<List<FeatureRow>>> shards(List<FeatureRow> rows, int rowsPerShard) {
        Map<List<Message>, List<FeatureRow>> byPrompt = new LinkedHashMap<>();
        rows.forEach(row -> byPrompt.computeIfAbsent(row.prompt().messages(), prompt -> new ArrayList<>())
                .add(row));
        List<List<List<FeatureRow>>> shards = new ArrayList<>();
        int filled = rowsPerShard;
        for (List<FeatureRow> group : byPrompt.values()) {
            if (filled >= rowsPerShard) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.getLast().add(group);
            filled += group.size();
        }
        return shards;
    }

    private static String fingerprint(List<FeatureRow> rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (FeatureRow row : rows) {
                add(digest, row.id());
                add(digest, row.prompt());
                row.responses().forEach(response -> add(digest, response));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Conversation conversation) {
        conversation.messages().forEach(message -> {
            add(digest, message.role().wireName());
            add(digest, message.content());
        });
        digest.update((byte) 1);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** What the folder holds when all is done. */
    public FeatureManifest manifest() {
        return manifest;
    }

    /** Rows of the finished shards that have no features, each with the reason. */
    public List<SkippedRow> skipped() {
        return folder.skipped(manifest);
    }

    /** Computes all that is missing. */
    public void run() {
        run(Share.ALL, rows -> {});
    }

    /** Rows of a share, those included that are left out. */
    public int rows(Share share) {
        return rows(numbers(share));
    }

    private int rows(List<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> shards.get(number).stream())
                .mapToInt(List::size)
                .sum();
    }

    private List<Integer> numbers(Share share) {
        return IntStream.iterate(share.index(), number -> number < shards.size(), number -> number + share.of())
                .boxed()
                .toList();
    }

    /**
     * Computes what is missing of a share.
     *
     * @param done is told how many rows of the share are finished: first those of an earlier run, then whenever some are
     */
    public void run(Share share, IntConsumer done) {
        List<Integer> all = numbers(share);
        List<Integer> missing =
                all.stream().filter(number -> !folder.has(number, manifest)).toList();
        int finished = rows(all) - rows(missing);
        done.accept(finished);
        for (int number : missing) {
            int before = finished;
            try (TensorScope scope = TensorScope.open()) {
                FeatureShardRun shard = new FeatureShardRun(model, settings, rows -> done.accept(before + rows));
                folder.write(number, manifest, shard.compute(shards.get(number)));
            }
            finished += rows(List.of(number));
            done.accept(finished);
        }
    }
}
