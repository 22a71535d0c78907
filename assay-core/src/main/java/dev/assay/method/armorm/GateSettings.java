package dev.assay.method.armorm;

/**
 * How a gate is trained.
 *
 * @param shape what it looks like at the start
 * @param input the coordinates it is trained in
 * @param updates how its parameters move
 * @param stopping when it is looked at
 * @param split which prompts choose the best step
 * @param seed of weights, batches and dropout
 */
public record GateSettings(
        Shape shape, GateInput input, Updates updates, Stopping stopping, PromptSplit split, long seed) {
    /**
     * Assay's own: the paper's layers and steps, with a beta of 10 and dropout 0.2, on raw or whitened states, whichever is better on
     * held-out prompts. docs/results/armorm.md has what whitening is worth.
     */
    public static final GateSettings STANDARD =
            preset(new Shape(1024, 3, 10, 1), GateInput.AUTO, new Updates(1e-3, 0, 0.2, 10_000, 1024));

    /** The paper: three layers of 1024, beta 100, AdamW with 1e-3, 10,000 steps of 1024 pairs, no temperature, no dropout. */
    public static final GateSettings PAPER =
            preset(new Shape(1024, 3, 100, 1), GateInput.RAW, new Updates(1e-3, 0, 0, 10_000, 1024));

    /** The paper's script: 2,000 steps, beta 1, temperature 10, dropout 0.2. Unlike it, splits by prompt and keeps the best step. */
    public static final GateSettings SCRIPT =
            preset(new Shape(1024, 3, 1, 10), GateInput.RAW, new Updates(1e-3, 0, 0.2, 2_000, 1024));

    /** A fifth of the prompts choose the best step, looked at every 100. */
    private static GateSettings preset(Shape shape, GateInput input, Updates updates) {
        return new GateSettings(shape, input, updates, new Stopping(100, 0), new PromptSplit(0.2, 0), 0);
    }

    /**
     * What a gate looks like at the start.
     *
     * @param hidden width of its hidden layers
     * @param hiddenLayers their number
     * @param scale beta to begin with
     * @param temperature what logits are divided by
     */
    public record Shape(int hidden, int hiddenLayers, double scale, double temperature) {}

    /**
     * How the parameters move: AdamW on a cosine to 0.
     *
     * @param learningRate the highest, at the start
     * @param weightDecay of AdamW
     * @param dropout probability of a zero in the hidden layers
     * @param steps at most
     * @param batch pairs a step, drawn with replacement
     */
    public record Updates(double learningRate, double weightDecay, double dropout, int steps, int batch) {
        public Updates {
            if (steps < 1 || batch < 1) {
                throw new IllegalArgumentException(
                        "a gate is trained in at least 1 step of at least 1 pair, not " + steps + " of " + batch);
            }
        }
    }

    /**
     * When held-out prompts are looked at.
     *
     * @param every steps between two looks
     * @param patience looks without a better one after which training stops; 0: never
     */
    public record Stopping(int every, int patience) {
        public Stopping {
            if (every < 1 || patience < 0) {
                throw new IllegalArgumentException(
                        "a look every " + every + " steps with patience " + patience + " is none");
            }
        }
    }

    /** The same with another shape. */
    public GateSettings withShape(Shape other) {
        return new GateSettings(other, input, updates, stopping, split, seed);
    }

    /** The same in other coordinates. */
    public GateSettings withInput(GateInput other) {
        return new GateSettings(shape, other, updates, stopping, split, seed);
    }

    /** The same with other updates. */
    public GateSettings withUpdates(Updates other) {
        return new GateSettings(shape, input, other, stopping, split, seed);
    }

    /** The same with other looks at the held-out prompts. */
    public GateSettings withStopping(Stopping other) {
        return new GateSettings(shape, input, updates, other, split, seed);
    }

    /** The same with another seed. */
    public GateSettings withSeed(long other) {
        return new GateSettings(shape, input, updates, stopping, split, other);
    }
}
