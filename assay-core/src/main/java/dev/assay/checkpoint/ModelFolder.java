package dev.assay.checkpoint;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.format.JsonFault;
import dev.assay.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.core.JacksonException;

/**
 * A reward model as a folder that {@code AutoModelForSequenceClassification.from_pretrained} loads: config.json,
 * model.safetensors with {@code score.weight}, the tokenizer's files, and {@code assay.json} beside them.
 */
public final class ModelFolder {
    /** The files that make up a tokenizer, where they are there. */
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "tokenizer.model",
            "vocab.json",
            "merges.txt");

    private static final String HEAD = "score.weight";
    private static final String MIXTURE = "regression_layer.weight";

    private ModelFolder() {}

    /**
     * What goes into a folder.
     *
     * @param config the decoder's entries of config.json
     * @param className the family's Python name, such as {@code Llama}
     * @param weights all weights, head included, under their public names
     * @param storage the precision of all weights on disk, since most public classes hold one; empty where each weight
     *     stays in its own
     * @param tokenizer the folder whose tokenizer files are copied
     * @param manifest what Assay records beside it, golden rewards apart
     */
    public record Contents(
            Map<String, Object> config,
            String className,
            Map<String, Tensor> weights,
            Optional<Precision> storage,
            Path tokenizer,
            ModelManifest manifest) {}

    /**
     * Writes or replaces a folder, at once or not at all.
     *
     * @param golden reads the model back from the folder it is given and asks it for its golden rewards
     */
    public static void write(Path folder, Contents contents, Function<Path, List<GoldenReward>> golden) {
        write(folder, contents, partial -> {}, golden);
    }

    /**
     * The same with further files.
     *
     * @param beside writes them, before the golden rewards are asked for
     */
    public static void write(
            Path folder, Contents contents, AtomicFolder.Content beside, Function<Path, List<GoldenReward>> golden) {
        AtomicFolder.write(folder, partial -> {
            copyTokenizer(contents.tokenizer(), partial);
            AtomicFile.write(partial.resolve("config.json"), JsonText.pretty(config(contents)));
            writeWeights(partial.resolve("model.safetensors"), contents);
            beside.writeTo(partial);
            ModelManifest manifest = contents.manifest().withGolden(golden.apply(partial));
            AtomicFile.write(partial.resolve(ManifestFile.NAME), ManifestFile.text(manifest));
        });
    }

    /** Copies a folder's files as they are, at once or not at all; folders in it stay behind. */
    public static void copy(Path from, Path to) {
        AtomicFolder.write(to, partial -> {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, partial.resolve(file.getFileName()));
                }
            }
        });
    }

    private static void writeWeights(Path file, Contents contents) {
        Map<String, String> metadata = Map.of("format", "pt");
        if (contents.storage().isPresent()) {
            SafetensorsWriter.write(file, contents.weights(), contents.storage().get(), metadata);
        } else {
            SafetensorsWriter.write(file, contents.weights(), metadata);
        }
    }

    /** The manifest of a folder, or nothing where it was not written by Assay. */
    public static Optional<ModelManifest> manifest(Path folder) {
        return ManifestFile.read(folder);
    }

    /** Records a calibration in the folder's manifest, at once or not at all; the weights and all else stay as they are. */
    public static void calibrate(Path folder, StoredCalibration calibration) {
        ModelManifest manifest = manifest(folder)
                .orElseThrow(() -> new AssayException(
                        ErrorKind.CHECKPOINT,
                        folder + " has no assay.json to keep a calibration in; only a model that Assay wrote has one"));
        AtomicFile.write(folder.resolve(ManifestFile.NAME), ManifestFile.text(manifest.withCalibration(calibration)));
    }

    /** Whether the folder's model was made to read text through a chat template. */
    public static boolean hasChatTemplate(Path folder) {
        Path config = folder.resolve("tokenizer_config.json");
        try {
            return Files.isRegularFile(folder.resolve("chat_template.jinja"))
                    || (Files.isRegularFile(config)
                            && JsonText.read(Files.readString(config)).hasNonNull("chat_template"));
        } catch (IOException | JacksonException e) {
            throw new AssayException(ErrorKind.CHECKPOINT, JsonFault.in(config, e), e);
        }
    }

    /** Refuses a folder whose head is missing, has several outputs, or has never been trained. */
    public static void requireTrainedHead(Path folder, ModelWeights weights) {
        if (weights.names().contains(MIXTURE)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    folder + " mixes objectives by a gate (" + MIXTURE
                            + "); one scalar head cannot say what it says. Load"
                            + " it by its name with RewardModels, as assay score, evaluate and explain do");
        }
        if (!weights.names().contains(HEAD)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    folder + " has no " + HEAD + ": it is a language model, not a reward model, and a fresh head would"
                            + " give random rewards. Train one on it with assay train, or name a trained model");
        }
        long outputs = weights.shape(HEAD)[0];
        if (outputs != 1) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    folder + ": " + HEAD + " has " + outputs + " outputs; a reward model has 1 (num_labels = 1)."
                            + " A model of several objectives is a backbone to go on from: name it as backbone.path, for"
                            + " example under method armorm");
        }
        if (manifest(folder).map(known -> known.trainedSteps() == 0).orElse(false)) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    folder
                            + ": its head was written before any training step (trained_steps = 0 in assay.json) and would"
                            + " give random rewards. Train it first");
        }
    }

    private static Map<String, Object> config(Contents contents) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architectures", List.of(contents.className() + "ForSequenceClassification"));
        json.putAll(contents.config());
        contents.storage().ifPresent(storage -> json.put("dtype", storage.configName()));
        json.putIfAbsent("id2label", Map.of("0", "LABEL_0"));
        json.putIfAbsent("label2id", Map.of("LABEL_0", 0));
        json.put("pad_token_id", contents.manifest().specialTokens().pad());
        contents.manifest().specialTokens().bos().ifPresent(id -> json.put("bos_token_id", id));
        contents.manifest().specialTokens().eos().ifPresent(id -> json.put("eos_token_id", id));
        return json;
    }

    private static void copyTokenizer(Path from, Path to) throws IOException {
        for (String name : TOKENIZER_FILES) {
            if (Files.isRegularFile(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }
}
