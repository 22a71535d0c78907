package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeftFolderTest {
    private static final Path GOLDEN = Path.of("../golden/lora/adapter");

    @TempDir
    Path folder;

    @Test
    void what_peft_wrote_is_read_and_written_back_unchanged() {
        PeftFolder.Contents first = PeftFolder.read(GOLDEN, "golden");
        try (LoraAdapter adapter = first.adapter()) {
            Tensor head = Objects.requireNonNull(first.headKD());
            PeftFolder.write(folder, adapter, head, "base");

            PeftFolder.Contents second = PeftFolder.read(folder, "again");
            try (LoraAdapter again = second.adapter()) {
                assertThat(adapter.config().rank()).isEqualTo(3);
                assertThat(adapter.config().alpha()).isEqualTo(5);
                assertThat(again.config()).isEqualTo(adapter.config());
                assertThat(second.baseModel()).isEqualTo("base");
                assertThat(again.parameters().names())
                        .containsExactlyInAnyOrderElementsOf(
                                adapter.parameters().names());
                adapter.parameters()
                        .view()
                        .forEach((name, tensor) -> assertThat(
                                        Tensors.toFloats(again.parameters().get(name)))
                                .containsExactly(Tensors.toFloats(tensor)));
                Tensor headAgain = Objects.requireNonNull(second.headKD());
                assertThat(Tensors.toFloats(headAgain)).containsExactly(Tensors.toFloats(head));
                headAgain.close();
            }
            head.close();
        }
    }

    @Test
    void everything_that_does_not_fit_is_listed_at_once() {
        try (TensorScope scope = TensorScope.open()) {
            SafetensorsWriter.write(
                    folder.resolve("adapter_model.safetensors"),
                    Map.of(
                            "base_model.model.a.lora_A.weight", Tensors.floats(new float[8], 2, 4),
                            "base_model.model.b.weight", Tensors.floats(new float[4], 4)),
                    Map.of());
        }
        config("{\"peft_type\": \"LORA\", \"r\": 3, \"lora_alpha\": 6, \"target_modules\": [\"a\"]}");

        assertThatThrownBy(() -> PeftFolder.read(folder, "broken"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("a.lora_A.weight stands without base_model.model.a.lora_B.weight")
                .hasMessageContaining("a.lora_A.weight has shape [2, 4]; with r = 3")
                .hasMessageContaining("b.weight is no LoRA weight");
    }

    @Test
    void adapters_of_other_kinds_are_refused_by_name() {
        config("{\"peft_type\": \"IA3\", \"use_dora\": true, \"rank_pattern\": {\"a\": 2}, \"r\": 3,"
                + " \"lora_alpha\": 6, \"target_modules\": []}");

        assertThatThrownBy(() -> PeftFolder.read(folder, "other"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("peft_type = IA3")
                .hasMessageContaining("use_dora = true")
                .hasMessageContaining("rank_pattern")
                .hasMessageContaining("target_modules");
    }

    private void config(String json) {
        try {
            Files.writeString(folder.resolve("adapter_config.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
