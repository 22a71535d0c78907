package dev.assay.checkpoint;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.format.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Features on disk: {@code features.json} and {@code shard-00001-of-00004.safetensors} and so on, each written at once or not at
 * all, so that a shard that is there is finished. A shard's header holds the ids of its rows and the digest of the manifest.
 *
 * @param path where it lies
 */
public record FeatureFolder(Path path) {
    private static final String RESPONSES = "responses";
    private static final String PROMPTS = "prompts";

    private Path manifestFile() {
        return path.resolve("features.json");
    }

    private Path shardFile(int shard, FeatureManifest manifest) {
        return path.resolve(String.format(Locale.ROOT, "shard-%05d-of-%05d.safetensors", shard + 1, manifest.shards()));
    }

    /** What the folder holds or will hold; empty where nothing was begun. */
    public Optional<FeatureManifest> manifest() {
        Path file = manifestFile();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FeatureManifest.of(JsonText.read(Files.readString(file)), file));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(file, e), e);
        }
    }

    /**
     * Begins a folder, or goes on with one.
     *
     * @throws AssayException of kind CHECKPOINT where it was begun with another manifest: every difference is named
     */
    public void begin(FeatureManifest manifest) {
        Optional<FeatureManifest> begun = manifest();
        if (begun.isPresent()) {
            manifest.requireSame(begun.get(), path);
        } else {
            write(manifest);
        }
    }

    /** Another process may begin the same folder at the same moment: whoever is first has written the same. */
    private void write(FeatureManifest manifest) {
        try {
            AtomicFile.write(manifestFile(), JsonText.pretty(manifest.entries()));
        } catch (AssayException e) {
            manifest.requireSame(manifest().orElseThrow(() -> e), path);
        }
    }

    /** Whether a shard, counted from 0, is finished. */
    public boolean has(int shard, FeatureManifest manifest) {
        return Files.isRegularFile(shardFile(shard, manifest));
    }

    /** Shards that are not finished, counted from 0. */
    public List<Integer> missing(FeatureManifest manifest) {
        return IntStream.range(0, manifest.shards())
                .filter(shard -> !has(shard, manifest))
                .boxed()
                .toList();
    }

    /** Writes a shard in the manifest's storage precision. */
    public void write(int number, FeatureManifest manifest, FeatureShard shard) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(RESPONSES, shard.responses());
        tensors.put(PROMPTS, shard.prompts());
        Map<String, String> about = new LinkedHashMap<>();
        about.put("format", "pt");
        about.put("manifest", manifest.digest());
        about.put("ids", JsonText.line(shard.ids()));
        about.put("tokens", JsonText.line(shard.tokens()));
        about.put("skipped", JsonText.line(shard.skipped()));
        SafetensorsWriter.write(shardFile(number, manifest), tensors, manifest.storage(), about);
    }

    /**
     * A shard and the file its tensors point into: close the tensors, then the file.
     *
     * @param shard read-only
     * @param file mapped
     */
    public record Mapped(FeatureShard shard, SafetensorsFile file) {}

    /** Maps a finished shard, in the caller's scope. */
    public Mapped map(int number, FeatureManifest manifest) {
        Path place = shardFile(number, manifest);
        SafetensorsFile file = SafetensorsFile.open(place);
        try {
            if (!manifest.digest().equals(file.metadata().get("manifest"))) {
                throw new AssayException(
                        ErrorKind.CHECKPOINT,
                        place + " was not written under the features.json beside it; remove it and compute it again");
            }
            return new Mapped(
                    new FeatureShard(
                            file.tensor(RESPONSES),
                            file.tensor(PROMPTS),
                            texts(json(file, "ids")),
                            lengths(json(file, "tokens")),
                            skipped(json(file, "skipped"))),
                    file);
        } catch (JacksonException | IllegalArgumentException e) {
            file.close();
            throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(place, e), e);
        } catch (AssayException e) {
            file.close();
            throw e;
        }
    }

    /** The rows without features of all finished shards. */
    public List<SkippedRow> skipped(FeatureManifest manifest) {
        List<SkippedRow> rows = new ArrayList<>();
        for (int number = 0; number < manifest.shards(); number++) {
            if (has(number, manifest)) {
                Path place = shardFile(number, manifest);
                try (SafetensorsFile file = SafetensorsFile.open(place)) {
                    rows.addAll(skipped(json(file, "skipped")));
                } catch (JacksonException e) {
                    throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(place, e), e);
                }
            }
        }
        return rows;
    }

    private static JsonNode json(SafetensorsFile file, String entry) {
        return JsonText.read(file.metadata().getOrDefault(entry, "null"));
    }

    private static List<String> texts(JsonNode json) {
        return json.valueStream().map(JsonNode::asString).toList();
    }

    private static int[][] lengths(JsonNode json) {
        return json.valueStream()
                .map(row -> row.valueStream().mapToInt(JsonNode::asInt).toArray())
                .toArray(int[][]::new);
    }

    private static List<SkippedRow> skipped(JsonNode json) {
        List<SkippedRow> rows = new ArrayList<>();
        json.forEach(row -> rows.add(new SkippedRow(
                row.required("id").asString(), row.required("reason").asString())));
        return rows;
    }
}
