package dev.assay.training;

import dev.assay.backbone.Backbone;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.data.Origin;
import dev.assay.head.ScalarHead;
import dev.assay.method.more.GradientNormalization;
import dev.assay.method.more.MinNormWeighting;
import dev.assay.network.RewardNetwork;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.nn.lora.LoraConfig;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.TokenizedGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A network and sources small enough to train in a test: the chosen response holds a token that its source likes. */
final class TinyTraining {
    static final int SOURCES = 3;
    static final int ROWS = 40;
    static final int VOCABULARY = 32;

    private TinyTraining() {}

    static RewardNetwork network() {
        return network(Precision.FLOAT32);
    }

    static RewardNetwork network(Precision compute) {
        return new RewardNetwork(backbone(compute, VOCABULARY), ScalarHead.random(16, 0.02, 2));
    }

    /** Another network, whose table has rows that no source ever looks up. */
    static RewardNetwork network(int vocabulary) {
        return new RewardNetwork(backbone(Precision.FLOAT32, vocabulary), ScalarHead.random(16, 0.02, 2));
    }

    /** The same decoder, frozen under an adapter. */
    static RewardNetwork adapted(LoraConfig config) {
        Backbone backbone = backbone(Precision.FLOAT32, VOCABULARY);
        LoraAdapter adapter =
                LoraAdapter.create("tiny", config, backbone.linears().values(), 4);
        return RewardNetwork.adapted(backbone, ScalarHead.random(16, 0.02, 2), adapter);
    }

    private static Backbone backbone(Precision compute, int vocabulary) {
        Map<String, Object> config = Map.of(
                "model_type", "gpt_neox",
                "vocab_size", vocabulary,
                "hidden_size", 16,
                "intermediate_size", 32,
                "num_hidden_layers", 2,
                "num_attention_heads", 2,
                "max_position_embeddings", 64,
                "rotary_pct", 0.25);
        return BackboneCatalog.random(BackboneCatalog.config(ModelConfig.of(config, "tiny")), 1, compute);
    }

    static List<List<TokenizedGroup>> sources() {
        SplittableRandom random = new SplittableRandom(3);
        List<List<TokenizedGroup>> sources = new ArrayList<>();
        for (int s = 0; s < SOURCES; s++) {
            List<TokenizedGroup> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(row(random, s, i));
            }
            sources.add(rows);
        }
        return sources;
    }

    private static TokenizedGroup row(SplittableRandom random, int source, int index) {
        int[] prompt = random.ints(8, 5, 32).toArray();
        int[] chosen = Arrays.copyOf(prompt, 12);
        int[] rejected = Arrays.copyOf(prompt, 8 + random.nextInt(1, 5));
        for (int k = 8; k < 12; k++) {
            chosen[k] = random.nextInt(5, 32);
        }
        for (int k = 8; k < rejected.length; k++) {
            rejected[k] = random.nextInt(5, 32);
        }
        chosen[9] = 2 + source;
        return new TokenizedGroup(
                List.of(chosen, rejected),
                new int[] {1, 2},
                1,
                0,
                new int[] {7, 7},
                source,
                Origin.of("source-" + source, "memory", index + 1));
    }

    static SourceWeighting more() {
        return new MinNormWeighting(0.5, GradientNormalization.NONE);
    }

    static Stage stage(SourceWeighting weighting, TrainingSettings settings) {
        int[] sizes = new int[SOURCES];
        Arrays.fill(sizes, ROWS);
        return new Stage("tiny", sources(), BatchPlan.perSource(sizes, 4, 9), weighting, settings);
    }

    static TrainingSettings settings(long steps) {
        return TrainingSettings.of(steps, 3e-3, 5).withPacking(PackingOptions.unbounded(PackingOptions.Sharing.AUTO));
    }

    static TrainingResult train(
            RewardNetwork network, Stage stage, @Nullable Path checkpoints, TrainingListener listener) {
        CheckpointStore store = checkpoints == null ? null : new CheckpointStore(checkpoints, listener);
        return new Trainer(network, List.of(stage), 0, store, null, listener).run();
    }

    /** All trainable weights, for comparison to the bit. */
    static Map<String, float[]> weights(RewardNetwork network) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        network.trainable().view().forEach((name, tensor) -> weights.put(name, Tensors.toFloats(tensor)));
        return weights;
    }
}
