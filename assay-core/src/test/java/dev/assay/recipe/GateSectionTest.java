package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.method.armorm.GateInput;
import dev.assay.method.armorm.GateSettings;
import dev.assay.method.armorm.GateSettings.Shape;
import dev.assay.method.armorm.GateSettings.Stopping;
import dev.assay.method.armorm.GateSettings.Updates;
import dev.assay.method.armorm.PromptSplit;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateSectionTest {
    private static final long SEED = 7;

    private static GateSettings settings(String gate) {
        Recipe recipe = Recipe.parse("""
                method: {name: armorm, gate: %s}
                backbone: {random: {layers: 1, hidden-size: 16, intermediate-size: 32, heads: 2}}
                data: {simulated: {}}
                output: x
                """.formatted(gate), "gate", List.of());
        return ((MethodSection.ArmoRm) recipe.method()).gate().settings(SEED);
    }

    @Test
    void the_presets_are_those_of_paper_and_script_in_every_number() {
        PromptSplit split = new PromptSplit(0.2, SEED);
        Stopping stopping = new Stopping(100, 0);
        assertThat(settings("{preset: paper}"))
                .isEqualTo(new GateSettings(
                        new Shape(1024, 3, 100, 1),
                        GateInput.RAW,
                        new Updates(1e-3, 0, 0, 10_000, 1024),
                        stopping,
                        split,
                        SEED));
        assertThat(settings("{preset: script}"))
                .isEqualTo(new GateSettings(
                        new Shape(1024, 3, 1, 10),
                        GateInput.RAW,
                        new Updates(1e-3, 0, 0.2, 2_000, 1024),
                        stopping,
                        split,
                        SEED));
        GateSettings standard = new GateSettings(
                new Shape(1024, 3, 10, 1),
                GateInput.AUTO,
                new Updates(1e-3, 0, 0.2, 10_000, 1024),
                stopping,
                split,
                SEED);
        assertThat(settings("{preset: standard}")).isEqualTo(standard);
        assertThat(settings("{}")).isEqualTo(standard);
    }

    @Test
    void what_a_recipe_says_goes_before_the_preset() {
        assertThat(settings("{preset: paper, input: standardized}").input()).isEqualTo(GateInput.STANDARDIZED);
        assertThat(settings("{preset: paper, input: whitened}").shape().scale()).isEqualTo(100);
        assertThat(settings("{input: raw, scale: 3}"))
                .isEqualTo(settings("{}").withInput(GateInput.RAW).withShape(new Shape(1024, 3, 3, 1)));
        assertThatThrownBy(() -> settings("{input: white}")).hasMessageContaining("whitened");
    }
}
