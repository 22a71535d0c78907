package dev.assay.nn.lora;

/**
 * Where dropout masks come from: each mask is a pure function of this seed and its layer's number. The seed is set once a
 * batch and not used up by drawing, so that recomputing a layer in the backward pass and resuming a run both see the masks
 * of the first time.
 */
final class DropoutSeed {
    private long seed;
    private boolean active;

    /** Masks from now on, until the next call. */
    void draw(long newSeed) {
        seed = newSeed;
        active = true;
    }

    /** No masks from now on: evaluation and scoring. */
    void off() {
        active = false;
    }

    boolean active() {
        return active;
    }

    /** A seed for one layer, mixed so that neighbouring layers and batches share nothing (SplitMix64's finaliser). */
    long forLayer(int layer) {
        long z = seed + 0x9e3779b97f4a7c15L * (layer + 1L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
