package dev.assay.math;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The mean difference of two measurements of the same rows, with Student's interval and test over clusters of rows: {@code mean +-
 * t_{C-1} sqrt(v C / (C - 1))}, v the sandwich over C clusters. Where every row is a cluster it is the paired t test.
 *
 * @param estimate first minus second; without interval where there is a single cluster
 * @param pValue two-sided, of "no difference"; NaN where there is a single cluster; 1 where all differences are 0
 */
public record PairedDifference(Estimate estimate, double pValue) {
    /**
     * @param first a value a row
     * @param second likewise
     * @param level of the interval, in (0, 1)
     */
    public static PairedDifference of(double[] first, double[] second, Clusters clusters, double level) {
        double[] differences = new double[first.length];
        Arrays.setAll(differences, row -> first[row] - second[row]);
        double mean = Arrays.stream(differences).average().orElseThrow();
        int count = clusters.count();
        if (count < 2) {
            return new PairedDifference(Estimate.withoutInterval(mean), Double.NaN);
        }
        double error = clusters.standardErrorOfMean(differences);
        TDistribution student = new TDistribution(count - 1.0);
        double half = error * student.inverseCumulativeProbability(0.5 + level / 2);
        double none = mean == 0 ? 1 : 0;
        double pValue = error == 0 ? none : 2 * student.cumulativeProbability(-Math.abs(mean / error));
        return new PairedDifference(new Estimate(mean, mean - half, mean + half), pValue);
    }
}
