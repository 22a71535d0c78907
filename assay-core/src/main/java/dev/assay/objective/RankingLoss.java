package dev.assay.objective;

import dev.assay.tokenization.PackedBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The Bradley-Terry ranking loss over groups of k responses: the mean over all C(k,2) pairs of {@code -log sigma(r_better -
 * r_worse - m)} (Ouyang et al. 2022, Eq. 1; k = 2 is the pair loss of all reward models). With a soft label y a pair costs
 * {@code y softplus(-d) + (1 - y) softplus(d)}, d the difference less the margin; responses of equal rank are a tie, y =
 * 1/2. The margin and the label apply to the pair of a two-response group.
 */
public final class RankingLoss {
    private final boolean useMargin;

    /**
     * @param useMargin whether a pair's margin is subtracted from its difference (Touvron et al. 2023, Eq. 2); otherwise
     *     margins in the data are left alone
     */
    public RankingLoss(boolean useMargin) {
        this.useMargin = useMargin;
    }

    /**
     * What a batch costs.
     *
     * @param groupLoss loss of each group {@code [G]}; 0 for a group of one response
     * @param rewardGradient derivative of each response's own group loss by its reward {@code [N]}
     * @param correct pairs whose better response has the strictly higher reward
     * @param compared pairs that are no ties
     */
    public record Terms(double[] groupLoss, double[] rewardGradient, int correct, int compared) {}

    /**
     * @param rewards rewards of the batch's responses {@code [N]}
     * @param batch their groups, ranks, labels and margins
     */
    public Terms terms(double[] rewards, PackedBatch batch) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int g = 0; g < batch.groups(); g++) {
            groups.add(new ArrayList<>());
        }
        for (int n = 0; n < batch.responses(); n++) {
            groups.get(batch.group()[n]).add(n);
        }
        double[] losses = new double[batch.groups()];
        double[] gradient = new double[batch.responses()];
        int[] counts = new int[2];
        for (int g = 0; g < losses.length; g++) {
            losses[g] = group(groups.get(g), g, rewards, batch, gradient, counts);
        }
        return new Terms(losses, gradient, counts[0], counts[1]);
    }

    private double group(
            List<Integer> members, int g, double[] rewards, PackedBatch batch, double[] gradient, int[] counts) {
        int pairs = members.size() * (members.size() - 1) / 2;
        double loss = 0;
        for (int i = 0; i < members.size(); i++) {
            for (int j = i + 1; j < members.size(); j++) {
                int a = members.get(i);
                int b = members.get(j);
                int order = Integer.compare(batch.rank()[b], batch.rank()[a]);
                int better = order >= 0 ? a : b;
                int worse = order >= 0 ? b : a;
                boolean single = members.size() == 2;
                double label = order == 0 ? 0.5 : single ? batch.label()[g] : 1;
                double margin = useMargin && single && order != 0 ? batch.margin()[g] : 0;
                double difference = rewards[better] - rewards[worse] - margin;
                loss += label * Logistic.softplus(-difference) + (1 - label) * Logistic.softplus(difference);
                double slope = (Logistic.sigmoid(difference) - label) / pairs;
                gradient[better] += slope;
                gradient[worse] -= slope;
                if (order != 0) {
                    counts[0] += rewards[better] > rewards[worse] ? 1 : 0;
                    counts[1]++;
                }
            }
        }
        return pairs == 0 ? 0 : loss / pairs;
    }
}
