package dev.assay.training;

/**
 * The learning rate of each step: a linear warm-up from one part of the peak, then constant, or down to zero in a line or
 * along half a cosine.
 *
 * @param shape after the warm-up
 * @param peak highest rate, above 0
 * @param steps steps of the whole run
 * @param warmup share of the steps that warm up, in [0, 1]
 */
public record LearningRateSchedule(Shape shape, double peak, long steps, double warmup) {
    /** The course after the warm-up. */
    public enum Shape {
        /** Stays at the peak. */
        CONSTANT,
        /** Falls to 0 in a line. */
        LINEAR,
        /** Falls to 0 along half a cosine. */
        COSINE
    }

    public LearningRateSchedule {
        if (!(peak > 0 && Double.isFinite(peak)) || steps < 1 || !(warmup >= 0 && warmup <= 1)) {
            throw new IllegalArgumentException(
                    "needs a learning rate above 0, at least one step and a warm-up in [0, 1]");
        }
    }

    /** The rate of a step, counted from 0. */
    public double at(long step) {
        long warm = (long) Math.ceil(warmup * steps);
        if (step < warm) {
            return peak * (step + 1) / warm;
        }
        double progress = steps == warm ? 1 : (double) (step - warm) / (steps - warm);
        return switch (shape) {
            case CONSTANT -> peak;
            case LINEAR -> peak * (1 - progress);
            case COSINE -> peak * 0.5 * (1 + Math.cos(Math.PI * progress));
        };
    }
}
