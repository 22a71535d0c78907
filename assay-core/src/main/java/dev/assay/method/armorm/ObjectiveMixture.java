package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectivePart;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Steering;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The reward of the whole method on features: {@code R = g(prompt) . (r M - t p)} (arXiv 2406.12845, Eq. 5), told as the sum over
 * objectives of a coefficient {@code (g M^T)_k} times the reward {@code r_k} the probe gives.
 *
 * @param probes rewards of the objectives
 * @param transform frees them of a nuisance
 * @param gate weighs them
 */
public record ObjectiveMixture(ObjectiveProbes probes, RewardTransform transform, GatingHead gate)
        implements AutoCloseable {
    /** What a reward's dependence on the response's length is filed under. */
    public static final Objective LENGTH = new Objective("response-tokens");

    public ObjectiveMixture {
        int objectives = probes.objectives().size();
        if (transform.objectives() != objectives || gate.objectives() != objectives) {
            throw new IllegalArgumentException("probes have " + objectives + " objectives, the transform "
                    + transform.objectives() + ", the gate " + gate.objectives());
        }
    }

    /**
     * The rewards of N responses, each with its reasons.
     *
     * @param prompts states of the prompts {@code [N,D]}
     * @param responses states of the responses {@code [N,D]}
     * @param tokens length of each response; may be empty when the transform reads no length
     */
    public List<Explanation.Mixture> explain(Tensor prompts, Tensor responses, int[] tokens) {
        return explain(prompts, responses, tokens, Steering.NONE);
    }

    /** The same where a user steers. */
    public List<Explanation.Mixture> explain(Tensor prompts, Tensor responses, int[] tokens, Steering steering) {
        SteeredGate steered = new SteeredGate(probes.objectives(), steering);
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            double[] rewards = Tensors.toDoubles(probes.rewards(responses));
            double[] errors = Tensors.toDoubles(probes.standardErrors(responses));
            double[] shares = Tensors.toDoubles(gate.mixture(prompts).to(ScalarType.Double));
            List<Explanation.Mixture> explanations = new ArrayList<>();
            int objectives = transform.objectives();
            for (int n = 0; n < responses.size(0); n++) {
                explanations.add(explain(
                        row(rewards, n, objectives),
                        row(errors, n, objectives),
                        row(shares, n, objectives),
                        steered,
                        transform.readsLength() ? tokens[n] : 0));
            }
            return explanations;
        }
    }

    /**
     * What makes the rewards of two responses differ, with the standard errors of the differences.
     *
     * @param first the reasons of one response, under this steering
     * @param second those of the other
     * @param firstState state of the one response {@code [1,D]}
     * @param secondState state of the other
     */
    PairExplanation compare(
            Explanation.Mixture first,
            Explanation.Mixture second,
            Tensor firstState,
            Tensor secondState,
            Steering steering) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            Tensor errors = probes.differenceErrors(firstState, secondState);
            SteeredGate steered = new SteeredGate(probes.objectives(), steering);
            return new PairExplanation(first, second, steered.byPart(Tensors.toDoubles(errors)));
        }
    }

    private Explanation.Mixture explain(
            double[] rewards, double[] errors, double[] gateShares, SteeredGate steered, int tokens) {
        double[] shares = steered.shares(gateShares);
        double scale = gate.scale();
        double[] coefficients = new double[shares.length];
        double perToken = 0;
        for (int k = 0; k < shares.length; k++) {
            coefficients[k] = scale * shares[k];
            perToken -= coefficients[k] * transform.perToken()[k];
        }
        double[] original = transform.onOriginal(coefficients);
        List<ObjectivePart> parts = new ArrayList<>();
        for (int k = 0; k < shares.length; k++) {
            ScaledObjective objective = probes.objectives().get(k);
            parts.add(new ObjectivePart(
                    objective.objective(),
                    rewards[k],
                    objective.scale().denormalize(rewards[k]),
                    shares[k],
                    original[k],
                    errors[k]));
        }
        if (transform.readsLength()) {
            parts.add(new ObjectivePart(LENGTH, tokens, tokens, 0, perToken, 0));
        }
        parts.addAll(steered.shortfalls(rewards, errors, coefficients));
        return new Explanation.Mixture("mixture of objectives", parts);
    }

    /** Closes probes and gate; for those who were given the mixture, and not its parts. */
    @Override
    public void close() {
        probes.close();
        gate.close();
    }

    private static double[] row(double[] flat, int n, int columns) {
        double[] row = new double[columns];
        System.arraycopy(flat, n * columns, row, 0, columns);
        return row;
    }
}
