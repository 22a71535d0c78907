package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.head.GatingHead;
import dev.assay.nn.Parameters;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.training.AdamW;
import dev.assay.training.LearningRateSchedule;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gate against PyTorch; golden/armorm/gate.py made the values. */
class GateGoldenTest {
    private static final int PAIRS = 12;
    private static final JsonNode GOLDEN =
            JsonMapper.shared().readTree(Path.of("../golden/armorm/gate.json").toFile());

    @Test
    void coefficients_losses_and_trained_weights_are_those_of_pytorch() {
        try (TensorScope scope = TensorScope.open();
                GatingHead gate =
                        new GatingHead(parameters(), GOLDEN.get("temperature").asDouble());
                AdamW optimizer = new AdamW(gate.parameters(), new AdamW.Options(0.9, 0.999, 1e-8, 0))) {
            Tensor prompts = matrix("prompts");
            assertThat(Tensors.toDoubles(gate.coefficients(prompts)))
                    .containsExactly(doubles(GOLDEN.get("coefficients")), within(Tolerances.FLOAT32_OP));
            double[] losses = doubles(GOLDEN.get("losses"));
            LearningRateSchedule schedule = new LearningRateSchedule(
                    LearningRateSchedule.Shape.COSINE, GOLDEN.get("rate").asDouble(), losses.length, 0);
            GatedPairs pairs = GatedPairs.all(ShardedRows.of(prompts), matrix("margins"));
            int[] all = IntStream.range(0, PAIRS).toArray();
            for (int step = 0; step < losses.length; step++) {
                optimizer.clearGradients();
                assertThat(pairs.backward(gate, all, 0, 0)).isCloseTo(losses[step], within(Tolerances.TRAJECTORY));
                optimizer.update(schedule.at(step));
            }
            GOLDEN.get("end")
                    .properties()
                    .forEach(end -> assertThat(
                                    Tensors.toDoubles(gate.parameters().get(end.getKey())))
                            .as(end.getKey())
                            .containsExactly(doubles(end.getValue()), within(Tolerances.REFERENCE)));
        }
    }

    private static Parameters parameters() {
        Parameters parameters = new Parameters();
        GOLDEN.get("parameters").properties().forEach(entry -> {
            long[] shape = StreamSupport.stream(entry.getValue().get("shape").spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray();
            parameters.put(
                    entry.getKey(),
                    Tensors.floats(doubles(entry.getValue().get("values")), shape)
                            .set_requires_grad(true));
        });
        return parameters;
    }

    private static Tensor matrix(String name) {
        double[] flat = doubles(GOLDEN.get(name));
        return Tensors.floats(flat, PAIRS, flat.length / PAIRS);
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
