package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.backbone.Backbone;
import dev.assay.backbone.LoadOptions;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.PeftFolder;
import dev.assay.head.ScalarHead;
import dev.assay.nn.Parameters;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.nn.lora.LoraConfig;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.PackedBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LoRA against Transformers + PEFT on a small random Llama: golden/lora/make_golden.py. */
class LoraNetworkTest {
    private static final Path GOLDEN = Path.of("../golden/lora");
    private static final JsonNode EXPECTED =
            JsonMapper.shared().readTree(GOLDEN.resolve("expected.json").toFile());

    private static RewardNetwork adapted() {
        Backbone base = BackboneCatalog.load(GOLDEN.resolve("base"), LoadOptions.scoring(Precision.FLOAT32));
        PeftFolder.Contents folder = PeftFolder.read(GOLDEN.resolve("adapter"), "golden");
        try (Tensor head = Objects.requireNonNull(folder.headKD())) {
            return RewardNetwork.adapted(base, ScalarHead.copyOf(head), folder.adapter());
        }
    }

    private static PackedBatch batch() {
        int[][] tokens = JsonMapper.shared().convertValue(EXPECTED.get("ids"), int[][].class);
        int columns = tokens[0].length;
        int[] positions = IntStream.range(0, columns).toArray();
        return new PackedBatch(
                tokens,
                new int[][] {positions, positions},
                null,
                new int[0],
                new int[] {0, 1},
                new int[] {columns - 1, columns - 1},
                new int[] {0, 0},
                new int[] {0, 0},
                new int[] {0, 0},
                new int[] {1, 2},
                new double[] {1},
                new double[] {0});
    }

    private static Tensor rankingLoss(RewardNetwork network, Tensor pooledND) {
        Tensor rewards = network.rewards(pooledND);
        return torch.log_sigmoid(rewards.select(0, 0).sub(rewards.select(0, 1))).neg();
    }

    private static double[] doubles(JsonNode array) {
        return JsonMapper.shared().convertValue(array, double[].class);
    }

    @Test
    void rewards_and_gradients_are_those_of_peft() {
        try (RewardNetwork network = adapted();
                TensorScope scope = TensorScope.open()) {
            double[] rewards = Tensors.toDoubles(network.rewards(network.pool(batch())));
            network.backward(batch(), pooled -> rankingLoss(network, pooled));

            assertThat(rewards)
                    .usingComparatorWithPrecision(Tolerances.FLOAT32_OP)
                    .containsExactly(doubles(EXPECTED.get("rewards")));
            EXPECTED.get("gradients").properties().forEach(line -> {
                Tensor gradient = Objects.requireNonNull(
                        Tensors.gradient(network.trainable().get(line.getKey())), line.getKey());
                assertThat(Tensors.toDoubles(gradient))
                        .as(line.getKey())
                        .usingComparatorWithPrecision(Tolerances.FLOAT32_OP)
                        .containsExactly(doubles(line.getValue()));
            });
        }
    }

    @Test
    void merging_gives_pefts_weights_and_leaves_the_base_alone() {
        try (RewardNetwork network = adapted();
                TensorScope scope = TensorScope.open()) {
            String name = "model.layers.1.mlp.down_proj.weight";
            double[] before = Tensors.toDoubles(network.backbone().parameters().get(name));
            LoraAdapter adapter = Objects.requireNonNull(network.adapter());
            try (Parameters merged = adapter.merged(network.backbone().linears().values())) {
                assertThat(Tensors.toDoubles(merged.get(name)))
                        .usingComparatorWithPrecision(Tolerances.FLOAT32_FLOOR)
                        .containsExactly(doubles(EXPECTED.get("merged").get(name)));
            }
            assertThat(Tensors.toDoubles(network.backbone().parameters().get(name)))
                    .containsExactly(before);
        }
    }

    @Test
    void only_the_adapter_and_the_head_are_trainable() {
        try (RewardNetwork network = adapted()) {
            assertThat(network.trainable().names())
                    .allMatch(name -> name.contains(".lora_") || name.equals(ScalarHead.WEIGHT))
                    .hasSize(9);
        }
    }

