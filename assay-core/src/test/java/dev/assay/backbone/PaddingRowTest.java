package dev.assay.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedding's padding row: {@code nn.Embedding(vocab, hidden, padding_idx)} of the published classes. */
class PaddingRowTest {
    private static final int VOCABULARY = 32;
    private static final int WIDTH = 16;
    private static final int PAD = 5;

    private static DecoderConfig config(String family, Map<String, Object> more) {
        Map<String, Object> json = new HashMap<>(Map.of(
                "model_type", family,
                "vocab_size", VOCABULARY,
                "hidden_size", WIDTH,
                "intermediate_size", 16,
                "num_hidden_layers", 2,
                "num_attention_heads", 2,
                "num_key_value_heads", 2,
                "max_position_embeddings", 64));
        json.putAll(more);
        return BackboneCatalog.config(ModelConfig.of(json, family));
    }

    private static float[] row(Tensor tableVD, int row) {
        float[] all = Tensors.toFloats(tableVD);
        return Arrays.copyOfRange(all, row * WIDTH, (row + 1) * WIDTH);
    }

    private static Tensor embedding(Backbone backbone) {
        return backbone.parameters()
                .get(backbone.parameters().names().iterator().next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "mistral"})
    void starts_at_zero_and_leaves_every_other_draw_as_it_is(String family) {
        try (TensorScope scope = TensorScope.open();
                Backbone padded = BackboneCatalog.random(config(family, Map.of("pad_token_id", PAD)), 7);
                Backbone plain = BackboneCatalog.random(config(family, Map.of()), 7)) {
            assertThat(row(embedding(padded), PAD)).containsOnly(0f);
            assertThat(row(embedding(plain), PAD)).doesNotContain(0f);
            for (int other : List.of(0, PAD - 1, PAD + 1, VOCABULARY - 1)) {
                assertThat(row(embedding(padded), other)).isEqualTo(row(embedding(plain), other));
            }
            for (String name : plain.parameters().names().stream().skip(1).toList()) {
                assertThat(Tensors.toFloats(padded.parameters().get(name)))
                        .as(name)
                        .isEqualTo(Tensors.toFloats(plain.parameters().get(name)));
            }
        }
    }

    @Test
    void gpt_neox_names_none() {
        try (TensorScope scope = TensorScope.open();
                Backbone backbone = BackboneCatalog.random(config("gpt_neox", Map.of("pad_token_id", PAD)), 7)) {
            assertThat(row(embedding(backbone), PAD)).doesNotContain(0f);
        }
    }

    @Test
    void learns_nothing_where_a_text_holds_the_token_and_all_else_learns_as_before() {
        DecoderConfig padded = config("llama", Map.of("pad_token_id", PAD));
        try (TensorScope scope = TensorScope.open();
                Backbone with = BackboneCatalog.random(padded, 7);
                Backbone without = BackboneCatalog.random(config("llama", Map.of()), 7)) {
            embedding(without).detach().select(0, PAD).zero_();
            for (Backbone backbone : List.of(with, without)) {
                Tensor states = backbone.hiddenStates(Batches.padded(List.of(new int[] {1, PAD, 9, PAD, 3})));
                states.mul(states).mul(states).sum().backward();
            }
            Tensor gradient = embedding(with).grad();
            Tensor free = embedding(without).grad();
            assertThat(row(gradient, PAD)).containsOnly(0f);
            assertThat(row(free, PAD)).as("a gradient that is kept away").doesNotContain(0f);
            for (int other : List.of(1, 9, 3)) {
                assertThat(row(gradient, other)).isEqualTo(row(free, other)).doesNotContain(0f);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "0, 0", "-1, 31", "-32, 0"})
    void counts_from_the_end_below_zero(int written, int row) {
        assertThat(config("llama", Map.of("pad_token_id", written)).paddingRow())
                .hasValue(row);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, -33, 128_009})
    void outside_the_embedding_it_is_refused(int written) {
        assertThatThrownBy(() -> config("llama", Map.of("pad_token_id", written)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("pad_token_id = " + written)
                .hasMessageContaining("below vocab_size = 32");
    }
}
