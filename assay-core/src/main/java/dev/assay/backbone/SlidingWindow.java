package dev.assay.backbone;

import java.util.Collections;
import java.util.List;

/**
 * Layers whose positions see only the nearest past.
 *
 * @param size positions seen, itself included: i sees j when {@code i - j < size}
 * @param layers whether each layer has the window
 */
public record SlidingWindow(int size, List<Boolean> layers) {
    public SlidingWindow {
        layers = List.copyOf(layers);
        if (size < 1) {
            throw new IllegalArgumentException("a window of " + size + " positions sees nothing");
        }
    }

    /** The same window in all layers. */
    public static SlidingWindow everywhere(int size, int layers) {
        return new SlidingWindow(size, Collections.nCopies(layers, true));
    }
}
