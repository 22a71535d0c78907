package dev.assay.nn.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoraConfigTest {
    private static LoraConfig config(String... targets) {
        return new LoraConfig(4, 8, 0, List.of(targets), false);
    }

    @Test
    void a_target_is_a_whole_path_or_ends_one_at_a_dot() {
        assertThat(config("q_proj").targets("model.layers.0.self_attn.q_proj")).isTrue();
        assertThat(config("self_attn.q_proj").targets("model.layers.0.self_attn.q_proj"))
                .isTrue();
        assertThat(config("proj").targets("model.layers.0.self_attn.q_proj")).isFalse();
    }

    @Test
    void rank_stabilised_adapters_scale_with_the_root_of_the_rank() {
        assertThat(config("q").scale()).isEqualTo(2);
        assertThat(new LoraConfig(4, 8, 0, List.of("q"), true).scale()).isEqualTo(4);
    }

    @Test
    void values_out_of_range_are_refused() {
        assertThatThrownBy(() -> new LoraConfig(0, 8, 0, List.of("q"), false)).hasMessageContaining("rank 0");
        assertThatThrownBy(() -> new LoraConfig(1, 0, 0, List.of("q"), false)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> new LoraConfig(1, 1, 1, List.of("q"), false)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> config()).hasMessageContaining("target");
    }
}