    @Test
    void a_fresh_adapter_changes_nothing_and_detaching_restores_the_base() {
        try (Backbone base = BackboneCatalog.load(GOLDEN.resolve("base"), LoadOptions.scoring(Precision.FLOAT32));
                LoraAdapter adapter = LoraAdapter.create(
                        "fresh",
                        new LoraConfig(2, 4, 0, List.of("q_proj", "v_proj"), false),
                        base.linears().values(),
                        7);
                PeftAdapter trained = new PeftAdapter();
                TensorScope scope = TensorScope.open()) {
            double[] bare = Tensors.toDoubles(base.pooled(batch()));
            adapter.attachTo(base.linears().values());
            assertThat(Tensors.toDoubles(base.pooled(batch()))).containsExactly(bare);
            trained.adapter().attachTo(base.linears().values());
            assertThat(Tensors.toDoubles(base.pooled(batch()))).isNotEqualTo(bare);
            LoraAdapter.detach(base.linears().values());
            assertThat(Tensors.toDoubles(base.pooled(batch()))).containsExactly(bare);
        }
    }

    private record PeftAdapter(PeftFolder.Contents contents) implements AutoCloseable {
        PeftAdapter() {
            this(PeftFolder.read(GOLDEN.resolve("adapter"), "trained"));
        }

        LoraAdapter adapter() {
            return contents.adapter();
        }

        @Override
        public void close() {
            contents.adapter().close();
            Objects.requireNonNull(contents.headKD()).close();
        }
    }

    @Test
    void recomputation_gives_the_gradients_of_the_plain_pass_to_the_bit() {
        for (boolean lora : new boolean[] {false, true}) {
            try (RewardNetwork network = lora ? adapted() : full();
                    TensorScope scope = TensorScope.open()) {
                network.backward(batch(), pooled -> rankingLoss(network, pooled));
                List<float[]> plain = gradients(network);
                network.trainable().view().values().forEach(Tensors::clearGradient);

                network.recompute(true);
                network.backward(batch(), pooled -> rankingLoss(network, pooled));

                List<float[]> recomputed = gradients(network);
                for (int i = 0; i < plain.size(); i++) {
                    assertThat(recomputed.get(i)).containsExactly(plain.get(i));
                }
            }
        }
    }

    @Test
    void dropout_masks_depend_on_the_seed_alone_and_are_off_when_scoring() {
        LoraConfig config = new LoraConfig(2, 4, 0.5, List.of("q_proj"), false);
        Backbone base = BackboneCatalog.load(GOLDEN.resolve("base"), LoadOptions.scoring(Precision.FLOAT32));
        LoraAdapter adapter = LoraAdapter.create("d", config, base.linears().values(), 7);
        try (RewardNetwork network = RewardNetwork.adapted(base, ScalarHead.random(16, 0.1, 1), adapter);
                TensorScope scope = TensorScope.open()) {
            adapter.parameters().view().forEach((name, tensor) -> {
                if (name.contains("lora_B")) {
                    tensor.detach().fill_(Tensors.number(0.5));
                }
            });
            double[] off = Tensors.toDoubles(network.pool(batch()));
            adapter.drawDropout(1);
            double[] first = Tensors.toDoubles(network.pool(batch()));
            double[] again = Tensors.toDoubles(network.pool(batch()));
            adapter.drawDropout(2);
            double[] second = Tensors.toDoubles(network.pool(batch()));
            adapter.dropoutOff();

            assertThat(first).containsExactly(again).isNotEqualTo(second).isNotEqualTo(off);
            assertThat(Tensors.toDoubles(network.pool(batch()))).containsExactly(off);
        }
    }

    @Test
    void training_the_adapter_leaves_every_base_weight_as_it_was() {
        try (RewardNetwork network = adapted();
                TensorScope scope = TensorScope.open()) {
            network.backward(batch(), pooled -> rankingLoss(network, pooled));
            network.backbone()
                    .parameters()
                    .view()
                    .forEach((name, tensor) ->
                            assertThat(Tensors.gradient(tensor)).as(name).isNull());
        }
    }

    private static RewardNetwork full() {
        Backbone base = BackboneCatalog.load(GOLDEN.resolve("base"), LoadOptions.training(Precision.FLOAT32));
        return new RewardNetwork(base, ScalarHead.random(16, 0.1, 1));
    }

    private static List<float[]> gradients(RewardNetwork network) {
        return network.trainable().view().values().stream()
                .map(tensor -> Tensors.toFloats(Objects.requireNonNull(Tensors.gradient(tensor))))
                .toList();
    }
}
