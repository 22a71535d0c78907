package dev.assay.method.more;

/** What each source's gradient is divided by before the weights are solved for. */
public enum GradientNormalization {
    /** Nothing: the papers. */
    NONE,
    /** Its length. */
    L2,
    /** Its loss. */
    LOSS,
    /** Its loss times its length. */
    LOSS_PLUS;

    /** The divisor; 1 where it would be zero, so that a zero gradient stays one. */
    double divisor(double norm, double loss) {
        double divisor = switch (this) {
            case NONE -> 1;
            case L2 -> norm;
            case LOSS -> loss;
            case LOSS_PLUS -> loss * norm;
        };
        return divisor > 0 ? divisor : 1;
    }
}
