package dev.assay.recipe;

import dev.assay.method.armorm.GateInput;
import dev.assay.method.armorm.GateSettings;
import dev.assay.method.armorm.PromptSplit;
import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import java.util.Optional;

/**
 * The gate and its training; what is absent is that of the preset.
 *
 * @param preset where the other values come from
 * @param input coordinates it is trained in: {@code raw}, {@code standardized}, {@code whitened}, or {@code auto} for the
 *     better of raw and whitened; the model reads raw states
 * @param hidden width of the hidden layers
 * @param hiddenLayers their number
 * @param scale beta to begin with
 * @param temperature what logits are divided by
 * @param dropout in the hidden layers while training, in [0, 1)
 * @param learningRate at the start of a cosine to 0
 * @param weightDecay of AdamW
 * @param steps at most
 * @param batchSize pairs a step
 * @param heldOut share of the prompts kept back to choose the best step, in (0, 1)
 * @param evaluationEvery steps between two looks at these
 * @param patience looks without a better one after which training stops; 0: never
 */
public record GateSection(
        @Default("standard") Preset preset,
        Optional<GateInput> input,
        Optional<Integer> hidden,
        Optional<Integer> hiddenLayers,
        Optional<Double> scale,
        Optional<Double> temperature,
        Optional<Double> dropout,
        Optional<Double> learningRate,
        Optional<Double> weightDecay,
        Optional<Integer> steps,
        Optional<Integer> batchSize,
        @Default("0.2") double heldOut,
        Optional<Integer> evaluationEvery,
        Optional<Integer> patience) {
    public GateSection {
        Rules rules = new Rules()
                .that("held-out", heldOut > 0 && heldOut < 1, "held-out is " + heldOut + ", it must be in (0, 1)");
        hidden.ifPresent(value -> rules.atLeast("hidden", value, 1));
        hiddenLayers.ifPresent(value -> rules.atLeast("hidden-layers", value, 0));
        scale.ifPresent(value -> rules.positive("scale", value));
        temperature.ifPresent(value -> rules.positive("temperature", value));
        dropout.ifPresent(value ->
                rules.that("dropout", value >= 0 && value < 1, "dropout is " + value + ", it must be in [0, 1)"));
        learningRate.ifPresent(value -> rules.positive("learning-rate", value));
        weightDecay.ifPresent(value -> rules.atLeast("weight-decay", value, 0));
        steps.ifPresent(value -> rules.atLeast("steps", value, 1));
        batchSize.ifPresent(value -> rules.atLeast("batch-size", value, 1));
        evaluationEvery.ifPresent(value -> rules.atLeast("evaluation-every", value, 1));
        patience.ifPresent(value -> rules.atLeast("patience", value, 0));
        rules.check();
    }

    /** Where absent values come from. */
    public enum Preset {
        /** The paper's layers and steps on raw or whitened states, whichever is better, beta 10, dropout 0.2. */
        STANDARD(GateSettings.STANDARD),
        /** arXiv 2406.12845: beta 100, 10,000 steps, no temperature, no dropout, raw states. */
        PAPER(GateSettings.PAPER),
        /** The script published with it: beta 1, 2,000 steps, temperature 10, dropout 0.2, raw states. */
        SCRIPT(GateSettings.SCRIPT);

        private final GateSettings settings;

        Preset(GateSettings settings) {
            this.settings = settings;
        }
    }

    GateSettings settings(long seed) {
        GateSettings standard = preset.settings;
        return new GateSettings(
                new GateSettings.Shape(
                        hidden.orElse(standard.shape().hidden()),
                        hiddenLayers.orElse(standard.shape().hiddenLayers()),
                        scale.orElse(standard.shape().scale()),
                        temperature.orElse(standard.shape().temperature())),
                input.orElse(standard.input()),
                new GateSettings.Updates(
                        learningRate.orElse(standard.updates().learningRate()),
                        weightDecay.orElse(standard.updates().weightDecay()),
                        dropout.orElse(standard.updates().dropout()),
                        steps.orElse(standard.updates().steps()),
                        batchSize.orElse(standard.updates().batch())),
                new GateSettings.Stopping(
                        evaluationEvery.orElse(standard.stopping().every()),
                        patience.orElse(standard.stopping().patience())),
                new PromptSplit(heldOut, seed),
                seed);
    }
}
