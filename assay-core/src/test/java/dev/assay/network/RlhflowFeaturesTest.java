package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.AssayException;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden files are as the published scripts write them: see golden/features/make.py. */
class RlhflowFeaturesTest {
    private static final Path GOLDEN = Path.of("../golden/features");

    @TempDir
    Path temporary;

    @Test
    void features_and_labels_of_the_first_stage_are_read() {
        Path file = GOLDEN.resolve("stage1-00001-of-00001.safetensors");
        RlhflowFeatures.Rated rated = RlhflowFeatures.readRated(List.of(file, file));
        try (FeatureStore store = rated.store()) {
            assertThat(store.rows()).isEqualTo(6);
            assertThat(store.width()).isEqualTo(4);
            assertThat(store.responsesPerRow()).isEqualTo(1);
            assertThat(Tensors.toFloats(store.responses().joined())[4 + 2]).isEqualTo(6 / 8f);
            assertThat(rated.labels()[0]).containsExactly(0.25, Double.NaN, 0.5, 0.25, Double.NaN, 0.5);
            assertThat(rated.labels()[1]).containsExactly(Double.NaN, 1.0, 0.75, Double.NaN, 1.0, 0.75);
            assertThat(store.ids().get(1)).isEqualTo("stage1-00001-of-00001.safetensors:2");
        }
    }

    @Test
    void pairs_of_the_second_stage_are_read_and_written_alike() {
        Path golden = GOLDEN.resolve("stage2-train.safetensors");
        Path copy = temporary.resolve("stage2.safetensors");
        try (FeatureStore store = RlhflowFeatures.readPairs(List.of(golden))) {
            assertThat(store.responsesPerRow()).isEqualTo(2);
            assertThat(Tensors.toFloats(store.prompts().joined()))
                    .containsExactly(1.5f, 1.5f, 1.5f, 1.5f, -2, -2, -2, -2);
            RlhflowFeatures.writePairs(copy, store);
        }
        try (SafetensorsFile was = SafetensorsFile.open(golden);
                SafetensorsFile is = SafetensorsFile.open(copy);
                TensorScope scope = TensorScope.open()) {
            for (String name : List.of("embeddings", "prompt_embeddings")) {
                assertThat(is.shape(name)).isEqualTo(was.shape(name));
                assertThat(Tensors.toFloats(is.tensor(name))).isEqualTo(Tensors.toFloats(was.tensor(name)));
            }
        }
    }

    @Test
    void labels_are_written_row_by_row() {
        Path file = temporary.resolve("stage1.safetensors");
        RlhflowFeatures.Rated rated =
                RlhflowFeatures.readRated(List.of(GOLDEN.resolve("stage1-00001-of-00001.safetensors")));
        try (FeatureStore store = rated.store()) {
            RlhflowFeatures.writeRated(file, store, rated.labels());
        }
        RlhflowFeatures.Rated again = RlhflowFeatures.readRated(List.of(file));
        again.store().close();
        assertThat(Arrays.deepToString(again.labels())).isEqualTo(Arrays.deepToString(rated.labels()));
    }

    @Test
    void states_stay_in_their_files() throws IOException {
        Path file = temporary.resolve("stage2.safetensors");
        Path other = temporary.resolve("more.safetensors");
        try (TensorScope scope = TensorScope.open()) {
            Tensor zeros = torch.zeros(2, 2, 4);
            for (Path each : List.of(file, other)) {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                tensors.put("embeddings", zeros);
                tensors.put("prompt_embeddings", zeros);
                SafetensorsWriter.write(each, tensors, Map.of());
            }
        }
        try (FeatureStore store = RlhflowFeatures.readPairs(List.of(file, other));
                FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            // The file is changed under the open store: whoever had copied it would not notice. It ends with its
            // prompts.
            channel.write(ByteBuffer.wrap(new byte[] {0x3f}), channel.size() - 1 - 4 * Float.BYTES);
            assertThat(Tensors.toFloats(store.prompts().joined())).containsOnlyOnce(0.5f);
        }
    }

    @Test
    void files_of_several_precisions_are_read_in_fp32_and_of_several_widths_refused() {
        Path fine = temporary.resolve("fine.safetensors");
        Path coarse = temporary.resolve("coarse.safetensors");
        Path wide = temporary.resolve("wide.safetensors");
        try (TensorScope scope = TensorScope.open()) {
            Tensor states = Tensors.floats(new double[] {0.1, 1, 2, 3, 4, 5, 6, 7}, 1, 2, 4);
            Map<String, Tensor> tensors = Map.of("embeddings", states, "prompt_embeddings", states);
            SafetensorsWriter.write(fine, tensors, Map.of());
            SafetensorsWriter.write(coarse, tensors, Precision.BFLOAT16, Map.of());
            Tensor wider = torch.zeros(1, 2, 5);
            SafetensorsWriter.write(wide, Map.of("embeddings", wider, "prompt_embeddings", wider), Map.of());
        }
        try (FeatureStore store = RlhflowFeatures.readPairs(List.of(fine, coarse))) {
            float[] both = Tensors.toFloats(store.responses().joined());
            assertThat(both[0]).isEqualTo(0.1f);
            assertThat(both[8]).isNotEqualTo(0.1f).isCloseTo(0.1f, within(1e-3f));
        }
        assertThatThrownBy(() -> RlhflowFeatures.readPairs(List.of(fine, wide)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("wide.safetensors: embeddings is [1, 2, 5]")
                .hasMessageContaining("fine.safetensors [1, 2, 4]");
    }

    @Test
    void a_file_of_the_wrong_stage_is_refused() {
        Path pairs = GOLDEN.resolve("stage2-train.safetensors");
        assertThatThrownBy(() -> RlhflowFeatures.readRated(List.of(pairs)))
                .hasMessageContaining("stage2-train.safetensors")
                .hasMessageContaining("labels");
    }
}
