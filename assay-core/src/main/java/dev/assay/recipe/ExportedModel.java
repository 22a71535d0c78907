package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.backbone.LoadOptions;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.Conversation;
import dev.assay.network.ModelExport;
import dev.assay.network.NeuralRewardModel;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a model of a run as a public folder of its own. */
public final class ExportedModel {
    private ExportedModel() {}

    /**
     * Writes a model and proves that the copy answers as recorded.
     *
     * @param model folder of a model that Assay wrote
     * @param to the folder to write
     * @param storage precision of the weights on disk; the recorded rewards are those of the stored weights
     * @return what another reader of the folder has to mind, if anything
     */
    public static Optional<String> write(Path model, Path to, Precision storage) {
        ModelManifest manifest = ModelFolder.manifest(model)
                .orElseThrow(() -> new AssayException(
                        ErrorKind.CHECKPOINT,
                        model + " has no assay.json: it is a public folder already and can be copied as it is"));
        Map<Conversation, int[]> samples = new LinkedHashMap<>();
        manifest.golden()
                .forEach(known -> samples.put(
                        known.conversation(),
                        known.tokens().stream().mapToInt(Integer::intValue).toArray()));
        try (RewardNetwork network = RewardNetwork.load(model, LoadOptions.scoring(Precision.FLOAT32))) {
            ModelExport.write(network, to, model, storage, manifest, samples);
        }
        NeuralRewardModel.load(to).close();
        return caution(manifest);
    }

    /** What the recorded texts end with decides, whether a template or the tokenizer put it there. */
    private static Optional<String> caution(ModelManifest manifest) {
        int pad = manifest.specialTokens().pad();
        return manifest.golden().stream().anyMatch(known -> known.tokens().getLast() == pad)
                ? Optional.of("texts end with token " + pad + ", which is the padding token too: Transformers"
                        + " would read the reward one token early. Rewards there are Assay's only with another"
                        + " pad_token_id, in config.json and in the tokenizer")
                : Optional.empty();
    }
}
