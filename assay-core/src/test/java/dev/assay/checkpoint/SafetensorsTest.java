package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    private static final float[] VALUES = {1.5f, -2, 0.25f, 3, 1e-3f, 65504};

    @TempDir
    Path folder;

    private Path written(Precision precision) {
        Path file = folder.resolve("weights.safetensors");
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("a", Tensors.floats(VALUES, 2, 3));
            tensors.put("b", Tensors.floats(VALUES, 3, 2).transpose(0, 1));
            SafetensorsWriter.write(file, tensors, precision, Map.of("format", "pt"));
        }
        return file;
    }

    @Test
    void what_was_written_is_read_back_in_fp32_to_the_bit() {
        try (TensorScope scope = TensorScope.open();
                SafetensorsFile file = SafetensorsFile.open(written(Precision.FLOAT32))) {
            assertThat(file.names()).containsExactly("a", "b");
            assertThat(file.metadata()).containsEntry("format", "pt");
            assertThat(Tensors.toFloats(file.tensor("a"))).isEqualTo(VALUES);
            assertThat(file.shape("b")).containsExactly(2, 3);
            assertThat(Tensors.toFloats(file.tensor("b"))).containsExactly(1.5f, 0.25f, 1e-3f, -2, 3, 65504);
        }
    }

    @Test
    void halves_and_bfloat16_are_stored_as_such() {
        for (Precision precision : new Precision[] {Precision.BFLOAT16, Precision.FLOAT16}) {
            try (TensorScope scope = TensorScope.open();
                    SafetensorsFile file = SafetensorsFile.open(written(precision))) {
                assertThat(file.precision("a")).isEqualTo(precision);
                assertThat(Tensors.toFloats(file.tensor("a"))[1]).isEqualTo(-2);
            }
        }
    }

    @Test
    void a_file_cut_short_is_refused_with_the_tensor_that_is_cut() throws Exception {
        Path file = written(Precision.FLOAT32);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(raw.length() - 1);
        }
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("b: bytes 24 to 48 lie outside the file");
    }

    @Test
    void a_file_that_is_something_else_is_refused() throws Exception {
        Path file = folder.resolve("page.safetensors");
        Files.writeString(file, "<html>404 not found, sorry about that</html>");
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("not a safetensors file");
    }

    @Test
    void a_failed_write_leaves_the_old_file_and_no_rest() throws Exception {
        Path file = folder.resolve("kept.txt");
        AtomicFile.write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    throw new java.io.IOException("no space left on device");
                }))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("no space left");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("kept.txt");
    }
}
