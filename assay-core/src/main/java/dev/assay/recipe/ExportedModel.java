package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.backbone.LoadOptions;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.data.Conversation;
import dev.assay.method.armorm.MixtureFolder;
import dev.assay.network.ModelExport;
import dev.assay.network.NeuralRewardModel;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a model of a run as a public folder of its own. */
public final class ExportedModel {
    private ExportedModel() {}

    /**
     * Writes a model and proves that the copy answers as recorded. A mixture of objectives is copied: its folder is public already.
     *
     * @param model folder of a model that Assay wrote
     * @param to the folder to write
     * @param storage precision of the weights on disk, the recorded rewards are those of the stored weights; empty: fp32, or for
     *     a mixture as it is stored
     * @return what another reader of the folder has to mind, in sentences
     * @throws AssayException of kind INPUT where a mixture is asked for in another precision than its own
     */
    public static List<String> write(Path model, Path to, Optional<Precision> storage) {
        ModelManifest manifest = ModelFolder.manifest(model)
                .orElseThrow(() -> new AssayException(
                        ErrorKind.CHECKPOINT,
                        model + " has no assay.json: it is a public folder already and can be copied as it is"));
        List<String> cautions = new ArrayList<>();
        if (MixtureFolder.is(model)) {
            storage.ifPresent(asked -> requireOwn(model, asked));
            cautions.addAll(MixtureFolder.copy(model, to));
        } else {
            write(model, to, storage.orElse(Precision.FLOAT32), manifest);
        }
        padding(manifest).ifPresent(cautions::add);
        return cautions;
    }

    private static void requireOwn(Path model, Precision asked) {
        try (ModelWeights weights = ModelWeights.open(model)) {
            Precision own = weights.decoderPrecision();
            if (own != asked) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "precision " + asked + ": " + model
                                + " is a mixture of objectives, whose decoder keeps the precision of"
                                + " the backbone it was made on, " + own + "; leave --precision out");
            }
        }
    }

    private static void write(Path model, Path to, Precision storage, ModelManifest manifest) {
        Map<Conversation, int[]> samples = new LinkedHashMap<>();
        manifest.golden()
                .forEach(known -> samples.put(
                        known.conversation(),
                        known.tokens().stream().mapToInt(Integer::intValue).toArray()));
        try (RewardNetwork network = RewardNetwork.load(model, LoadOptions.scoring(Precision.FLOAT32))) {
            ModelExport.write(network, to, model, storage, manifest, samples);
        }
        NeuralRewardModel.load(to).close();
    }

    /** What the recorded texts end with decides, whether a template or the tokenizer put it there. */
    private static Optional<String> padding(ModelManifest manifest) {
        int pad = manifest.specialTokens().pad();
        return manifest.golden().stream().anyMatch(known -> known.tokens().getLast() == pad)
                ? Optional.of("texts end with token " + pad + ", which is the padding token too: Transformers"
                        + " would read the reward one token early. Rewards there are Assay's only with another"
                        + " pad_token_id, in config.json and in the tokenizer")
                : Optional.empty();
    }
}
