package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.nn.Parameters;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * K linear probes of a hidden state, one an objective: {@code r = W h + b} (arXiv 2406.12845, Eq. 1), in double and in the unit
 * scale of each objective.
 */
public final class ObjectiveProbes implements AutoCloseable {
    /** The weights' name in the published layout. */
    static final String WEIGHT = "regression_layer.weight";
    /** The intercepts: absent from the published layout, zeros without intercept. */
    static final String BIAS = "regression_layer.bias";

    private static final int BLOCK = 4096;

    private final List<ScaledObjective> objectives;
    private final Parameters parameters;
    private final PredictionErrors errors;

    /**
     * @param parameters {@code regression_layer.weight} {@code [K,D]} and {@code .bias} {@code [K]} in double; taken over
     * @param errors of the predictions; taken over
     */
    ObjectiveProbes(List<ScaledObjective> objectives, Parameters parameters, PredictionErrors errors) {
        this.objectives = List.copyOf(objectives);
        this.parameters = parameters;
        this.errors = errors;
    }

    /** The K objectives. */
    public List<ScaledObjective> objectives() {
        return objectives;
    }

    /** D. */
    public int width() {
        return Math.toIntExact(weights().size(1));
    }

    /** {@code [K,D]} in double; owned by the probes. */
    public Tensor weights() {
        return parameters.get(WEIGHT);
    }

    /** The K intercepts. */
    public double[] intercepts() {
        return Tensors.toDoubles(parameters.get(BIAS));
    }

    /** Features {@code [N,D]} of any floating-point type to rewards {@code [N,K]} in double, in the current scope. */
    public Tensor rewards(Tensor featuresND) {
        return rewards(ShardedRows.of(featuresND));
    }

    /** The same where features lie in several tensors. */
    public Tensor rewards(ShardedRows featuresND) {
        requireWidth(featuresND.shape());
        Tensor rewards = Tensors.doubleZeros(featuresND.rows(), objectives.size());
        featuresND.forEach(BLOCK, (block, from) -> {
            Tensor states = block.detach().to(ScalarType.Double);
            Tensor product = torch.addmm(parameters.get(BIAS), states, weights().t());
            rewards.narrow(0, from, block.size(0)).copy_(product);
        });
        return rewards;
    }

    /**
     * The standard error of each reward as an estimate of the expected rating, {@code [N,K]} in double, in the current scope;
     * add {@link #noise} for the spread of single ratings.
     */
    public Tensor standardErrors(Tensor featuresND) {
        requireWidth(Tensors.shape(featuresND));
        return errors.of(featuresND, objectives.size());
    }

    /**
     * The standard error of the difference between the rewards of two responses, as an estimate of the difference of their expected
     * ratings. The same probe rates both, so that most of what is wrong with one reward is wrong with the other.
     *
     * @param firstND features of the one response a row
     * @param secondND features of the other
     * @return {@code [N,K]} in double, in the current scope
     */
    Tensor differenceErrors(Tensor firstND, Tensor secondND) {
        requireWidth(Tensors.shape(firstND));
        requireWidth(Tensors.shape(secondND));
        return errors.ofDifferences(firstND, secondND, objectives.size());
    }

    /** The standard deviation of single ratings around their expectation, for each objective. */
    public double[] noise() {
        return errors.noise(objectives.size());
    }

    PredictionErrors errors() {
        return errors;
    }

    private void requireWidth(long[] shape) {
        long width = shape[shape.length - 1];
        if (shape.length != 2 || width != width()) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "features are " + width + " wide, the probes of "
                            + objectives.getFirst().name() + " and "
                            + (objectives.size() - 1) + " more objectives were fitted on " + width()
                            + "; use features of the same backbone");
        }
    }

    @Override
    public void close() {
        parameters.close();
        errors.close();
    }
}
