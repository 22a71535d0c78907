package dev.assay.report.figure;

/**
 * One axis.
 *
 * @param label what it shows, with its unit, such as {@code reward difference (nats)}
 * @param low where it begins; NaN to begin with the data
 * @param high where it ends; NaN to end with the data
 * @param isWhole whether it counts things: ticks are whole numbers, and the first and last have room beside them
 */
public record Axis(String label, double low, double high, boolean isWhole) {
    /** Room before the first and behind the last number of things. */
    private static final double BESIDE = 0.3;

    public Axis {
        if (low >= high) {
            throw new IllegalArgumentException("the axis \"" + label + "\" runs from " + low + " to " + high);
        }
    }

    /** An axis as long as its data. */
    public static Axis of(String label) {
        return new Axis(label, Double.NaN, Double.NaN, false);
    }

    /** An axis of numbers of things, as long as its data. */
    public static Axis whole(String label) {
        return new Axis(label, Double.NaN, Double.NaN, true);
    }

    /** A fixed axis; what lies outside is drawn at its edge. */
    public static Axis of(String label, double low, double high) {
        return new Axis(label, low, high, false);
    }

    /** Ticks at round numbers that end exactly where the data do. */
    Ticks tight(Extent data, int most) {
        if (!isWhole) {
            return Ticks.inside(low(data), high(data), most);
        }
        Ticks ticks = Ticks.inside(low(data) - BESIDE, high(data) + BESIDE, most);
        return new Ticks(ticks.low(), ticks.high(), Math.max(1, ticks.step()));
    }

    /** Ticks at round numbers, with the first and last around the data where the axis is not fixed. */
    Ticks loose(Extent data, int most) {
        Ticks around = Ticks.around(low(data), high(data), most);
        return new Ticks(
                Double.isNaN(low) ? around.low() : low, Double.isNaN(high) ? around.high() : high, around.step());
    }

    private double low(Extent data) {
        return Double.isNaN(low) ? Math.min(data.low(), Double.isNaN(high) ? data.low() : high) : low;
    }

    private double high(Extent data) {
        return Double.isNaN(high) ? Math.max(data.high(), Double.isNaN(low) ? data.high() : low) : high;
    }
}
