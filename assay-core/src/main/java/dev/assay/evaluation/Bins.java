package dev.assay.evaluation;

/** Sums over the bins of one calibration error; rows may count several times or not at all. */
final class Bins {
    private final double[] weight;
    private final double[] confidence;
    private final double[] outcome;

    Bins(int number) {
        weight = new double[number];
        confidence = new double[number];
        outcome = new double[number];
    }

    /** The equally wide bin of [0, 1] that holds a value; its lower edge belongs to it, and 1 to the last. */
    static int index(double value, int bins) {
        return Math.min((int) (value * bins), bins - 1);
    }

    void add(int bin, double count, double rowConfidence, double rowOutcome) {
        weight[bin] += count;
        confidence[bin] += count * rowConfidence;
        outcome[bin] += count * rowOutcome;
    }

    int size() {
        return weight.length;
    }

    double weight(int bin) {
        return weight[bin];
    }

    double meanConfidence(int bin) {
        return confidence[bin] / weight[bin];
    }

    double meanOutcome(int bin) {
        return outcome[bin] / weight[bin];
    }

    /** Mean over rows of |mean confidence - mean outcome| of their bin. */
    double expectedError() {
        double gaps = 0;
        double rows = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            gaps += Math.abs(confidence[bin] - outcome[bin]);
            rows += weight[bin];
        }
        return gaps / rows;
    }

    /** Largest |mean confidence - mean outcome| of a filled bin. */
    double maximumError() {
        double largest = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            if (weight[bin] > 0) {
                largest = Math.max(largest, Math.abs(meanConfidence(bin) - meanOutcome(bin)));
            }
        }
        return largest;
    }
}
