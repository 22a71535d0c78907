package dev.assay.recipe;

import dev.assay.math.Correlation;
import dev.assay.math.Estimate;
import dev.assay.math.RankCorrelation;
import dev.assay.method.armorm.ObjectiveProbes;
import dev.assay.method.armorm.PairFeatures;
import dev.assay.method.armorm.RewardTransform;
import dev.assay.method.armorm.StoredFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How objectives move with the nuisance, before and after. The answers to one prompt are not taken for independent: intervals
 * count prompts in place of responses, by Bonett and Wright's variance also where the measure is not Spearman's.
 *
 * @param before one an objective
 * @param after one an objective; NaN where nothing is left of the nuisance itself
 * @param responses how many
 * @param prompts how many they answer
 */
record NuisanceCheck(List<Estimate> before, List<Estimate> after, int responses, int prompts) {
    static NuisanceCheck of(
            PairFeatures measured, ObjectiveProbes probes, RewardTransform transform, DebiasSection section) {
        double[][] rewards = StoredFeatures.rewards(measured, probes);
        int[] tokens = StoredFeatures.tokens(measured);
        double[][] freed = freed(rewards, transform, tokens);
        String name = section.nuisance().orElseThrow();
        List<String> names =
                probes.objectives().stream().map(each -> each.name()).toList();
        double[] nuisance = names.contains(name)
                ? rewards[names.indexOf(name)]
                : Arrays.stream(tokens).mapToDouble(length -> length).toArray();
        int prompts = (int) Arrays.stream(measured.promptNumbers()).distinct().count();
        Correlation measure = section.measure();
        return new NuisanceCheck(
                all(rewards, nuisance, measure, prompts),
                all(freed, nuisance, measure, prompts),
                rewards[0].length,
                prompts);
    }

    private static double[][] freed(double[][] rewards, RewardTransform transform, int[] tokens) {
        int responses = rewards[0].length;
        double[][] freed = new double[rewards.length][responses];
        for (int n = 0; n < responses; n++) {
            double[] one = new double[rewards.length];
            for (int k = 0; k < one.length; k++) {
                one[k] = rewards[k][n];
            }
            double[] transformed = transform.apply(one, tokens.length == 0 ? 0 : tokens[n]);
            for (int k = 0; k < one.length; k++) {
                freed[k][n] = transformed[k];
            }
        }
        return freed;
    }

    private static List<Estimate> all(double[][] rewards, double[] nuisance, Correlation measure, int prompts) {
        List<Estimate> estimates = new ArrayList<>();
        for (double[] each : rewards) {
            estimates.add(RankCorrelation.interval(measure.of(each, nuisance), prompts, MixtureAccount.LEVEL));
        }
        return estimates;
    }
}
