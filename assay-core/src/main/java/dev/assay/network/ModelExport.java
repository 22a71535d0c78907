package dev.assay.network;

import dev.assay.backbone.Backbone;
import dev.assay.backbone.LoadOptions;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.Conversation;
import dev.assay.nn.Parameters;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Writes a network as a public model folder. */
public final class ModelExport {
    private ModelExport() {}

    /**
     * Writes the decoder, with an attached adapter merged into it, and the head, at once or not at all.
     *
     * @param folder to write or replace
     * @param tokenizer the folder whose tokenizer files go along
     * @param storage precision on disk
     * @param manifest how the model was made
     * @param samples conversations with their ids, whose rewards are recorded and checked on every load
     */
    public static void write(
            RewardNetwork network,
            Path folder,
            Path tokenizer,
            Precision storage,
            ModelManifest manifest,
            Map<Conversation, int[]> samples) {
        Backbone backbone = network.backbone();
        try (TensorScope scope = TensorScope.open();
                Parameters merged = merged(network)) {
            Map<String, Tensor> weights =
                    new LinkedHashMap<>(backbone.parameters().view());
            weights.putAll(merged.view());
            weights.putAll(network.head().parameters().view());
            ModelFolder.write(
                    folder,
                    new ModelFolder.Contents(
                            backbone.family().json(backbone.config()),
                            backbone.family().className(),
                            weights,
                            storage,
                            tokenizer,
                            manifest),
                    written -> golden(written, samples));
        }
    }

    /** From the weights as they lie on disk, which also proves that they can be read. */
    private static List<GoldenReward> golden(Path written, Map<Conversation, int[]> samples) {
        try (RewardNetwork stored = RewardNetwork.load(written, LoadOptions.scoring(Precision.FLOAT32))) {
            return GoldenRewards.record(stored, samples);
        }
    }

    private static Parameters merged(RewardNetwork network) {
        LoraAdapter adapter = network.adapter();
        return adapter == null
                ? new Parameters()
                : adapter.merged(network.backbone().linears().values());
    }
}
