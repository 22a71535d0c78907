package dev.assay.report.figure;

import java.util.Arrays;

/**
 * Named values, such as the reward differences of one model.
 *
 * @param name as the picture shows it
 * @param values in any order; those that are not finite are left out of pictures
 * @param colour the place of the series whose colour it has, for names that keep theirs from picture to picture; -1 for
 *     its own place
 */
public record Sample(String name, double[] values, int colour) {
    public Sample {
        values = values.clone();
    }

    /** Values with the colour of their own place. */
    public Sample(String name, double[] values) {
        this(name, values, -1);
    }

    /** The same values with the colour of another place. */
    public Sample withColour(int place) {
        return new Sample(name, values, place);
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** The finite values, from the least up. */
    double[] sorted() {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    /** The name with the number of values. */
    String nameWithN() {
        return name + (name.isEmpty() ? "n = " : ", n = ") + sorted().length;
    }
}
