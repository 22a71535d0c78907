package dev.assay.nn;

/** How a model stretches its rotary frequencies beyond the context it was first trained with. */
public sealed interface RopeScaling {
    /** The frequency to use in place of {@code frequency} (radians a position). */
    double scale(double frequency);

    /** Frequencies as they are. */
    record None() implements RopeScaling {
        @Override
        public double scale(double frequency) {
            return frequency;
        }
    }

    /** All frequencies divided by a factor: position interpolation (Chen et al. 2023). */
    record Linear(double factor) implements RopeScaling {
        @Override
        public double scale(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1's rule: wavelengths below {@code context / high} stay, those above {@code context / low} are divided by
     * the factor, those between are blended.
     *
     * @param factor divisor of the low frequencies
     * @param low {@code low_freq_factor}
     * @param high {@code high_freq_factor}
     * @param originalContext positions of the first training
     */
    record Llama3(double factor, double low, double high, double originalContext) implements RopeScaling {
        @Override
        public double scale(double frequency) {
            double wavelength = 2 * Math.PI / frequency;
            if (wavelength < originalContext / high) {
                return frequency;
            }
            if (wavelength > originalContext / low) {
                return frequency / factor;
            }
            double smooth = (originalContext / wavelength - low) / (high - low);
            return (1 - smooth) * frequency / factor + smooth * frequency;
        }
    }
}
